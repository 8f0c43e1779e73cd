"""After the roster date: joiner, mover, leaver, changed head. Each is one guided act with a document."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from criteria.models import Cycle
from criteria.selectors.rounds.cycles import visible_to as cycles_of
from orgs.models import Collective, CollectivePart, Forbidden, Person, Position, Refusal, Unit, User
from orgs.services import audit, transfers
from reviews.models import ChangeKind, Rating, Review, RosterChange
from reviews.selectors.enrolling import rights
from reviews.services.enrolling import departures, former_places
from reviews.services.enrolling.realignment import NOT_PROPOSED_YET, Step, realign


@dataclass(frozen=True)
class Asked:
    """What the guided form asks; fields that a kind does not need stay empty.

    `collective` and `part` are the seat taken (for a changed head: the body headed); `reason` is why somebody left;
    `former_part` and `former_position` are what the former head keeps in the body, empty for nothing.
    """

    kind: str
    person: Person
    on: date
    document: str
    unit: Unit | None = None
    position: Position | None = None
    is_head: bool = False
    cell: Unit | None = None
    collective: Collective | None = None
    part: str = ""
    reason: str = ""
    keeps_other_posts: bool = False
    former_part: str = ""
    former_position: Position | None = None


@transaction.atomic
def make_change(*, cycle: Cycle, asked: Asked, actor: User) -> RosterChange:
    """Carry out one change: posts and seats in the register, then the review and ratings; kept with what it did.

    Raises `Forbidden` for who may not change the person, `Refusal` with the field where something does not fit.
    """
    locked = _locked(cycle, asked, actor)
    step = Step(locked, asked.person, asked.on, asked.document.strip(), actor)
    lines = ACTS[asked.kind](step, asked)
    change = RosterChange.objects.create(
        cycle=locked,
        kind=asked.kind,
        person=asked.person,
        unit=asked.unit,
        collective=asked.collective,
        happened_on=asked.on,
        document=step.document,
        outcome="\n".join(lines),
        made_by=actor,
    )
    audit.record_event(
        actor=actor,
        action=f"change.{asked.kind}",
        object_type=RosterChange._meta.label,
        object_id=str(change.uuid),
        chain=locked.chain,
        unit_path=asked.unit.code if asked.unit else "",
        facts={"person": str(asked.person.uuid), "on": asked.on, "document": step.document},
        texts={"outcome": change.outcome},
    )
    return change


def foresee_change(*, cycle: Cycle, asked: Asked, actor: User) -> list[str]:
    """What `make_change` would do, sentence by sentence: the very act, carried out and taken back."""
    with transaction.atomic():
        change = make_change(cycle=cycle, asked=asked, actor=actor)
        transaction.set_rollback(True)
    asked.person.refresh_from_db()
    return change.outcome.splitlines()


def _locked(cycle: Cycle, asked: Asked, actor: User) -> Cycle:
    """The cycle and the documents of everybody concerned, locked in their order before the first event is written."""
    locked = Cycle.objects.select_for_update(of=("self",)).select_related("regulation", "plan").get(pk=cycle.pk)
    if not cycles_of(actor).filter(pk=locked.pk).exists() or not rights.may_change_roster(actor, locked, asked):
        raise Forbidden(_("You do not keep the record of %(person)s.") % {"person": asked.person})
    if locked.state != "open":
        raise Refusal(_("Changes are made in an open cycle."))
    if asked.on <= locked.roster_on:
        day = f"{locked.roster_on:%d/%m/%Y}"
        raise Refusal(_("Choose a day after the roster date %(day)s.") % {"day": day}, field="happened_on")
    if not asked.document.strip():
        raise Refusal(_("Give the number and date of the document."), field="document")
    people = [asked.person.pk, *_other_people(asked)]
    list(Rating.objects.select_for_update().filter(cycle=locked, person__in=people).order_by("id"))
    list(Review.objects.select_for_update().filter(cycle=locked, person__in=people).order_by("id").defer("form"))
    return locked


def _other_people(asked: Asked) -> list[int]:
    if asked.collective is None:
        return []
    heads = asked.collective.memberships.current(asked.on).filter(part=CollectivePart.HEAD)
    return list(heads.values_list("person_id", flat=True))


def _join(step: Step, asked: Asked) -> list[str]:
    if Review.objects.filter(cycle=step.cycle, person=step.person).exists():
        raise Refusal(_("%(person)s takes part already: choose “Moved”.") % {"person": step.person}, field="person")
    _take_place(step, asked)
    lines = realign(step)
    return lines + (_mark_newly_moved(step, asked.unit) if asked.is_head else [])


def _move(step: Step, asked: Asked) -> list[str]:
    former = former_places.of_person(step.person, step.on)
    left = (former.main,) if asked.keeps_other_posts and former.main else former.units
    acting = {"person": step.person, "on": step.on, "document": step.document, "actor": step.actor}
    for unit in left:
        transfers.unseat(unit=unit, **acting)
        transfers.end_posts(unit=unit, **acting)
    if asked.cell and former.cell and former.cell.pk != asked.cell.pk:
        transfers.unseat(unit=former.cell, **acting)
    _take_place(step, asked)
    lines = realign(step)
    if asked.is_head:
        lines += _mark_newly_moved(step, asked.unit)
    return lines + former_places.ask_for_comments(step, former)


def _leave(step: Step, asked: Asked) -> list[str]:
    if not asked.reason.strip():
        raise Refusal(_("Say why the person leaves."), field="reason")
    return departures.depart(step, asked.reason.strip())


def _change_head(step: Step, asked: Asked) -> list[str]:
    body = asked.collective
    if body is None or asked.position is None:
        raise Refusal(_("Name the collective and the position of its new head."), field="collective")
    former = body.memberships.current(step.on).filter(part=CollectivePart.HEAD).select_related("person").first()
    if former and former.person_id == step.person.pk:
        raise Refusal(_("%(person)s heads this collective already.") % {"person": step.person}, field="person")
    lines = _step_down(step, former.person, asked) if former else []
    came_from_elsewhere = not step.person.appointments.current(step.on).filter(unit=body.unit_id).exists()
    if came_from_elsewhere:
        return lines + _move(step, _as_head(asked))
    transfers.end_posts(person=step.person, on=step.on, document=step.document, actor=step.actor, unit=body.unit)
    _take_place(step, _as_head(asked))
    return lines + realign(step)


def _as_head(asked: Asked) -> Asked:
    return replace(asked, unit=asked.collective.unit, is_head=True, part=CollectivePart.HEAD)


def _step_down(step: Step, former: Person, asked: Asked) -> list[str]:
    """The former head gives up seat and post here; what he keeps or takes instead places him in the round."""
    acting = {"person": former, "on": step.on, "document": step.document, "actor": step.actor}
    body = asked.collective
    transfers.unseat(collective=body, **acting)
    if asked.former_part:
        transfers.seat(collective=body, part=asked.former_part, **acting)
    transfers.end_posts(unit=body.unit, heads_only=True, **acting)
    if asked.former_position:
        transfers.appoint(unit=body.unit, position=asked.former_position, **acting)
    words = {"person": former, "body": body}
    lines = [_("%(person)s no longer heads “%(body)s”.") % words]
    if former.appointments.current(step.on).exists():
        return lines + realign(Step(step.cycle, former, step.on, step.document, step.actor))
    Rating.objects.filter(cycle=step.cycle, person=former, head_of=body, state__in=NOT_PROPOSED_YET).update(
        is_head=False, head_of=None, version=F("version") + 1
    )
    return [*lines, _("%(person)s holds no post any more: record next whether he moved or left.") % words]


def _take_place(step: Step, asked: Asked) -> None:
    acting = {"person": step.person, "on": step.on, "document": step.document, "actor": step.actor}
    if asked.position is None:
        raise Refusal(_("Name the new position."), field="position")
    transfers.appoint(unit=asked.unit, position=asked.position, is_head=asked.is_head, **acting)
    if asked.cell:
        transfers.join_cell(cell=asked.cell, **acting)
    if asked.collective:
        transfers.seat(collective=asked.collective, part=asked.part or CollectivePart.MEMBER, **acting)


def _mark_newly_moved(step: Step, unit: Unit | None) -> list[str]:
    """The document by which a head who just moved in is not measured by the year of the body he now heads."""
    rows = Rating.objects.filter(cycle=step.cycle, person=step.person, is_head=True, head_of__unit=unit)
    rows.update(is_newly_moved_head=True, newly_moved_document=step.document, version=F("version") + 1)
    return [_("%(person)s is marked as a head who just moved in.") % {"person": step.person}] if rows.exists() else []


ACTS: dict[str, Callable[[Step, Asked], list[str]]] = {
    ChangeKind.JOINER: _join,
    ChangeKind.MOVER: _move,
    ChangeKind.LEAVER: _leave,
    ChangeKind.NEW_HEAD: _change_head,
}
