"""Accounts, granted roles, stand-ins."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs import roles
from orgs.models import record
from orgs.models.collectives import Collective
from orgs.models.people import Person
from orgs.models.units import Unit


class User(AbstractUser):
    """An account. It belongs to at most one person, is deactivated and never deleted."""

    uuid = models.UUIDField(default=record.uuid.uuid4, unique=True, editable=False)
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="account", verbose_name=_("person")
    )
    must_change_password = models.BooleanField(_("must change the password"), default=False)
    password_issued_at = models.DateTimeField(_("one-time password issued at"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=5, blank=True)

    class Meta(AbstractUser.Meta):
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.person.full_name if self.person_id else self.username


def role_choices() -> list[tuple[str, str]]:
    """Codes and titles of the roles that are granted by hand."""
    return [(role.code, role.title) for role in roles.granted_roles()]


class RoleGrant(record.DatedRecord):
    """A role granted to an account: over a unit, over a collective, or everywhere, with dates and a document."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants", verbose_name=_("account"))
    role = models.CharField(_("role"), max_length=30, choices=role_choices)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("unit"))
    collective = models.ForeignKey(
        Collective, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("collective")
    )
    document = record.NfcCharField(_("document"), max_length=300)
    end_document = record.NfcCharField(_("document of the end"), max_length=300, blank=True)

    class Meta(record.DatedRecord.Meta):
        ordering = ["id"]
        verbose_name = _("granted role")
        verbose_name_plural = _("granted roles")

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"


class StandIn(record.DatedRecord):
    """Somebody acts for an absent account; shown on every act. Not the delegation of rating authority."""

    absent = models.ForeignKey(User, models.PROTECT, related_name="stood_in_by", verbose_name=_("absent account"))
    substitute = models.ForeignKey(User, models.PROTECT, related_name="stands_in_for", verbose_name=_("stand-in"))
    document = record.NfcCharField(_("document"), max_length=300)

    class Meta(record.DatedRecord.Meta):
        constraints = [
            *record.DatedRecord.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(absent=models.F("substitute")), name="orgs_stand_in_another"),
        ]
        verbose_name = _("stand-in")
        verbose_name_plural = _("stand-ins")

    def __str__(self) -> str:
        return f"{self.substitute} / {self.absent}"
