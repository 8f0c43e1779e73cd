"""The personal plan after the last review, in its two halves: strengths to build on, shortcomings to mend."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import record
from registrations.models.remedies import Shortcoming
from registrations.models.works import Registration


class PlanHalf(models.TextChoices):
    """The two halves of the personal plan (letter 2026-CV/TU, 1)."""

    STRENGTH = "strength", _("Strength to build on")
    SHORTCOMING = "shortcoming", _("Shortcoming to mend")


class PersonalPlanLine(record.Record):
    """One strength or shortcoming of the plan with its measure; linked to the register where it stands there."""

    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="plan_lines", verbose_name=_("registration")
    )
    half = models.CharField(_("half"), max_length=12, choices=PlanHalf.choices)
    order = models.PositiveIntegerField(_("order"), default=1)
    text = record.NfcTextField(_("strength or shortcoming"))
    measure = record.NfcTextField(_("measure"), blank=True)
    due_on = models.DateField(_("until"), null=True, blank=True)
    shortcoming = models.ForeignKey(
        Shortcoming, models.PROTECT, null=True, blank=True, related_name="plan_lines", verbose_name=_("named as")
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "shortcoming"], name="registrations_plan_line_shortcoming_once"
            ),
        ]
        ordering = ["half", "order", "id"]
        verbose_name = _("line of the personal plan")
        verbose_name_plural = _("lines of the personal plan")

    def __str__(self) -> str:
        return self.text
