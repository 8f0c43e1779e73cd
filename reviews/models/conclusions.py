"""Conclusions: a body decided in session; recorded by one user, confirmed by another, issued together."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from criteria.models import Cycle
from orgs.models import Collective, StoredFile, record
from orgs.models.documents import WorkflowDocument
from reviews.models.ratings import Grade, Rating


class Conclusion(WorkflowDocument):
    """The conclusion of a deciding body: session, number, date, signatory. Its lines are the decisions."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="conclusions", verbose_name=_("cycle"))
    collective = models.ForeignKey(
        Collective, models.PROTECT, related_name="conclusions", verbose_name=_("deciding body")
    )
    number = record.NfcCharField(_("number"), max_length=80)
    concluded_on = models.DateField(_("date"))
    session_on = models.DateField(_("day of the session"))
    signatory = record.NfcCharField(_("signed by"), max_length=200)
    signatory_title = record.NfcCharField(_("title of the signatory"), max_length=200)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "collective", "number"],
                condition=~models.Q(state="withdrawn"),
                name="reviews_conclusion_number",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True) | ~models.Q(confirmed_by=models.F("recorded_by")),
                name="reviews_conclusion_two_people",
            ),
        ]
        ordering = ["-concluded_on", "-id"]
        verbose_name = _("conclusion")
        verbose_name_plural = _("conclusions")

    def __str__(self) -> str:
        return f"{self.number} ({self.concluded_on:%d/%m/%Y})"

    @property
    def chain(self) -> str:
        """The audit chain of the cycle."""
        return self.cycle.chain


class ConclusionLine(record.Record):
    """The decision about one rating in a conclusion, with its ground where it differs from the suggestion."""

    conclusion = models.ForeignKey(Conclusion, models.PROTECT, related_name="lines")
    rating = models.ForeignKey(Rating, models.PROTECT, related_name="decisions")
    grade = models.CharField(max_length=20, choices=Grade.choices)
    ground = record.NfcTextField(blank=True)
    document = record.NfcCharField(max_length=300, blank=True)
    is_in_force = models.BooleanField(default=False)
    revoked_by_document = record.NfcCharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conclusion", "rating"], name="reviews_conclusion_line_once"),
            models.UniqueConstraint(
                fields=["rating"], condition=models.Q(is_in_force=True), name="reviews_one_decision_in_force"
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.rating} {self.grade}"


class Ground(record.Record):
    """A ready ground that can be given to many ("hạ do khống chế tỷ lệ"), kept as data."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    text = record.NfcTextField(_("text"))
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("ready ground")
        verbose_name_plural = _("ready grounds")

    def __str__(self) -> str:
        return self.text[:80]
