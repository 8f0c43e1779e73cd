"""Roles granted by hand and ended again: by who may, within his reach, by a document, never to oneself."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs import access, roles
from orgs.models import Collective, Forbidden, Refusal, RoleGrant, Stale, Unit, User
from orgs.selectors import accounts
from orgs.selectors import grants as selectors
from orgs.services import audit

PLACE_FIELDS = {roles.GRANTED_UNIT: "unit", roles.GRANTED_COLLECTIVE: "collective", roles.GRANTED_EVERYWHERE: ""}


@transaction.atomic
def grant_role(
    *,
    user: User,
    role: str,
    place: Unit | Collective | None,
    started_on: date,
    ended_on: date | None,
    document: str,
    actor: User,
) -> RoleGrant:
    """Grant `role` to the account `user` over a unit, in a collective or (None) everywhere; it holds from its day on.

    Raises `Forbidden` for the own account, outside the actor's reach or above what his role grants; `Refusal` where
    place and role do not fit, the days do not, the account is deactivated or holds the role there already.
    """
    _refuse_actor(actor, user, role, place)
    row = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    field = PLACE_FIELDS[roles.ROLES[role].held_by]
    _refuse_place(field, place)
    if not row.is_active:
        raise Refusal(_("This account is deactivated."))
    if ended_on and ended_on <= started_on:
        raise Refusal(_("It cannot end before it began."), field="ended_on")
    where = {field: place} if field else {}
    held = RoleGrant.objects.filter(user=row, role=role, **where)
    if any(_overlap(other, started_on, ended_on) for other in held):
        raise Refusal(_("This account holds the role here on these days already."), field="role")
    grant = RoleGrant.objects.create(
        user=row, role=role, document=document, started_on=started_on, ended_on=ended_on, **where
    )
    _record(actor, "grant.create", grant, document, started_on=started_on, ended_on=ended_on)
    return grant


@transaction.atomic
def end_grant(*, grant: RoleGrant, on: date, document: str, actor: User) -> RoleGrant:
    """End a grant on the day `on`, the first day on which it no longer holds."""
    row = RoleGrant.objects.select_for_update(of=("self",)).select_related("user", "unit", "collective")
    kept = row.get(pk=grant.pk)
    if kept.ended_on:
        raise Stale(_("Somebody else has already ended this."))
    access.viewer_of(actor, fresh=True)
    if not selectors.endable_by(actor).filter(pk=kept.pk).exists():
        raise Forbidden(_("You do not end this role: it is your own, or another office grants it."))
    if kept.started_on and on < kept.started_on:
        raise Refusal(_("It cannot end before it began."), field="on")
    kept.ended_on, kept.end_document = on, document
    kept.save(update_fields=["ended_on", "end_document"])
    _record(actor, "grant.end", kept, document, ended_on=on)
    return kept


def _refuse_actor(actor: User, user: User, role: str, place: Unit | Collective | None) -> None:
    access.viewer_of(actor, fresh=True)
    if selectors.himself(actor).filter(pk=user.pk).exists():
        raise Forbidden(_("Nobody grants a role to himself, nor to whom he stands in for: another officer does it."))
    if not accounts.visible_to(actor).filter(pk=user.pk).exists():
        raise Forbidden(_("This account is outside the units whose accounts you keep."))
    if not selectors.may_grant(actor, role, place):
        raise Forbidden(_("Your office does not grant this role there."))


def _refuse_place(field: str, place: Unit | Collective | None) -> None:
    fits = {"unit": Unit, "collective": Collective, "": type(None)}
    if not isinstance(place, fits[field]):
        words = {"unit": _("Choose the unit for this role."), "collective": _("Choose the collective for this role.")}
        raise Refusal(words.get(field, _("This role holds everywhere: choose no place.")), field=field)
    if place is not None and place.ended_on and place.ended_on <= timezone.localdate():
        raise Refusal(_("This place has ended."), field=field)


def _overlap(other: RoleGrant, started_on: date, ended_on: date | None) -> bool:
    begins_before = ended_on is None or other.started_on is None or other.started_on < ended_on
    return begins_before and (other.ended_on is None or other.ended_on > started_on)


def _record(actor: User, action: str, grant: RoleGrant, document: str, **facts: object) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type="orgs.User",
        object_id=str(grant.user.uuid),
        facts={
            "grant": str(grant.uuid),
            "role": grant.role,
            "unit": grant.unit.code if grant.unit_id else "",
            "collective": grant.collective.code if grant.collective_id else "",
            "document": document,
            **facts,
        },
    )
