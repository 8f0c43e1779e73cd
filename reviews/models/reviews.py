"""A review: what a subject writes and a meeting discusses, section by section."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from criteria.models import Cycle, Framework
from orgs.models import Collective, CollectivePart, Person, Unit, record
from orgs.models.documents import WorkflowDocument

ONE_SUBJECT = models.Q(person__isnull=False, collective__isnull=True) | models.Q(
    person__isnull=True, collective__isnull=False
)


class Review(WorkflowDocument):
    """The one review of a person or collective in a cycle. What enrolment found (post, unit, form) is frozen here."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="reviews", verbose_name=_("cycle"))
    code = models.CharField(_("code"), max_length=24, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="reviews", verbose_name=_("person"))
    collective = models.ForeignKey(
        Collective, models.PROTECT, null=True, related_name="reviews", verbose_name=_("collective")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="reviews", verbose_name=_("unit"))
    part = models.CharField(_("part"), max_length=10, choices=CollectivePart.choices, blank=True)
    is_leader = models.BooleanField(_("holds a leading position"), default=False)
    post_text = record.NfcCharField(_("post"), max_length=500, blank=True)
    form_key = record.NfcCharField(_("form"), max_length=20)
    provincial_code = record.NfcCharField(_("provincial form"), max_length=20, blank=True)
    form = models.JSONField(_("definition of the form"))
    framework = models.ForeignKey(Framework, models.PROTECT, null=True, related_name="+", verbose_name=_("framework"))
    sort_key = models.CharField(max_length=400, editable=False)
    submitted_at = models.DateTimeField(null=True)
    is_late = models.BooleanField(default=False)
    circulated_on = models.DateField(_("drafts sent to the participants on"), null=True)
    finished_at = models.DateTimeField(null=True)
    self_grade = models.CharField(max_length=20, blank=True)
    self_state_grade = models.CharField(max_length=20, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="reviews_review_one_subject"),
            models.UniqueConstraint(
                fields=["cycle", "person"], condition=models.Q(person__isnull=False), name="reviews_review_person_once"
            ),
            models.UniqueConstraint(
                fields=["cycle", "collective"],
                condition=models.Q(collective__isnull=False),
                name="reviews_review_collective_once",
            ),
        ]
        indexes = [
            models.Index(fields=["cycle", "sort_key", "id"], name="reviews_review_sorted"),
            models.Index(fields=["cycle", "state"], name="reviews_review_states"),
        ]
        ordering = ["sort_key", "id"]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def __str__(self) -> str:
        return f"{self.code} {self.subject}"

    @property
    def subject(self) -> Person | Collective:
        """Whom the review is about."""
        return self.person or self.collective

    @property
    def chain(self) -> str:
        """The audit chain of the cycle."""
        return self.cycle.chain

    @property
    def unit_path(self) -> str:
        """The unit of the subject at enrolment."""
        return self.unit.code if self.unit else ""


class Venue(record.Record):
    """A collective before which the review is heard; the lowest `order` first (the Party cell before all)."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="venues", verbose_name=_("review"))
    collective = models.ForeignKey(Collective, models.PROTECT, related_name="venues", verbose_name=_("collective"))
    order = models.PositiveIntegerField(_("order"))
    part = models.CharField(_("part"), max_length=10, choices=CollectivePart.choices, default=CollectivePart.MEMBER)
    heard_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "collective"], name="reviews_venue_once"),
            models.UniqueConstraint(fields=["review", "order"], name="reviews_venue_order"),
        ]
        ordering = ["order"]

    def __str__(self) -> str:
        return f"{self.review.code} {self.order}"


class SectionAnswer(record.Record):
    """What stands in one writing part: {item key: {name: text}}, with its own version; by kind in `answering`.

    `section_key` is the key of a `WritingPart` ("shortcomings", or "strengths.2" where a
    section is written number by number). `seen_tabs` holds the last sequence number accepted from each open page,
    `last_tab` the page that wrote the present text: an autosave that arrives late is known by them.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="answers")
    section_key = models.CharField(max_length=40)
    content = models.JSONField(default=dict)
    is_done = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    last_tab = models.CharField(max_length=40, blank=True)
    seen_tabs = models.JSONField(default=dict)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "section_key"], name="reviews_answer_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.review.code} {self.section_key}"


class KeptText(record.Record):
    """A text that was not accepted (somebody faster, too late, already submitted): kept for its author."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="kept_texts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    section_key = models.CharField(max_length=40)
    content = models.JSONField()
    reason = models.CharField(max_length=20)
    base_version = models.PositiveIntegerField(default=0)
    tab_id = models.CharField(max_length=40, blank=True)
    client_seq = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.review.code} {self.section_key}"


class Snapshot(record.Record):
    """The whole text as it stood when submitted, when the meeting saw it, when finished. Never changed."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="snapshots")
    kind = models.CharField(max_length=20)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.review.code} {self.kind}"


class SectionNote(record.Record):
    """What must be completed in a section of a returned review, or what the meeting concluded about it."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="notes")
    section_key = models.CharField(max_length=40, blank=True)
    text = record.NfcTextField(_("note"))
    source = models.CharField(max_length=20)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer = record.NfcTextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.review.code} {self.section_key}"
