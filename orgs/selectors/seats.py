"""Posts and seats on a day, in memory: the highest post of a person, the nearest leading body of a place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from orgs.models import Appointment, Collective, CollectiveKind, Membership, Unit
from orgs.selectors.unit_tree import UnitTree

LEADING = (CollectiveKind.LEADERSHIP, CollectiveKind.MASS_ORGANISATION, CollectiveKind.PARTY_COMMITTEE)
PARTY_BODY = (CollectiveKind.PARTY_COMMITTEE,)
CELL_BODY = (CollectiveKind.PARTY_CELL, CollectiveKind.PARTY_COMMITTEE)
# A job without a position stands below every position.
LOWEST = 10**6


@dataclass(frozen=True)
class Post:
    """An appointment as rules see it; a lower `rank` stands higher."""

    unit_id: int | None
    position_id: int | None
    position: str
    line: str
    rank: int
    is_head: bool
    is_main: bool


class Seats:
    """Who holds which post and sits where on the day `on`; three queries, `people` narrows the first and the last.

    For a few `people` their seats are read only where a place has several bodies to choose from.
    """

    def __init__(self, on: date, tree: UnitTree, *, people: Iterable[int] | None = None) -> None:
        self.tree = tree
        ids = None if people is None else list(people)
        self.posts = _posts(on, ids)
        self.collectives: dict[int, Collective] = {row.pk: row for row in Collective.objects.order_by("id")}
        self.by_unit: dict[int, list[Collective]] = {}
        for row in self.collectives.values():
            if (row.started_on is None or row.started_on <= on) and (row.ended_on is None or row.ended_on > on):
                self.by_unit.setdefault(row.unit_id, []).append(row)
        seats = Membership.objects.current(on)
        self._seats = (seats if ids is None else seats.filter(person__in=ids)).values_list("collective_id", "person_id")
        if ids is None:
            self.members  # noqa: B018 - read now, so that no subject asks for it later

    @cached_property
    def members(self) -> set[tuple[int, int]]:
        """(collective, person) of every seat."""
        return set(self._seats)

    def highest_post(self, person_id: int) -> Post | None:
        """The post by which the person is rated: the highest position, then the main post."""
        return min(self.posts.get(person_id, ()), key=lambda post: (post.rank, not post.is_main), default=None)

    def nearest(self, chain: Iterable[Unit], kinds: tuple[str, ...], person_id: int | None = None) -> Collective | None:
        """The first body of one of `kinds` along `chain`; at one unit, the one in which the person sits."""
        for unit in chain:
            held = [row for row in self.by_unit.get(unit.pk, ()) if row.kind in kinds]
            if len(held) == 1:
                return held[0]
            if held:
                return min(held, key=lambda row: ((row.pk, person_id) not in self.members, kinds.index(row.kind)))
        return None

    def cell_body(self, cell_id: int | None, person_id: int | None) -> Collective | None:
        """The committee of the Party cell itself; a small cell has none."""
        cell = self.tree.units.get(cell_id)
        return self.nearest([cell], CELL_BODY, person_id) if cell else None


def _posts(on: date, people: list[int] | None) -> dict[int, list[Post]]:
    rows = Appointment.objects.current(on).order_by("id")
    rows = rows if people is None else rows.filter(person__in=people)
    held: dict[int, list[Post]] = {}
    for person_id, unit_id, position_id, name, line, rank, is_head, is_main in rows.values_list(
        "person_id",
        "unit_id",
        "position_id",
        "position__name",
        "position__line",
        "position__rank",
        "is_head",
        "is_main",
    ):
        post = Post(unit_id, position_id, name or "", line or "", LOWEST if rank is None else rank, is_head, is_main)
        held.setdefault(person_id, []).append(post)
    return held
