"""Typed circumstances: each acts on one rating, from a document."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import record
from reviews.models.ratings import Rating


class CircumstanceKind(models.TextChoices):
    """The circumstances of the grading contract."""

    ADMITTED_UNDER_6_MONTHS = "admitted_under_6_months", _("Admitted to the Party under 6 months")
    APPOINTED_UNDER_6_MONTHS = "appointed_under_6_months", _("Appointed to the post under 6 months")
    FOUNDED_UNDER_6_MONTHS = "founded_under_6_months", _("Founded, split or merged under 6 months")
    SICK_LEAVE_3_MONTHS = "sick_leave_3_months", _("Sick leave of 3 months or more")
    MATERNITY = "maternity", _("Maternity leave")
    ABSENT_3_TO_6_MONTHS = "absent_3_to_6_months", _("Lawfully absent 3 to under 6 months")
    WORKED_UNDER_6_MONTHS = "worked_under_6_months", _("Worked under 6 months in the year")
    MOVED = "moved", _("Moved from another place of work")
    EXEMPT_FROM_ACTIVITY = "exempt_from_activity", _("Exempt from work and Party activity")
    SUSPENDED_FROM_ACTIVITY = "suspended_from_activity", _("Suspended from Party activity")
    ABSENT_FROM_REVIEW = "absent_from_review", _("Absent from the review meeting")
    UNDER_VERIFICATION = "under_verification", _("Under verification or investigation")


class Circumstance(record.Record):
    """One circumstance of one rating, withdrawn by a document and never deleted."""

    rating = models.ForeignKey(Rating, models.PROTECT, related_name="circumstances", verbose_name=_("rating"))
    kind = models.CharField(_("circumstance"), max_length=30, choices=CircumstanceKind.choices)
    document = record.NfcCharField(_("document"), max_length=300)
    document_on = models.DateField(_("date of the document"), null=True, blank=True)
    is_derived = models.BooleanField(_("derived from the register"), default=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_document = record.NfcCharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rating", "kind"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="reviews_circumstance_once",
            )
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.get_kind_display()
