"""Cycles: one round of reviews and ratings, opened from an issued plan."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from criteria.models.frameworks import Framework
from criteria.models.plans import Plan
from criteria.models.regulations import Regulation
from orgs.models import Unit, record
from orgs.models.documents import WorkflowDocument


class PeriodKind(models.TextChoices):
    """The kinds of period a regulation may rate."""

    YEAR = "year", _("Year")
    QUARTER = "quarter", _("Quarter")


class CoverageRule(models.TextChoices):
    """What the opening of a cycle does where a collective or a post has no issued framework."""

    SILENT = "silent", _("Open without a word")
    WARN = "warn", _("Open with a warning")
    REFUSE = "refuse", _("Do not open")


class Cycle(WorkflowDocument):
    """A round. What regulation, plan and frameworks say was frozen when it opened; who is in it, at the roster date."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    title = record.NfcCharField(_("title"), max_length=300)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="cycles", verbose_name=_("plan"))
    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="cycles", verbose_name=_("regulation"))
    period_kind = models.CharField(_("period"), max_length=10, choices=PeriodKind.choices, default=PeriodKind.YEAR)
    period_start_on = models.DateField(_("first day of the period"))
    period_end_on = models.DateField(_("last day of the period"))
    roster_on = models.DateField(_("roster date"))
    units = models.ManyToManyField(
        Unit, blank=True, related_name="+", verbose_name=_("only these units, with all below them")
    )
    study_share = models.PositiveSmallIntegerField(
        _("share of people who must have studied the regulation, in percent"), default=100
    )
    coverage_rule = models.CharField(
        _("where a body or post has no framework"),
        max_length=10,
        choices=CoverageRule.choices,
        default=CoverageRule.WARN,
    )
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    next_number = models.PositiveIntegerField(default=1, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(period_end_on__gt=models.F("period_start_on")), name="criteria_cycle_period"
            ),
            models.CheckConstraint(condition=models.Q(study_share__lte=100), name="criteria_cycle_study_share"),
        ]
        ordering = ["-period_end_on", "-id"]
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")

    def __str__(self) -> str:
        return self.title

    @property
    def chain(self) -> str:
        """The audit chain of everything that happens in this cycle."""
        return f"cycle-{self.code}"


class CycleFramework(record.Record):
    """A framework that this cycle uses. `content` is empty while the cycle is prepared, frozen on opening.

    Its shape: {"title", "number", "issued_on", "issuer", "edition", "subject", "form_key", "groups": [group]}, a group
    {"order", "number", "title", "group_key", "criteria": [criterion]}, a criterion {"order", "number", "title",
    "item_key", "weight", "levels": {level: text}}.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="frameworks")
    framework = models.ForeignKey(Framework, models.PROTECT, related_name="uses")
    content = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cycle", "framework"], name="criteria_cycle_framework_once")]

    def __str__(self) -> str:
        return str(self.framework)
