"""Posts and seats that a change after the roster date moves: appoint, end, seat, unseat, leave; each by a document.

The right to do so, which reaches beyond the own units, is asked by the service that carries out the change.
"""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from orgs.models import Appointment, Collective, CollectivePart, Membership, Person, Position, Refusal, Unit, User
from orgs.services import audit


@transaction.atomic
def appoint(
    *,
    person: Person,
    unit: Unit | None,
    position: Position,
    on: date,
    document: str,
    actor: User,
    is_head: bool = False,
) -> Appointment:
    """Give `person` a main post from `on`; posts held so far stay. Refusal where the very same post stands already."""
    _refuse_undocumented(document)
    try:
        with transaction.atomic():
            post = Appointment.objects.create(
                person=person,
                unit=unit,
                position=position,
                started_on=on,
                is_head=is_head,
                is_main=True,
                document=document,
            )
    except IntegrityError:
        raise Refusal(_("This appointment stands in the register already."), field="position") from None
    _record("person.appointed", person, actor, position=position.code, unit=unit.code if unit else "", on=on)
    return post


@transaction.atomic
def end_posts(
    *,
    person: Person,
    on: date,
    document: str,
    actor: User,
    unit: Unit | None = None,
    heads_only: bool = False,
) -> list[Appointment]:
    """End the posts current on `on`, narrowed to `unit`, to those that head it; `on` is the first day without."""
    _refuse_undocumented(document)
    rows = person.appointments.current(on).select_related("unit", "position", "job")
    if unit is not None:
        rows = rows.filter(unit=unit)
    ended = list(rows.filter(is_head=True) if heads_only else rows)
    for post in ended:
        post.ended_on = on
        post.save(update_fields=["ended_on"])
    if ended:
        _record("person.posts_ended", person, actor, posts=len(ended), on=on, document=document)
    return ended


@transaction.atomic
def seat(*, person: Person, collective: Collective, part: str, on: date, document: str, actor: User) -> Membership:
    """Let `person` sit in `collective` as `part` from `on`, in place of another part held there before.

    A collective has one head: whoever heads it must be unseated first.
    """
    _refuse_undocumented(document)
    others = collective.memberships.current(on).exclude(person=person)
    if part == CollectivePart.HEAD and (
        head := others.filter(part=CollectivePart.HEAD).select_related("person").first()
    ):
        raise Refusal(
            _("“%(collective)s” is headed by %(head)s.") % {"collective": collective, "head": head.person}, field="part"
        )
    unseat(person=person, on=on, document=document, actor=actor, collective=collective)
    row, is_new = Membership.objects.get_or_create(
        collective=collective,
        person=person,
        started_on=on,
        defaults={"part": part, "document": document, "order": 10 if part == CollectivePart.HEAD else 100},
    )
    if not is_new:
        row.part, row.document, row.ended_on = part, document, None
        row.save(update_fields=["part", "document", "ended_on"])
    _record("person.seated", person, actor, collective=collective.code, part=part, on=on)
    return row


@transaction.atomic
def unseat(
    *,
    person: Person,
    on: date,
    document: str,
    actor: User,
    collective: Collective | None = None,
    unit: Unit | None = None,
) -> list[Membership]:
    """End the seats current on `on`: all, or those in one collective or in the collectives of one unit."""
    _refuse_undocumented(document)
    rows = person.memberships.current(on).select_related("collective")
    if collective is not None:
        rows = rows.filter(collective=collective)
    if unit is not None:
        rows = rows.filter(collective__unit=unit)
    ended = list(rows)
    for row in ended:
        row.ended_on = on
        row.save(update_fields=["ended_on"])
    if ended:
        codes = ",".join(row.collective.code for row in ended)
        _record("person.unseated", person, actor, collectives=codes, on=on, document=document)
    return ended


@transaction.atomic
def join_cell(*, person: Person, cell: Unit, on: date, document: str, actor: User) -> None:
    """Transfer the Party activity of `person` to `cell`."""
    _refuse_undocumented(document)
    if not person.is_party_member:
        raise Refusal(_("%(person)s is no Party member.") % {"person": person}, field="cell")
    if person.party_cell_id == cell.pk:
        return
    person.party_cell = cell
    _save(person, "party_cell")
    _record("person.joined_cell", person, actor, cell=cell.code, on=on, document=document)


@transaction.atomic
def leave_register(*, person: Person, on: date, reason: str, document: str, actor: User) -> None:
    """End every post and seat of `person` and the record itself on `on`; nothing is deleted."""
    if person.ended_on:
        raise Refusal(_("%(person)s has left the register already.") % {"person": person}, field="person")
    end_posts(person=person, on=on, document=document, actor=actor)
    unseat(person=person, on=on, document=document, actor=actor)
    person.ended_on, person.ended_reason = on, reason
    _save(person, "ended_on", "ended_reason")
    _record("person.left", person, actor, on=on, document=document)


def _save(person: Person, *fields: str) -> None:
    person.version += 1
    person.save(update_fields=[*fields, "version"])


def _refuse_undocumented(document: str) -> None:
    if not document.strip():
        raise Refusal(_("Give the number and date of the document."), field="document")


def _record(action: str, person: Person, actor: User, **facts: object) -> None:
    audit.record_event(
        actor=actor, action=action, object_type=Person._meta.label, object_id=str(person.uuid), facts=facts
    )
