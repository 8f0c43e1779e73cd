"""Units: made, changed, ended by a date, succeeded by others; never deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from orgs.models import Appointment, Forbidden, Refusal, Stale, Unit, UnitSuccession, User
from orgs.selectors import units
from orgs.selectors.unit_tree import UnitTree
from orgs.services import audit, outbox

# The job that follows a merger: other parts register what is to be told.
SUCCEEDED = "unit.succeeded"
FIELDS = ("code", "name", "kind", "line", "parent", "party_organisation", "email", "started_on")


@dataclass(frozen=True)
class Succession:
    """What came of a succession, and what still stands under the predecessors and must be moved by hand."""

    rows: tuple[UnitSuccession, ...]
    people: int
    children: int


@transaction.atomic
def create_unit(*, values: dict[str, Any], document: str, actor: User) -> Unit:
    """Add a unit below one that the actor keeps; a root only by the administrator."""
    _refuse_place(values.get("parent"), actor)
    unit = Unit(**{name: values[name] for name in FIELDS if name in values})
    _save(unit, document)
    _record(actor, "unit.create", unit, document=document)
    return unit


@transaction.atomic
def change_unit(*, unit: Unit, values: dict[str, Any], document: str, version: int, actor: User) -> Unit:
    """Write the changed fields. Refuses a circle of superiors, and a place that the actor does not keep."""
    row = _locked(unit, version, actor)
    changed = [name for name in FIELDS if name in values and getattr(row, name) != values[name]]
    if not changed:
        return row
    if "parent" in changed:
        _refuse_place(values["parent"], actor)
        if values["parent"] and UnitTree().is_within(values["parent"].pk, row.pk):
            raise Refusal(_("The superiors of “%s” lead back to itself.") % row.code, field="parent")
    for name in changed:
        setattr(row, name, values[name])
    row.version += 1
    _save(row, document)
    _record(actor, "unit.change", row, fields=changed, document=document)
    return row


@transaction.atomic
def end_unit(*, unit: Unit, on: date, document: str, version: int, actor: User) -> Unit:
    """End a unit on the day `on`. Refuses while units below it or posts in it go beyond that day."""
    row = _locked(unit, version, actor)
    people, children = remaining([row], on)
    if people or children:
        told = _("Still there on that day: %(people)s posts, %(children)s units below. End or move them first.")
        raise Refusal(told % {"people": people, "children": children}, field="on")
    _end(row, on, document)
    _record(actor, "unit.end", row, document=document, on=on)
    return row


@transaction.atomic
def succeed_unit(*, predecessors: Sequence[Unit], successor: Unit, on: date, document: str, actor: User) -> Succession:
    """Let `predecessors` become (part of) `successor` on the day `on`: they end, old years stay as they were.

    A unit that becomes several is named again for each of them, on the same day. Posts and units below are not moved by
    this: each goes its own way by its own document. They are counted.
    """
    reach = units.changeable_ids(actor)
    if not predecessors or successor in predecessors:
        raise Refusal(_("Name units that become another one."), field="predecessors")
    if reach is not None and any(unit.pk not in reach for unit in (*predecessors, successor)):
        raise Forbidden(_("All units must be among those that you keep."))
    ids = [unit.pk for unit in (*predecessors, successor)]
    locked = {
        row.pk: row for row in Unit.objects.without_tree_fields().filter(pk__in=ids).order_by("id").select_for_update()
    }
    if locked[successor.pk].ended_on and locked[successor.pk].ended_on <= on:
        raise Refusal(_("The successor has ended by then."), field="successor")
    old = [locked[unit.pk] for unit in predecessors]
    known = set(UnitSuccession.objects.filter(successor=successor).values_list("predecessor_id", flat=True))
    for row in old:
        if row.ended_on != on or row.pk in known:
            _end(row, on, document)
    rows = tuple(
        UnitSuccession.objects.create(
            predecessor=row, successor=locked[successor.pk], happened_on=on, document=document
        )
        for row in old
    )
    people, children = remaining(old, on)
    for row in old:
        _record(actor, "unit.succeed", row, document=document, on=on, successor=successor.code)
    _record(actor, "unit.receive", successor, document=document, on=on, predecessors=[row.code for row in old])
    outbox.enqueue(kind=SUCCEEDED, dedup_key=f"{SUCCEEDED}:{rows[0].uuid}", payload={"successor": successor.code})
    return Succession(rows, people, children)


def remaining(rows: Sequence[Unit], on: date) -> tuple[int, int]:
    """How many posts, and how many units below, go on in `rows` after the day `on`."""
    people = Appointment.objects.filter(unit__in=rows).exclude(ended_on__lte=on).count()
    children = Unit.objects.without_tree_fields().filter(parent__in=rows).exclude(ended_on__lte=on).count()
    return people, children


def _locked(unit: Unit, version: int, actor: User) -> Unit:
    reach = units.changeable_ids(actor)
    if reach is not None and unit.pk not in reach:
        raise Forbidden(_("The unit is outside the units that you keep."))
    row = Unit.objects.without_tree_fields().select_for_update().get(pk=unit.pk)
    if row.version != version:
        raise Stale(_("Somebody else has changed this unit since you opened it."))
    return row


def _refuse_place(parent: Unit | None, actor: User) -> None:
    reach = units.changeable_ids(actor)
    if reach is not None and (parent is None or parent.pk not in reach):
        raise Forbidden(_("The superior unit is outside the units that you keep."))


def _end(unit: Unit, on: date, document: str) -> None:
    if unit.ended_on:
        raise Stale(_("The unit “%s” has already ended.") % unit.code)
    if unit.started_on and on < unit.started_on:
        raise Refusal(_("The unit would end before it began."), field="on")
    unit.ended_on = on
    unit.version += 1
    _save(unit, document)


def _save(unit: Unit, document: str) -> None:
    unit._change_reason = document[:100]
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError:
        raise Refusal(_("The code “%s” is taken.") % unit.code, field="code") from None


def _record(actor: User, action: str, unit: Unit, **facts: object) -> None:
    audit.record_event(actor=actor, action=action, object_type="orgs.Unit", object_id=str(unit.uuid), facts=facts)
