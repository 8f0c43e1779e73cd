"""What the register of the year says about these ratings: discipline, conclusions, shortcomings, whom each concerns."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from criteria.models import Cycle, PeriodKind
from orgs.models import Membership, Unit
from registrations.models import Discipline, Finding, Shortcoming
from reviews.models import Rating

Seats = Mapping[int, list[tuple[int, str]]]
Facts = dict[str, Any]


class RegisterBook:
    """The rows of the register that may bear on these ratings, read once; `seats` are (collective, part) by rating."""

    def __init__(self, cycle: Cycle, ratings: list[Rating], seats: Seats) -> None:
        self.cycle, self.seats = cycle, seats
        self.since = date(cycle.period_start_on.year - 1, 1, 1)
        collectives = {seat for row in ratings for seat, _part in seats[row.pk]}
        collectives |= {row.collective_id for row in ratings if row.collective_id}
        self.units = {row.pk: _unit_id(row) for row in ratings}
        self.below = _units_below({unit for unit in self.units.values() if unit})
        people = {row.person_id for row in ratings if row.person_id}
        units = set(self.units.values()) | {unit for below in self.below.values() for unit in below}
        self.members = _members_of(cycle, collectives)
        people |= {person for members in self.members.values() for person in members}
        scope = Q(person__in=people) | Q(collective__in=collectives) | Q(unit__in=units - {None})
        self.discipline = list(self._in_period(Discipline.objects.filter(scope)))
        self.findings = list(self._in_period(Finding.objects.filter(scope)))
        self.shortcomings = list(self._named_before(Shortcoming.objects.filter(scope)))

    def _in_period(self, rows: QuerySet) -> QuerySet:
        """The rows that count in the period: by their document, or by the year in which they are to be counted."""
        cycle = self.cycle
        dated = Q(document_on__range=(cycle.period_start_on, cycle.period_end_on))
        counted = Q(counted_year=cycle.period_end_on.year)
        # A year to count in names no quarter: there the day of the document decides too.
        is_quarter = cycle.period_kind == PeriodKind.QUARTER
        within = dated & (Q(counted_year=None) | counted) if is_quarter else (dated & Q(counted_year=None)) | counted
        return rows.filter(within, withdrawn_on=None).order_by("id")

    def _named_before(self, rows: QuerySet) -> QuerySet:
        """What was named until the end of the period and is carried over into it: named since the year before, or
        earlier and not mended when the period began. What this very round named counts from the next one on.
        """
        carried = Q(remedied_on=None) | Q(remedied_on__gte=self.cycle.period_start_on) | Q(document_on__gte=self.since)
        rows = rows.filter(carried, document_on__lte=self.cycle.period_end_on, withdrawn_on=None)
        return rows.exclude(cycle=self.cycle).select_related("verified_by__person", "cycle").order_by("id")

    def facts(self, rating: Rating) -> Facts:
        """discipline, findings and, where any were named, shortcomings, in the words of the grading contract."""
        found = {"discipline": self._discipline(rating), "findings": self._findings(rating)}
        return found | self._shortcomings(rating)

    def _discipline(self, rating: Rating) -> list[Facts]:
        found = []
        for row in self.discipline:
            if whom := self.whom(rating, row):
                fact: Facts = {
                    "whom": whom,
                    "form": row.form,
                    "self_detected": row.self_detected,
                    "remedied": row.remedied,
                }
                fact |= {"violation": row.violation} if row.violation else {}
                fact |= {"unit": str(row.unit_id)} if row.unit_id else {}
                found.append(fact)
        return found

    def _findings(self, rating: Rating) -> list[Facts]:
        found = []
        for row in self.findings:
            whom = self.whom(rating, row)
            # The contract of findings knows the subject, its members and its unit.
            if whom in ("self", "member", "collective", "subordinate_unit", "unit_led"):
                short = whom if whom in ("self", "member") else "unit"
                found.append(
                    {"kind": row.kind, "whom": short, "self_detected": row.self_detected, "remedied": row.remedied}
                )
        return found

    def whom(self, rating: Rating, row: Discipline | Finding) -> str:
        """Whom a row of the register concerns as seen from the rating, "" when it does not bear on it."""
        if rating.person_id:
            return self._whom_for_person(rating, row)
        own = self.units[rating.pk]
        if (rating.collective_id and row.collective_id == rating.collective_id) or (own and row.unit_id == own):
            return "self"
        if rating.collective_id and row.person_id in self.members[rating.collective_id]:
            return "member"
        return "subordinate_unit" if row.unit_id and row.unit_id in self.below[own] else ""

    def _whom_for_person(self, rating: Rating, row: Discipline | Finding) -> str:
        if row.person_id == rating.person_id:
            return "self"
        seats = [collective for collective, _part in self.seats[rating.pk]]
        if row.collective_id and row.collective_id in seats:
            return "collective"
        own = self.units[rating.pk]
        leads = rating.is_head and own and (row.unit_id == own or row.unit_id in self.below[own])
        return "unit_led" if row.unit_id and leads else ""

    def own_shortcomings(self, rating: Rating) -> list[Shortcoming]:
        """The shortcomings that were named of the subject itself."""
        return [
            row
            for row in self.shortcomings
            if (rating.person_id and row.person_id == rating.person_id)
            or (rating.collective_id and row.collective_id == rating.collective_id)
            or (rating.organisation_id and row.unit_id == rating.organisation_id)
        ]

    def _shortcomings(self, rating: Rating) -> Facts:
        own = self.own_shortcomings(rating)
        named = [row for row in own if not row.is_none]
        # That nothing was named is known for the year of the paper and the one after it.
        if not named and not any(row.document_on >= self.since for row in own):
            return {}
        remedied = [row for row in named if row.remedied_on and row.remedied_on <= self.cycle.period_end_on]
        return {"shortcomings": {"named": len(named), "remedied": len(remedied)}}


def _unit_id(rating: Rating) -> int | None:
    if rating.organisation_id:
        return rating.organisation_id
    return rating.collective.unit_id if rating.collective_id else rating.review.unit_id


def _units_below(tops: set[int]) -> dict[int, list[int]]:
    """The direct subordinate units of each of `tops`."""
    found: dict[int, list[int]] = defaultdict(list)
    for pk, parent in Unit.objects.without_tree_fields().filter(parent__in=tops).values_list("pk", "parent_id"):
        found[parent].append(pk)
    return found


def _members_of(cycle: Cycle, collectives: set[int]) -> dict[int, set[int]]:
    """Who sat in each collective at some day of the period."""
    found: dict[int, set[int]] = defaultdict(set)
    for collective, person in Membership.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=cycle.period_start_on),
        Q(started_on=None) | Q(started_on__lte=cycle.period_end_on),
        collective__in=collectives,
    ).values_list("collective_id", "person_id"):
        found[collective].add(person)
    return found
