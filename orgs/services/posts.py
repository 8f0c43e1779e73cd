"""Posts and seats of people: given, mended and ended by dates, each with its document."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from orgs import access, roles
from orgs.guards import reason_of_own
from orgs.models import Appointment, Collective, Forbidden, Membership, Person, Refusal, Stale, User
from orgs.selectors import people, units
from orgs.services import audit
from orgs.services.people import refuse_unit


@transaction.atomic
def appoint(*, person: Person, values: dict[str, Any], document: str, actor: User) -> Appointment:
    """Give a post (`unit`, `position` or `job`, `is_head`, `is_main`, `started_on`); a new main post ends the old one.

    Raises `Forbidden` outside the actor's units, `Refusal` where the days do not fit.
    """
    _refuse_person(person, actor)
    refuse_unit(values.get("unit"), actor)
    post = Appointment(person=person, document=document, **values)
    unit = values.get("unit")
    if unit and unit.ended_on and (not post.started_on or unit.ended_on <= post.started_on):
        raise Refusal(_("This unit has ended."), field="unit")
    if post.is_main:
        _end_main(person, post.started_on, document)
    _save(post, document)
    _record(actor, "appointment.create", person, document, unit=unit.code if unit else "", on=post.started_on)
    return post


@transaction.atomic
def end_appointment(*, appointment: Appointment, on: date, document: str, actor: User) -> Appointment:
    """End a post on the day `on`, the first day out of it; only where the actor keeps its unit."""
    _refuse_person(appointment.person, actor)
    refuse_unit(appointment.unit, actor)
    row = Appointment.objects.select_for_update().get(pk=appointment.pk)
    _end(row, on, document)
    _record(actor, "appointment.end", appointment.person, document, on=on)
    return row


@transaction.atomic
def join_collective(
    *, person: Person, collective: Collective, part: str, order: int, started_on: date, document: str, actor: User
) -> Membership:
    """Give a seat in a collective of a unit that the actor keeps, to another than himself."""
    _refuse_collective(collective, actor)
    _refuse_own_seat(person, actor)
    if collective.memberships.current(started_on).filter(person=person).exists():
        raise Refusal(_("This person sits in the collective already."), field="collective")
    seat = Membership(
        person=person, collective=collective, part=part, order=order, started_on=started_on, document=document
    )
    _save(seat, document)
    _record(actor, "membership.create", person, document, collective=collective.code, part=part, on=started_on)
    return seat


@transaction.atomic
def leave_collective(*, membership: Membership, on: date, document: str, actor: User) -> Membership:
    """End a seat on the day `on`, the first day out of it."""
    _refuse_collective(membership.collective, actor)
    _refuse_own_seat(membership.person, actor)
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    _end(row, on, document)
    _record(actor, "membership.end", membership.person, document, collective=membership.collective.code, on=on)
    return row


def _end_main(person: Person, on: date | None, document: str) -> None:
    open_posts = Appointment.objects.filter(person=person, is_main=True, ended_on__isnull=True).order_by("id")
    for post in open_posts.select_for_update():
        if on is None or (post.started_on and post.started_on >= on):
            raise Refusal(_("The new main post must begin after the present one."), field="started_on")
        _end(post, on, document)


def _end(row: Appointment | Membership, on: date, document: str) -> None:
    if row.ended_on:
        raise Stale(_("Somebody else has already ended this."))
    if row.started_on and on < row.started_on:
        raise Refusal(_("It cannot end before it began."), field="on")
    row.ended_on = on
    _save(row, document)


def _save(row: Appointment | Membership, document: str) -> None:
    row._change_reason = document[:100]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Refusal(_("The person holds this from the same day already."), field="started_on") from None


def _refuse_person(person: Person, actor: User) -> None:
    if not people.may_change(actor, person):
        raise Forbidden(_("This person is outside the units that you keep."))


def _refuse_collective(collective: Collective, actor: User) -> None:
    reach = units.changeable_ids(actor)
    if reach is not None and collective.unit_id not in reach:
        raise Forbidden(_("The collective is outside the units that you keep."))


def _refuse_own_seat(person: Person, actor: User) -> None:
    is_administrator = roles.ADMINISTRATOR in access.viewer_of(actor).everywhere
    if not is_administrator and (reason := reason_of_own(person.pk, actor)):
        raise Forbidden(reason)


def _record(actor: User, action: str, person: Person, document: str, **facts: object) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type="orgs.Person",
        object_id=str(person.uuid),
        facts={"document": document, **facts},
    )
