"""Review meetings: agenda in the legal order, attendance, comments face to face and their answers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from criteria.models import Cycle
from orgs.models import Collective, Person, record
from orgs.models.documents import WorkflowDocument
from reviews.models.reviews import Review


class MeetingMode(models.TextChoices):
    """What a session does: hear reviews, propose grades, or both."""

    REVIEW = "review", _("Review")
    RATING = "rating", _("Proposal of grades")
    BOTH = "both", _("Review and proposal of grades")


class Meeting(WorkflowDocument):
    """A session of one collective as a venue. Who was absent gets another session, which is another row."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="meetings", verbose_name=_("cycle"))
    collective = models.ForeignKey(Collective, models.PROTECT, related_name="meetings", verbose_name=_("collective"))
    mode = models.CharField(_("purpose"), max_length=10, choices=MeetingMode.choices, default=MeetingMode.BOTH)
    number = models.PositiveIntegerField(_("session"), default=1)
    held_on = models.DateField(_("day"))
    starts_at = models.TimeField(_("begins at"), null=True, blank=True)
    place = record.NfcCharField(_("place"), max_length=300, blank=True)
    circulated_on = models.DateField(_("drafts sent to the participants on"), null=True, blank=True)
    chair = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("chair"))
    secretary = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("secretary"))
    superior_present = record.NfcCharField(_("superior's working group"), max_length=300, blank=True)
    summoned = models.PositiveIntegerField(_("summoned"), null=True, blank=True)
    proceedings = record.NfcTextField(_("proceedings"), blank=True)
    closed_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "collective", "number"], name="reviews_meeting_session")
        ]
        ordering = ["-held_on", "-id"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")

    def __str__(self) -> str:
        return f"{self.collective} {self.held_on:%d/%m/%Y}"

    @property
    def chain(self) -> str:
        """The audit chain of the cycle."""
        return self.cycle.chain


class AgendaItem(record.Record):
    """One review on the agenda: presented, commented, answered, concluded."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda")
    review = models.ForeignKey(Review, models.PROTECT, related_name="agenda_items")
    order = models.PositiveIntegerField()
    is_heard = models.BooleanField(_("heard"), default=False)
    answer = record.NfcTextField(_("answer of the subject"), blank=True)
    conclusion = record.NfcTextField(_("conclusion of the chair"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "review"], name="reviews_agenda_once"),
            models.UniqueConstraint(fields=["meeting", "order"], name="reviews_agenda_order"),
        ]
        ordering = ["order"]

    def __str__(self) -> str:
        return f"{self.order}. {self.review}"


class Attendance(record.Record):
    """Who was summoned, and came or did not."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    is_present = models.BooleanField(null=True)
    reason = record.NfcCharField(_("reason of absence"), max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="reviews_attendance_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.person)


class Comment(record.Record):
    """A comment (góp ý) made at the meeting on one review, written down by the secretary or the participant."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="comments")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("participant"))
    speaker = record.NfcCharField(_("speaker"), max_length=200, blank=True)
    text = record.NfcTextField(_("comment"))
    section_key = models.CharField(max_length=20, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]


class FormOverride(record.Record):
    """The chair lets a guard of form (circulation days, quorum) pass, with a reason that goes into the minutes."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="overrides")
    guard = models.CharField(max_length=60)
    reason = record.NfcTextField(_("reason"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "guard"], name="reviews_override_once")]

    def __str__(self) -> str:
        return self.guard
