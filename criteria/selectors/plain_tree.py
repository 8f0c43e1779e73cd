"""The tree of units as plain rows: what a sum over the whole province needs of each unit, and no more."""

from typing import NamedTuple
from uuid import UUID

from orgs.models import Unit
from orgs.selectors.unit_tree import UnitTree


class PlainUnit(NamedTuple):
    """A unit as far as a tree is drawn and climbed with it."""

    pk: int
    uuid: UUID
    code: str
    name: str
    line: str
    parent_id: int | None
    party_organisation_id: int | None

    def __str__(self) -> str:
        return self.name


class PlainTree(UnitTree):
    """As `UnitTree`, of plain rows: for thousands of units a quarter of the time."""

    def __init__(self) -> None:
        rows = Unit.objects.without_tree_fields().order_by("sort_key", "code").values_list(*PlainUnit._fields)
        self.units = {row[0]: PlainUnit._make(row) for row in rows}
