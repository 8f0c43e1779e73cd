"""The record of a person: made, changed, ended by a date; never deleted."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs.models import Appointment, Forbidden, Membership, Person, Refusal, Stale, Unit, User
from orgs.selectors import people, units
from orgs.services import audit

FIELDS = (
    "code",
    "full_name",
    "birth_on",
    "gender",
    "email",
    "managing_authority",
    "standing",
    "is_party_member",
    "party_admitted_on",
    "party_cell",
)


@transaction.atomic
def create_person(*, values: dict[str, Any], post: dict[str, Any], document: str, actor: User) -> Person:
    """Add a person with the first post (`unit`, `position`, `job`, `is_head`, `started_on`).

    Refuses a unit that the actor does not keep, a level that is kept out, a code that is taken.
    """
    refuse_unit(post.get("unit"), actor)
    person = Person(**{name: values[name] for name in FIELDS if name in values})
    _refuse_level(person)
    _save(person, document)
    appointment = Appointment(person=person, document=document, **post)
    appointment._change_reason = document[:100]
    appointment.save()
    _record(actor, "person.create", person, document=document)
    return person


@transaction.atomic
def change_person(*, person: Person, values: dict[str, Any], document: str, version: int, actor: User) -> Person:
    """Write the changed fields of a record. Refuses who may not, an old version, a level that is kept out."""
    row = locked(person, version, actor)
    changed = [name for name in FIELDS if name in values and getattr(row, name) != values[name]]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, values[name])
    _refuse_level(row)
    row.version += 1
    _save(row, document)
    _record(actor, "person.change", row, fields=changed, document=document)
    return row


@transaction.atomic
def end_person(*, person: Person, on: date, reason: str, document: str, version: int, actor: User) -> Person:
    """End the record, and with it every post and seat still held, on the day `on`. Nothing is deleted."""
    row = locked(person, version, actor)
    if row.ended_on:
        raise Stale(_("This person has already left the register."))
    if not reason.strip():
        raise Refusal(_("Give the reason."), field="reason")
    if on > timezone.localdate():
        raise Refusal(_("The day lies in the future. Record it when it has come."), field="on")
    for held in (*_open(Appointment, row, on), *_open(Membership, row, on)):
        if held.started_on and held.started_on > on:
            raise Refusal(_("A post or seat of this person begins only after that day."), field="on")
        held.ended_on = on
        held._change_reason = document[:100]
        held.save()
    row.ended_on, row.ended_reason = on, reason
    row.version += 1
    _save(row, document)
    _record(actor, "person.end", row, document=document, on=on, texts={"note": reason})
    return row


def locked(person: Person, version: int, actor: User) -> Person:
    """The row of the person, locked. Raises `Forbidden` for who may not change it, `Stale` for an old version."""
    if not people.may_change(actor, person):
        raise Forbidden(_("This person is outside the units that you keep."))
    row = Person.objects.select_for_update().get(pk=person.pk)
    if row.version != version:
        raise Stale(_("Somebody else has changed this record since you opened it."))
    return row


def refuse_unit(unit: Unit | None, actor: User) -> None:
    """Raise `Forbidden` when the actor may not put anybody into `unit`; without a unit only the administrator may."""
    reach = units.changeable_ids(actor)
    if reach is None:
        return
    if unit is None or unit.pk not in reach:
        raise Forbidden(_("The unit is outside the units that you keep."))


def _open(model: type[Appointment] | type[Membership], person: Person, on: date) -> list[Any]:
    rows = model.objects.filter(person=person).exclude(ended_on__lte=on)
    return list(rows.order_by("id"))


def _refuse_level(person: Person) -> None:
    level = person.managing_authority
    if level and level.is_excluded:
        told = _("People managed at the level “%s” are kept out of this installation (secrecy).")
        raise Refusal(told % level.name, field="managing_authority")


def _save(person: Person, document: str) -> None:
    person._change_reason = document[:100]
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        raise Refusal(_("The cadre code “%s” is taken.") % person.code, field="code") from None


def _record(actor: User, action: str, person: Person, *, texts: dict[str, str] | None = None, **facts: object) -> None:
    audit.record_event(
        actor=actor, action=action, object_type="orgs.Person", object_id=str(person.uuid), facts=facts, texts=texts
    )
