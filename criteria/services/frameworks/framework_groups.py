"""Groups of criteria of a draft: made, changed, put in another order, left out while they are empty."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from criteria.models import CriterionGroup, Framework
from criteria.services.frameworks.framework_pens import hold_written, record_writing
from orgs.models import Refusal, Stale, User

UP, DOWN = "up", "down"
# Order numbers are unique within their parent: rows that change places stand here for a moment.
ASIDE = 100_000


@transaction.atomic
def add_group(*, framework: Framework, values: Mapping[str, Any], actor: User) -> CriterionGroup:
    """One more group at the end; `values` are number, title, group_key, weight_sum, is_sum_fixed, cites."""
    held = hold_written(framework.pk, actor)
    last = held.groups.order_by("-order").first()
    made = CriterionGroup.objects.create(framework=held, order=last.order + 1 if last else 1, **values)
    record_writing(held, "group.added", actor, group=str(made.uuid), number=made.number)
    return made


@transaction.atomic
def update_group(
    *, group: CriterionGroup, values: Mapping[str, Any], before: Mapping[str, Any], actor: User
) -> CriterionGroup:
    """Write `values` over what stood `before`; Stale where something else stands there by now. Twice is once."""
    held = hold_written(group.framework_id, actor)
    row = CriterionGroup.objects.get(pk=group.pk)
    if all(getattr(row, name) == value for name, value in values.items()):
        return row
    refuse_overtaken(row, before)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    record_writing(held, "group.updated", actor, group=str(row.uuid), number=row.number)
    return row


@transaction.atomic
def move_group(*, group: CriterionGroup, place: str, actor: User) -> None:
    """One place up or down; at the end of the way nothing moves. Refusal where `place` is neither."""
    held = hold_written(group.framework_id, actor)
    if place not in (UP, DOWN):
        raise Refusal(_("Say whether it moves up or down."))
    rows = list(held.groups.order_by("order"))
    if shifted(rows, group, place):
        put_in_order(rows)
        record_writing(held, "group.moved", actor, group=str(group.uuid), place=place)


@transaction.atomic
def drop_group(*, group: CriterionGroup, actor: User) -> None:
    """Leave out a group that holds no criterion; Refusal where it does. Twice is once."""
    held = hold_written(group.framework_id, actor)
    row = CriterionGroup.objects.filter(pk=group.pk).first()
    if row is None:
        return
    if row.criteria.exists():
        raise Refusal(_("“%(group)s” still holds criteria. Move them or leave them out first.") % {"group": row})
    row.delete()
    record_writing(held, "group.dropped", actor, group=str(group.uuid), number=group.number, title=group.title)


def refuse_overtaken(row: Model, before: Mapping[str, Any]) -> None:
    """Stale where the row no longer holds what the page had `before`."""
    if any(getattr(row, name) != value for name, value in before.items()):
        raise Stale(_("Somebody else has changed this framework since you opened it."))


def shifted(rows: list[Any], row: Model, place: str) -> bool:
    """Move `row` one place within `rows`; False where it stands at the end already."""
    here = rows.index(row)
    there = here + (-1 if place == UP else 1)
    if not 0 <= there < len(rows):
        return False
    rows.insert(there, rows.pop(here))
    return True


def put_in_order(rows: Iterable[Model]) -> None:
    """Number the rows 1, 2, 3 … as they stand."""
    ordered = list(rows)
    table = type(ordered[0])._base_manager if ordered else None
    for first in (ASIDE, 1):
        for number, row in enumerate(ordered, start=first):
            table.filter(pk=row.pk).update(order=number)
