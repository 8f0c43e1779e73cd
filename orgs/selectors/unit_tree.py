"""The tree of units in memory: who stands above whom, without a question to the database for each unit."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from orgs.models import Unit


class UnitTree:
    """Every unit of the register, walked up and down. One query, whatever is asked afterwards."""

    def __init__(self) -> None:
        rows = Unit.objects.without_tree_fields().order_by("sort_key", "code")
        self.units: dict[int, Unit] = {unit.pk: unit for unit in rows}

    def chain(self, unit_id: int | None) -> Iterator[Unit]:
        """The unit itself, then its superiors up to the root."""
        seen: set[int] = set()
        while unit_id is not None and unit_id not in seen and (unit := self.units.get(unit_id)):
            seen.add(unit_id)
            yield unit
            unit_id = unit.parent_id

    def is_within(self, unit_id: int | None, ancestor_id: int) -> bool:
        """Whether the unit is `ancestor_id` or stands below it."""
        return any(unit.pk == ancestor_id for unit in self.chain(unit_id))

    @cached_property
    def children(self) -> dict[int | None, list[int]]:
        """Ids of the units directly below each unit, sorted by name; None holds the roots."""
        below: dict[int | None, list[int]] = {}
        for unit in self.units.values():
            below.setdefault(unit.parent_id, []).append(unit.pk)
        return below

    def subtree(self, unit_ids: Iterable[int]) -> set[int]:
        """Ids of the units and of all below them."""
        found: set[int] = set()
        queue = list(unit_ids)
        while queue:
            unit_id = queue.pop()
            if unit_id not in found:
                found.add(unit_id)
                queue.extend(self.children.get(unit_id, ()))
        return found
