"""Units of the two trees (Party and State), their kinds, links and successions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from tree_queries.fields import TreeNodeForeignKey
from tree_queries.query import TreeQuerySet

from orgs.models import names, record


class Line(models.TextChoices):
    """The line (khối) to which a unit belongs."""

    PARTY = "party", _("Party")
    STATE = "state", _("State")
    FRONT = "front", _("Front and mass organisations")
    ASSOCIATION = "association", _("Associations")
    ENTERPRISE = "enterprise", _("Enterprises")


class UnitKind(record.Record):
    """A kind of unit (sở, ban, huyện ủy, chi bộ, ...): data, because reorganisations make new ones."""

    code = record.NfcCharField(_("code"), max_length=40, unique=True)
    name = record.NfcCharField(_("name"), max_length=200)
    order = models.PositiveIntegerField(_("order"), default=100)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("kind of unit")
        verbose_name_plural = _("kinds of units")

    def __str__(self) -> str:
        return self.name


class UnitQuerySet(TreeQuerySet, record.DatedQuerySet):
    """Units that speak: current on a day, matching a search."""

    def matching(self, text: str) -> "UnitQuerySet":
        """Units whose folded name or code contains the folded `text`."""
        return self.filter(models.Q(search__contains=names.fold(text)) | models.Q(code__iexact=text.strip()))


class Unit(record.DatedRecord):
    """A body of the province: agency, Party organisation, mass organisation, enterprise."""

    code = record.NfcCharField(_("code"), max_length=40, unique=True)
    name = record.NfcCharField(_("name"), max_length=300)
    kind = models.ForeignKey(UnitKind, models.PROTECT, verbose_name=_("kind"))
    line = models.CharField(_("line"), max_length=20, choices=Line.choices)
    parent = TreeNodeForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("superior unit")
    )
    party_organisation = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agencies",
        verbose_name=_("Party organisation of the agency"),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    search = models.CharField(max_length=400, editable=False, db_index=True)
    sort_key = models.CharField(max_length=400, editable=False, db_index=True)
    is_demo = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords()

    objects = UnitQuerySet.as_manager()

    class Meta(record.DatedRecord.Meta):
        ordering = ["sort_key", "code"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: object) -> None:
        """Keep the search and sort columns true to the name."""
        self.fill_columns()
        super().save(**kwargs)

    def fill_columns(self) -> None:
        """Set the search and sort columns; bulk writers, which skip `save`, call this."""
        self.search = names.fold(self.name)[:400]
        self.sort_key = names.sort_key(self.name)


class UnitSuccession(record.Record):
    """A predecessor that became (a part of) a successor on a day, by a document."""

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions", verbose_name=_("predecessor"))
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="precessions", verbose_name=_("successor"))
    happened_on = models.DateField(_("day"))
    document = record.NfcCharField(_("document"), max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="orgs_succession_once"),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="orgs_succession_of_another"
            ),
        ]
        verbose_name = _("succession")
        verbose_name_plural = _("successions")

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
