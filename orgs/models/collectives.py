"""Collectives (tập thể lãnh đạo, cấp ủy): who sits in them, in which part."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from orgs.models import record
from orgs.models.people import Person
from orgs.models.units import Unit


class CollectiveKind(models.TextChoices):
    """What sort of collective meets: it decides head, form and order, not the rights."""

    PARTY_COMMITTEE = "party_committee", _("Party committee or standing committee")
    PARTY_CELL = "party_cell", _("Party cell committee")
    LEADERSHIP = "leadership", _("Leadership and managing collective")
    MASS_ORGANISATION = "mass_organisation", _("Standing body of a mass organisation")


class Collective(record.DatedRecord):
    """A leading collective of a unit; it reviews itself, meets, proposes and (some) decides."""

    code = record.NfcCharField(_("code"), max_length=40, unique=True)
    name = record.NfcCharField(_("name"), max_length=300)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="collectives", verbose_name=_("unit"))
    kind = models.CharField(_("kind"), max_length=20, choices=CollectiveKind.choices)
    is_reviewed = models.BooleanField(_("reviews itself"), default=True)
    signs_as = record.NfcCharField(_("signs on behalf of"), max_length=200, blank=True)
    peer_code = record.NfcCharField(_("group of similar collectives"), max_length=80, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)
    history = HistoricalRecords()

    class Meta(record.DatedRecord.Meta):
        ordering = ["unit__sort_key", "name"]
        verbose_name = _("collective")
        verbose_name_plural = _("collectives")

    def __str__(self) -> str:
        return self.name


class CollectivePart(models.TextChoices):
    """The part of a member in a collective, in the order of a review: the head first."""

    HEAD = "head", _("Head")
    DEPUTY = "deputy", _("Deputy")
    MEMBER = "member", _("Member")


class Membership(record.DatedRecord):
    """A person sits in a collective from a day to a day."""

    collective = models.ForeignKey(Collective, models.PROTECT, related_name="memberships", verbose_name=_("collective"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    part = models.CharField(_("part"), max_length=10, choices=CollectivePart.choices, default=CollectivePart.MEMBER)
    order = models.PositiveIntegerField(_("order"), default=100)
    document = record.NfcCharField(_("document"), max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta(record.DatedRecord.Meta):
        constraints = [
            *record.DatedRecord.Meta.constraints,
            models.UniqueConstraint(fields=["collective", "person", "started_on"], name="orgs_membership_once"),
        ]
        ordering = ["order", "id"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")

    def __str__(self) -> str:
        return f"{self.person} · {self.collective}"
