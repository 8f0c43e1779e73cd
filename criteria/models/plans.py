"""Plans of the province and of each body under it, with milestones and focus topics; swapped working days."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from orgs.models import Line, Unit, UnitKind, record
from orgs.models.documents import WorkflowDocument


class Plan(WorkflowDocument):
    """A body's plan of one year's round. The province's plan has no parent; each body's own plan stands under it."""

    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="plans", verbose_name=_("issuer"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("under the plan")
    )
    year = models.PositiveIntegerField(_("year"))
    title = record.NfcCharField(_("title"), max_length=300)
    number = record.NfcCharField(_("number"), max_length=80, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    content = record.NfcTextField(_("content"), blank=True)
    is_demo = models.BooleanField(default=False, editable=False)
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "year"], name="criteria_plan_once")]
        ordering = ["-year", "issuer__sort_key"]
        verbose_name = _("plan")
        verbose_name_plural = _("plans")

    def __str__(self) -> str:
        return self.title


class MilestoneStep(models.TextChoices):
    """The steps that have a date, in the order of the round; states name them as their deadline."""

    PLAN = "plan", _("Own plan issued")
    SELF_REVIEW = "self_review", _("Self-review submitted")
    EXPLANATION = "explanation", _("Explanation report sent")
    MEETING = "meeting", _("Review meeting held")
    FINISHING = "finishing", _("Review finished")
    PROPOSAL = "proposal", _("Grade proposed, dossier sent up")
    STATE_GRADE = "state_grade", _("State-side grade known")
    APPRAISAL = "appraisal", _("Appraised and compiled")
    DECISION = "decision", _("Grade decided")
    NOTICE = "notice", _("Result notified and published")
    DOSSIER = "dossier", _("Dossier sent to the superior level")


class Milestone(record.Record):
    """A date of a plan for one step, for everybody or for one line, one kind of unit, one unit.

    `due_on` is the last day; lateness is marked after it. Only a closing milestone refuses.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="milestones", verbose_name=_("plan"))
    step = models.CharField(_("step"), max_length=20, choices=MilestoneStep.choices)
    due_on = models.DateField(_("last day"))
    line = models.CharField(_("line"), max_length=20, choices=Line.choices, blank=True)
    unit_kind = models.ForeignKey(UnitKind, models.PROTECT, null=True, blank=True, verbose_name=_("kind of unit"))
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))
    is_closing = models.BooleanField(_("refuses afterwards"), default=False)
    edition = models.PositiveIntegerField(default=1, editable=False)
    note = record.NfcCharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.due_on:%d/%m/%Y}"


class FocusTopic(record.Record):
    """A topic of the year that every review must speak of (QĐ 144, digital transformation, ...)."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="topics", verbose_name=_("plan"))
    order = models.PositiveIntegerField(_("order"), default=1)
    title = record.NfcCharField(_("title"), max_length=300)
    document = record.NfcCharField(_("document"), max_length=300, blank=True)

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("focus topic")
        verbose_name_plural = _("focus topics")

    def __str__(self) -> str:
        return self.title


class SwappedDay(record.Record):
    """A day whose nature was changed by a document: a working Saturday, or a day off swapped for it."""

    day = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(_("is a working day"))
    document = record.NfcCharField(_("document"), max_length=300)

    class Meta:
        ordering = ["-day"]
        verbose_name = _("swapped day")
        verbose_name_plural = _("swapped days")

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"
