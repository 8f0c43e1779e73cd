"""Who rates whom: rules, delegations with recalls, and overrides, each with its document."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from orgs.models import record
from orgs.models.collectives import Collective
from orgs.models.people import ManagingAuthority, Person
from orgs.models.posts import Position
from orgs.models.units import Line, Unit


class RatingKind(models.TextChoices):
    """The up to three ratings of a person, and the one of a collective and of an organisation."""

    CADRE = "cadre", _("As cadre")
    PARTY_MEMBER = "party_member", _("As Party member")
    STATE = "state", _("On the State side")
    COLLECTIVE = "collective", _("Collective")
    ORGANISATION = "organisation", _("Organisation")


class Proposer(models.TextChoices):
    """Who proposes the grade in the first state of a rating."""

    LEADERSHIP = "leadership", _("The leadership collective at the place of work")
    PARTY_CELL = "party_cell", _("The Party cell")
    UNIT_HEAD = "unit_head", _("The head of the agency")
    ITSELF = "itself", _("The collective itself")


class AuthorityRule(record.DatedRecord):
    """Subjects that match every filled condition are rated so; the lowest `order` that matches wins."""

    rating_kind = models.CharField(_("rating"), max_length=20, choices=RatingKind.choices)
    order = models.PositiveIntegerField(_("order"), default=100)
    managing_authority = models.ForeignKey(
        ManagingAuthority, models.PROTECT, null=True, blank=True, verbose_name=_("managing authority")
    )
    position = models.ForeignKey(Position, models.PROTECT, null=True, blank=True, verbose_name=_("position"))
    line = models.CharField(_("line"), max_length=20, choices=Line.choices, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("in the subtree of")
    )
    proposer = models.CharField(_("proposed by"), max_length=20, choices=Proposer.choices)
    appraising_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("appraising body"))
    copy_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("copy of the dossier to")
    )
    deciding_collective = models.ForeignKey(
        Collective, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("deciding body")
    )
    document = record.NfcCharField(_("document"), max_length=300)
    history = HistoricalRecords()

    class Meta(record.DatedRecord.Meta):
        ordering = ["rating_kind", "order", "id"]
        verbose_name = _("rule of rating authority")
        verbose_name_plural = _("rules of rating authority")

    def __str__(self) -> str:
        return f"{self.get_rating_kind_display()} {self.order}"


class Delegation(record.DatedRecord):
    """A deciding body lets another body rate in its place: document, scope, term. The delegate's quota is consumed."""

    from_collective = models.ForeignKey(
        Collective, models.PROTECT, related_name="delegations_given", verbose_name=_("delegating body")
    )
    to_collective = models.ForeignKey(
        Collective, models.PROTECT, related_name="delegations_held", verbose_name=_("delegated body")
    )
    rating_kind = models.CharField(_("rating"), max_length=20, choices=RatingKind.choices)
    managing_authority = models.ForeignKey(
        ManagingAuthority, models.PROTECT, null=True, blank=True, verbose_name=_("managing authority")
    )
    position = models.ForeignKey(Position, models.PROTECT, null=True, blank=True, verbose_name=_("position"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("in the subtree of")
    )
    appraising_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("appraising body")
    )
    document = record.NfcCharField(_("document"), max_length=300)
    history = HistoricalRecords()

    class Meta(record.DatedRecord.Meta):
        ordering = ["id"]
        verbose_name = _("delegation of rating authority")
        verbose_name_plural = _("delegations of rating authority")

    def __str__(self) -> str:
        return f"{self.from_collective} → {self.to_collective}"


class DelegationRecall(record.DatedRecord):
    """One person taken back from a delegation."""

    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="recalls", verbose_name=_("delegation"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    document = record.NfcCharField(_("document"), max_length=300)

    class Meta(record.DatedRecord.Meta):
        verbose_name = _("recall from a delegation")
        verbose_name_plural = _("recalls from delegations")

    def __str__(self) -> str:
        return f"{self.person} · {self.delegation}"


class AuthorityOverride(record.DatedRecord):
    """The rating authority of one subject fixed by hand, with the document that says so."""

    rating_kind = models.CharField(_("rating"), max_length=20, choices=RatingKind.choices)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    collective = models.ForeignKey(
        Collective, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("collective")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    appraising_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("appraising body"))
    deciding_collective = models.ForeignKey(
        Collective, models.PROTECT, related_name="+", verbose_name=_("deciding body")
    )
    document = record.NfcCharField(_("document"), max_length=300)
    history = HistoricalRecords()

    class Meta(record.DatedRecord.Meta):
        constraints = [
            *record.DatedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, collective__isnull=True, unit__isnull=True)
                | models.Q(person__isnull=True, collective__isnull=False, unit__isnull=True)
                | models.Q(person__isnull=True, collective__isnull=True, unit__isnull=False),
                name="orgs_override_of_one_subject",
            ),
        ]
        verbose_name = _("override of rating authority")
        verbose_name_plural = _("overrides of rating authority")

    def __str__(self) -> str:
        return f"{self.person or self.collective or self.unit}: {self.deciding_collective}"
