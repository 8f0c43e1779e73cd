"""Units: who sees which, who may change which, and the register as a tree."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.utils import timezone

from orgs import access, roles
from orgs.models import Appointment, Unit, User, names
from orgs.selectors.unit_tree import UnitTree


@dataclass(frozen=True)
class TreeRow:
    """A unit at its depth in the visible tree; `people` and `children` are filled for the rows of a page only."""

    unit: Unit
    depth: int
    children: int = 0
    people: int = 0


def visible_to(user: User) -> QuerySet[Unit]:
    """The units that `user` may read."""
    rows = access.scope("orgs.Unit", access.viewer_of(user))
    return access.within(Unit.objects.without_tree_fields(), rows)


def changeable_by(user: User) -> QuerySet[Unit]:
    """The units that `user` may change: all for the administrator, the own subtree for an officer."""
    units = Unit.objects.without_tree_fields()
    ids = changeable_ids(user)
    return units if ids is None else units.filter(pk__in=ids)


def changeable_ids(user: User) -> frozenset[int] | None:
    """Ids of the units that `user` may change; None means every unit."""
    viewer = access.viewer_of(user)
    if roles.MANAGE_PEOPLE not in viewer.rights:
        return frozenset()
    return None if roles.ADMINISTRATOR in viewer.everywhere else viewer.subtree_of(roles.OFFICER)


def subtree_named(text: str) -> set[int]:
    """Ids of the units with this code or with this in their name, and of all below them; one query."""
    tree = UnitTree()
    code, folded = text.strip().casefold(), names.fold(text)
    exact = [unit.pk for unit in tree.units.values() if unit.code.casefold() == code]
    return tree.subtree(exact or [unit.pk for unit in tree.units.values() if folded in unit.search])


def tree_rows(user: User, *, text: str = "", line: str = "", with_ended: bool = False) -> list[TreeRow]:
    """The visible units in the order of the tree; a search or line keeps the depth of what it finds. Two queries."""
    today = timezone.localdate()
    code, folded = text.strip().casefold(), names.fold(text)

    def is_kept(unit: Unit) -> bool:
        return (
            (not folded or folded in unit.search or unit.code.casefold() == code)
            and (not line or unit.line == line)
            and (with_ended or unit.ended_on is None or unit.ended_on > today)
        )

    visible = set(visible_to(user).values_list("pk", flat=True))
    return [row for row in _walk(UnitTree(), visible) if is_kept(row.unit)]


def with_counts(rows: Iterable[TreeRow], on: date) -> list[TreeRow]:
    """`rows` with how many units stand directly below each and how many people hold a post in it; two queries."""
    listed = list(rows)
    ids = [row.unit.pk for row in listed]
    children = Counter(
        Unit.objects.without_tree_fields().current(on).filter(parent__in=ids).values_list("parent_id", flat=True)
    )
    posts = Appointment.objects.current(on).filter(unit__in=ids).order_by().values_list("unit_id")
    people = dict(posts.annotate(found=Count("person", distinct=True)))
    return [TreeRow(row.unit, row.depth, children[row.unit.pk], people.get(row.unit.pk, 0)) for row in listed]


def _walk(tree: UnitTree, visible: set[int]) -> list[TreeRow]:
    found: list[TreeRow] = []
    roots = [unit.pk for unit in tree.units.values() if unit.pk in visible and unit.parent_id not in visible]
    queue = [(pk, 0) for pk in reversed(roots)]
    while queue:
        pk, depth = queue.pop()
        found.append(TreeRow(tree.units[pk], depth))
        queue.extend((child, depth + 1) for child in reversed(tree.children.get(pk, ())) if child in visible)
    return found
