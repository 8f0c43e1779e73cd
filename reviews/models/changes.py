"""After the roster date: who joins, moves, leaves or becomes head, each one guided act with a document."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from criteria.models import Cycle
from orgs.models import Collective, Person, Unit, record


class ChangeKind(models.TextChoices):
    """What happened to a person after the roster date."""

    JOINER = "joiner", _("Joined")
    MOVER = "mover", _("Moved")
    LEAVER = "leaver", _("Left, retired or died")
    NEW_HEAD = "new_head", _("Head changed")


class RosterChange(record.Record):
    """One change, with what it did to the reviews and ratings (kept as text for the record)."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="changes", verbose_name=_("cycle"))
    kind = models.CharField(_("change"), max_length=10, choices=ChangeKind.choices)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))
    collective = models.ForeignKey(
        Collective, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("collective")
    )
    happened_on = models.DateField(_("day"))
    document = record.NfcCharField(_("document"), max_length=300)
    outcome = record.NfcTextField(blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        verbose_name = _("change after the roster date")
        verbose_name_plural = _("changes after the roster date")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.person}"
