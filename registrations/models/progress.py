"""What happens to a work on its way: notes with evidence, obstacles, directions, changes of what was registered."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import Unit, record
from registrations.models.works import Work


class ProgressNote(record.Record):
    """How far a work was on a day, in the words of who does it. Its evidence is stored files of this record."""

    work = models.ForeignKey(Work, models.PROTECT, related_name="notes", verbose_name=_("work"))
    noted_on = models.DateField(_("day"))
    text = record.NfcTextField(_("progress"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-noted_on", "-id"]
        verbose_name = _("progress note")
        verbose_name_plural = _("progress notes")

    def __str__(self) -> str:
        return self.text


class Obstacle(record.Record):
    """What stands in the way of a work since a day, and for whom it waits, until it is solved."""

    work = models.ForeignKey(Work, models.PROTECT, related_name="obstacles", verbose_name=_("work"))
    text = record.NfcTextField(_("obstacle"))
    found_on = models.DateField(_("since"))
    waits_for = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="obstacles_waiting", verbose_name=_("waits for")
    )
    solution = record.NfcTextField(_("how it was solved"), blank=True)
    solved_on = models.DateField(_("solved on"), null=True, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    solved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        indexes = [models.Index(fields=["work", "solved_on"], name="registrations_obstacle_open")]
        ordering = ["solved_on", "found_on", "id"]
        verbose_name = _("obstacle")
        verbose_name_plural = _("obstacles")

    def __str__(self) -> str:
        return self.text


class WorkDirection(record.Record):
    """What a superior directed about a work (chỉ đạo), by a document."""

    work = models.ForeignKey(Work, models.PROTECT, related_name="directions", verbose_name=_("work"))
    document = record.NfcCharField(_("number of the document"), max_length=300)
    document_on = models.DateField(_("date of the document"))
    text = record.NfcTextField(_("content"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-document_on", "-id"]
        verbose_name = _("direction of the superior")
        verbose_name_plural = _("directions of the superior")

    def __str__(self) -> str:
        return self.document


class WorkChange(record.Record):
    """A change of scope or date that is asked for: what stood and what shall stand, by field, and what became of it.

    `old` and `new` are {field: text or ISO day}; the receiving body consents or declines (`is_consented`).
    """

    work = models.ForeignKey(Work, models.PROTECT, related_name="changes", verbose_name=_("work"))
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)
    reason = record.NfcTextField(_("reason of the change"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_consented = models.BooleanField(_("consented"), null=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answer = record.NfcTextField(_("answer of the receiving body"), blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("change of a work")
        verbose_name_plural = _("changes of a work")

    def __str__(self) -> str:
        return self.reason
