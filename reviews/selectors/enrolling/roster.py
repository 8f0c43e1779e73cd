"""The register on the roster date, read once: who is there, in which posts and seats, and the books that decide."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from criteria.models import Cycle
from criteria.regulation.freezing import frozen_forms
from criteria.selectors.frameworks.frozen_frameworks import FrameworkBook
from criteria.selectors.rules.forms import FormBook
from orgs.models import Appointment, Collective, CollectiveKind, ManagingAuthority, Membership, Person, Unit, UnitKind
from orgs.selectors.authority import AuthorityBook
from reviews.selectors.laws import LawBook

# Government and mass organisations before the Party committee, the cell before all (Điều 7 QĐ 124-QĐ/TW).
VENUE_ORDER = {
    CollectiveKind.PARTY_CELL: 0,
    CollectiveKind.LEADERSHIP: 1,
    CollectiveKind.MASS_ORGANISATION: 2,
    CollectiveKind.PARTY_COMMITTEE: 3,
}


class Roster:
    """Everything that enrolment asks about the day `on`; no query for a subject after construction.

    `people` (ids) narrows what is read of persons, for an act about one of them; bodies are always all read.
    """

    def __init__(self, cycle: Cycle, *, on: date | None = None, people: Iterable[int] | None = None) -> None:
        self.cycle = cycle
        self.on = on or cycle.roster_on
        ids = None if people is None else list(people)
        self.laws = LawBook(cycle)
        self.law = self.laws.own
        self.book = AuthorityBook(self.on, people=ids)
        self.forms = FormBook(cycle.regulation, period=cycle.period_kind, on=cycle.period_end_on)
        self.frameworks = FrameworkBook(cycle, tree=self.book.tree)
        self.levels = {row.pk: row for row in ManagingAuthority.objects.all()}
        self.kinds = dict(UnitKind.objects.values_list("pk", "name"))
        present = Person.objects.present(self.on).order_by("sort_key", "id")
        self.people = list(present if ids is None else present.filter(pk__in=ids))
        self._read_posts(ids)
        self._read_seats()
        self._read_scope()

    def _read_posts(self, ids: list[int] | None) -> None:
        rows = Appointment.objects.select_related("position", "job").order_by("id")
        rows = rows if ids is None else rows.filter(person__in=ids)
        self.posts: dict[int, list[Appointment]] = {}
        self.elsewhere: set[int] = set()
        for post in rows:
            if _holds(post, self.on):
                self.posts.setdefault(post.person_id, []).append(post)
            elif post.started_on and post.started_on > self.on:
                self.elsewhere.add(post.person_id)
        for posts in self.posts.values():
            posts.sort(key=lambda post: (not post.is_main, post.position.rank if post.position else 10**6, post.pk))

    def _read_seats(self) -> None:
        self.seats: dict[int, dict[int, Membership]] = {}
        self.heads: dict[int, int] = {}
        for seat in Membership.objects.current(self.on).order_by("order", "id"):
            self.seats.setdefault(seat.person_id, {})[seat.collective_id] = seat
            if seat.part == "head":
                self.heads.setdefault(seat.collective_id, seat.person_id)

    def _read_scope(self) -> None:
        named = list(Cycle.units.through.objects.filter(cycle=self.cycle).values_list("unit_id", flat=True))
        self._within = self.book.tree.subtree(named) if named else None

    def takes_in(self, subject: Person | Collective | Unit) -> bool:
        """Whether the cycle, where it is narrowed to units, reaches the subject: by its posts, else by its cell."""
        if self._within is None:
            return True
        if isinstance(subject, Person):
            places = [post.unit_id for post in self.posts_of(subject)] or [subject.party_cell_id]
        else:
            places = [subject.unit_id if isinstance(subject, Collective) else subject.pk]
        return not self._within.isdisjoint(places)

    @cached_property
    def collectives(self) -> list[Collective]:
        """The collectives current on the day, by their place in the order of reviews."""
        rows = [row for held in self.book.seats.by_unit.values() for row in held]
        return sorted(rows, key=lambda row: (VENUE_ORDER[CollectiveKind(row.kind)], row.pk))

    @cached_property
    def current_collectives(self) -> dict[int, Collective]:
        """The same by id."""
        return {row.pk: row for row in self.collectives}

    @cached_property
    def units(self) -> list[Unit]:
        """The units current on the day, by name."""
        return [unit for unit in self.book.tree.units.values() if _holds(unit, self.on)]

    @cached_property
    def form_data(self) -> dict[str, dict[str, Any]]:
        """The definition of each form of the regulation, as plain data with the rows and marks it needs, by its key."""
        return frozen_forms(self.law)

    def unit(self, unit_id: int | None) -> Unit | None:
        """The unit of this id."""
        return self.book.tree.units.get(unit_id)

    def posts_of(self, person: Person) -> list[Appointment]:
        """The posts that the person holds on the day, the main one first."""
        return self.posts.get(person.pk, [])

    def seats_of(self, person: Person) -> dict[int, Membership]:
        """The person's seats by the id of the collective."""
        return self.seats.get(person.pk, {})


def _holds(row: Appointment | Unit, on: date) -> bool:
    return (row.started_on is None or row.started_on <= on) and (row.ended_on is None or row.ended_on > on)
