"""Posts: positions and jobs, and who holds them from when to when."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from orgs.models import record
from orgs.models.people import Person
from orgs.models.units import Line, Unit


class Position(record.Record):
    """A position (chức vụ). A lower `rank` number stands higher; `peer_code` groups equivalent positions."""

    code = record.NfcCharField(_("code"), max_length=40, unique=True)
    name = record.NfcCharField(_("name"), max_length=200, unique=True)
    line = models.CharField(_("line"), max_length=20, choices=Line.choices, blank=True)
    rank = models.PositiveIntegerField(_("rank"), default=100)
    peer_code = record.NfcCharField(_("group of equivalent positions"), max_length=80, blank=True)
    is_leading = models.BooleanField(_("leading or managing position"), default=True)
    is_head = models.BooleanField(_("head of the body"), default=False)

    class Meta:
        ordering = ["rank", "name"]
        verbose_name = _("position")
        verbose_name_plural = _("positions")

    def __str__(self) -> str:
        return self.name


class Job(record.Record):
    """A job (vị trí việc làm): what somebody does, whatever the position."""

    code = record.NfcCharField(_("code"), max_length=40, unique=True)
    name = record.NfcCharField(_("name"), max_length=200)

    class Meta:
        ordering = ["name"]
        verbose_name = _("job")
        verbose_name_plural = _("jobs")

    def __str__(self) -> str:
        return self.name


class Appointment(record.DatedRecord):
    """A person holds a position or a job, in a unit or (person without a unit) in none, from a day to a day."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments", verbose_name=_("person"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="appointments", verbose_name=_("unit")
    )
    position = models.ForeignKey(Position, models.PROTECT, null=True, blank=True, verbose_name=_("position"))
    job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, verbose_name=_("job"))
    is_head = models.BooleanField(_("head"), default=False)
    is_main = models.BooleanField(_("main post"), default=True)
    document = record.NfcCharField(_("document"), max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta(record.DatedRecord.Meta):
        constraints = [
            *record.DatedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(position__isnull=False) | models.Q(job__isnull=False),
                name="orgs_appointment_to_something",
            ),
            models.UniqueConstraint(fields=["person", "unit", "position", "started_on"], name="orgs_appointment_once"),
        ]
        indexes = [models.Index(fields=["unit", "is_head"], name="orgs_appointment_heads")]
        ordering = ["-is_main", "position__rank", "id"]
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")

    def __str__(self) -> str:
        return f"{self.person}: {self.position or self.job}"
