"""Frameworks of criteria: groups, criteria, and the text of each of the four levels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from criteria.models.regulations import Regulation
from orgs.models import Collective, Job, Line, ManagingAuthority, Position, Unit, record
from orgs.models.documents import WorkflowDocument


class FrameworkSubject(models.TextChoices):
    """Whom a framework measures."""

    PERSON = "person", _("Persons")
    COLLECTIVE = "collective", _("Collectives")
    ORGANISATION = "organisation", _("Organisations")


class Marking(models.TextChoices):
    """How a criterion is marked."""

    LEVELS = "levels", _("Four levels")
    POINTS = "points", pgettext_lazy("marking", "Points")
    CHECKLIST = "checklist", _("Ensured or not")


class Direction(models.TextChoices):
    """Which way the numeric target of a level binds."""

    AT_LEAST = "at_least", pgettext_lazy("direction", "at least")
    AT_MOST = "at_most", _("at most")


class Framework(WorkflowDocument):
    """A set of criteria of an issuer: draft, issued with number and date, frozen by the first cycle that uses it."""

    title = record.NfcCharField(_("title"), max_length=300)
    legal_basis = record.NfcTextField(_("legal basis"), blank=True)
    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="frameworks", verbose_name=_("issuer"))
    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="frameworks", verbose_name=_("regulation"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("concretises")
    )
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies", verbose_name=_("earlier version")
    )
    subject = models.CharField(_("measures"), max_length=20, choices=FrameworkSubject.choices)
    form_key = record.NfcCharField(_("form"), max_length=20)
    marking = models.CharField(_("marking"), max_length=10, choices=Marking.choices, default=Marking.LEVELS)
    edition = models.PositiveIntegerField(_("edition"), default=1)
    number = record.NfcCharField(_("number"), max_length=80, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    superseded_on = models.DateField(_("superseded on"), null=True, blank=True, editable=False)
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True, editable=False)
    line = models.CharField(_("line"), max_length=20, choices=Line.choices, blank=True)
    managing_authority = models.ForeignKey(
        ManagingAuthority, models.PROTECT, null=True, blank=True, verbose_name=_("managing authority")
    )
    is_submission_required = models.BooleanField(
        _("frameworks that concretise it are submitted before they are issued"), default=False
    )
    agreed_document = record.NfcCharField(_("consent of the superior"), max_length=300, blank=True, editable=False)
    is_illustration = models.BooleanField(_("illustration, to be replaced by the province's own"), default=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["title", "-edition"]
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")

    def __str__(self) -> str:
        return f"{self.title} ({self.edition})"


class FrameworkCover(record.Record):
    """One job (vị trí việc làm), position, collective or unit that a framework covers; exactly one of them.

    A framework without covers measures everybody of its form below its issuer; a covered unit stands for all below it.
    """

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="covers", verbose_name=_("framework"))
    job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("job"))
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("position")
    )
    collective = models.ForeignKey(
        Collective, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("collective")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(job__isnull=False, position=None, collective=None, unit=None)
                | models.Q(job=None, position__isnull=False, collective=None, unit=None)
                | models.Q(job=None, position=None, collective__isnull=False, unit=None)
                | models.Q(job=None, position=None, collective=None, unit__isnull=False),
                name="criteria_cover_of_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=["framework", name],
                    condition=models.Q(**{f"{name}__isnull": False}),
                    name=f"criteria_cover_{name}_once",
                )
                for name in ("job", "position", "collective", "unit")
            ),
        ]
        ordering = ["id"]
        verbose_name = _("what a framework covers")
        verbose_name_plural = _("what a framework covers")

    def __str__(self) -> str:
        return str(self.covered)

    @property
    def covered(self) -> Job | Position | Collective | Unit:
        """The one thing that is covered."""
        return self.job or self.position or self.collective or self.unit


class CriterionGroup(record.Record):
    """A group of criteria; `group_key` is the group of the regulation (quality, building, results, remedy, common).

    `weight_sum` is what the weights of the group add up to; `is_sum_fixed` says that the regulation fixes it (30 and
    70 of QĐ 366-QĐ/TW, cited in `cites`), so that nobody below may change it.
    """

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="groups", verbose_name=_("framework"))
    order = models.PositiveIntegerField(_("order"))
    number = record.NfcCharField(_("number"), max_length=10)
    title = record.NfcCharField(_("title"), max_length=300)
    group_key = models.CharField(_("group of the regulation"), max_length=20)
    weight_sum = models.DecimalField(_("sum of the weights"), max_digits=6, decimal_places=2, null=True, blank=True)
    is_sum_fixed = models.BooleanField(_("sum fixed by the regulation"), default=False)
    cites = record.NfcCharField(_("clause"), max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["framework", "order"], name="criteria_group_order")]
        ordering = ["order"]
        verbose_name = _("group of criteria")
        verbose_name_plural = _("groups of criteria")

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Criterion(record.Record):
    """One criterion; `item_key` is the item of the form whose level it anchors.

    `code` names it within its framework (empty in those made before codes: the number stands for it); `concretises` is
    the code of the criterion of the parent framework that it makes concrete. A required one may not be dropped below.
    """

    group = models.ForeignKey(CriterionGroup, models.PROTECT, related_name="criteria", verbose_name=_("group"))
    order = models.PositiveIntegerField(_("order"))
    number = record.NfcCharField(_("number"), max_length=10)
    code = record.NfcCharField(_("code"), max_length=30, blank=True)
    title = record.NfcTextField(_("title"))
    concretises = record.NfcCharField(_("concretises the criterion"), max_length=30, blank=True)
    is_required = models.BooleanField(_("required below"), default=True)
    direction = models.CharField(_("direction of the target"), max_length=10, choices=Direction.choices, blank=True)
    cites = record.NfcCharField(_("clause"), max_length=300, blank=True)
    item_key = models.CharField(_("item of the form"), max_length=20, blank=True)
    weight = models.DecimalField(_("weight"), max_digits=6, decimal_places=2, null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "order"], name="criteria_criterion_order")]
        ordering = ["order"]
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Level(models.TextChoices):
    """The four levels (cấp độ) of a criterion, best first."""

    EXCELLENT = "excellent", _("Excellent level")
    GOOD = "good", _("Good level")
    AVERAGE = "average", _("Average level")
    POOR = "poor", _("Poor level")


class CriterionLevel(record.Record):
    """What a level of a criterion means: the anchoring text, its numeric target and its points where it has them."""

    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="levels", verbose_name=_("criterion"))
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    text = record.NfcTextField(_("text"))
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=2, null=True, blank=True)
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["criterion", "level"], name="criteria_level_once")]
        ordering = ["id"]
        verbose_name = _("level of a criterion")
        verbose_name_plural = _("levels of a criterion")

    def __str__(self) -> str:
        return self.get_level_display()
