"""The facts of a rating, gathered from the round into the words of the grading contract; unknown stays absent."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from orgs.models import CollectivePart, Membership, RatingKind, Standing, Unit
from registrations.models import Discipline, Finding, Shortcoming
from reviews.models import Circumstance, Rating, SectionAnswer, TaskTally
from reviews.selectors.answers import own_levels
from reviews.selectors.forms import form_of, parts_of

COUNTS = ("assigned", "done", "on_time", "beyond", "quality_met", "main_targets_missed", "force_majeure")
OBJECTIVE = ("undone_objective", "late_objective")
UNITS = {"units_total": "total", "units_completed": "completed_or_better", "units_good": "good_or_better"}
SERVANTS = (Standing.OFFICIAL, Standing.CIVIL_SERVANT, Standing.PUBLIC_EMPLOYEE)
LEADERS = ("leader", "civil_servant_leader", "public_employee_leader")
BETTER = {"completed_or_better": ("excellent", "good", "completed"), "good_or_better": ("excellent", "good")}
Facts = dict[str, Any]


def facts_of(rating: Rating) -> Facts:
    """The facts of one rating."""
    return facts_for([rating])[rating.pk]


def facts_for(ratings: Iterable[Rating]) -> dict[int, Facts]:
    """The facts of many ratings of one cycle, by rating id, in a number of queries that does not grow with them."""
    rows = list(ratings)
    if not rows:
        return {}
    book = _Book(rows)
    return {rating.pk: book.facts(rating) for rating in rows}


def registered_for(rating: Rating) -> tuple[list[tuple[Discipline | Finding, str]], list[Shortcoming]]:
    """The register behind the facts of a rating: decisions and conclusions with whom they concern, shortcomings."""
    book = _Book([rating])
    concerning = ((row, book.whom(rating, row)) for row in (*book.discipline, *book.findings))
    return [pair for pair in concerning if pair[1]], book.own_shortcomings(rating)


class _Book:
    """Everything that the facts of these ratings need, read once."""

    def __init__(self, ratings: list[Rating]) -> None:
        self.cycle = ratings[0].cycle
        self.regulation_key = self.cycle.regulation.key
        reviews = {rating.review_id: rating.review for rating in ratings if rating.review_id}
        self.answers = _grouped(SectionAnswer.objects.filter(review__in=reviews), "review_id")
        self.tallies = _grouped_pairs(
            TaskTally.objects.filter(Q(sheet__review__in=reviews) | Q(sheet__rating__in=ratings)).select_related(
                "sheet"
            ),
            lambda row: ("review", row.sheet.review_id) if row.sheet.review_id else ("rating", row.sheet.rating_id),
        )
        self.circumstances = _grouped(Circumstance.objects.filter(rating__in=ratings, withdrawn_at=None), "rating_id")
        self._read_collectives(ratings)
        self._read_register(ratings)
        self.graded_members = self._graded_members()

    def _read_collectives(self, ratings: list[Rating]) -> None:
        decided = Rating.objects.filter(cycle=self.cycle, kind=RatingKind.COLLECTIVE).exclude(decided_grade="")
        self.collective_grades = dict(decided.values_list("collective_id", "decided_grade"))
        self.seats = defaultdict(list)
        venues = Rating.objects.filter(pk__in=[row.pk for row in ratings]).values_list(
            "pk", "review__venues__collective_id", "review__venues__part", "review__venues__collective__is_reviewed"
        )
        for pk, collective, part, is_reviewed in venues.order_by("review__venues__order"):
            if collective and is_reviewed:
                self.seats[pk].append((collective, part))

    def _read_register(self, ratings: list[Rating]) -> None:
        collectives = {seat for row in ratings for seat, _part in self.seats[row.pk]}
        collectives |= {row.collective_id for row in ratings if row.collective_id}
        self.units = {row.pk: self._unit_id(row) for row in ratings}
        self.below = _units_below({unit for unit in self.units.values() if unit})
        people = {row.person_id for row in ratings if row.person_id}
        units = set(self.units.values()) | {unit for below in self.below.values() for unit in below}
        self.members = _members_of(self.cycle, collectives)
        people |= {person for members in self.members.values() for person in members}
        scope = Q(person__in=people) | Q(collective__in=collectives) | Q(unit__in=units - {None})
        self.discipline = list(self._in_period(Discipline.objects.filter(scope)))
        self.findings = list(self._in_period(Finding.objects.filter(scope)))
        self.shortcomings = list(self._before_end(Shortcoming.objects.filter(scope)))

    def _in_period(self, rows: QuerySet) -> QuerySet:
        return self._before_end(rows).filter(document_on__gte=self.cycle.period_start_on)

    def _before_end(self, rows: QuerySet) -> QuerySet:
        return rows.filter(document_on__lte=self.cycle.period_end_on, withdrawn_on=None).order_by("id")

    def _graded_members(self) -> dict[tuple[str, int], list[str]]:
        rows = Rating.objects.filter(cycle=self.cycle).exclude(decided_grade="")
        found: dict[tuple[str, int], list[str]] = defaultdict(list)
        for kind, _unit, cell, organisation, collective_unit, grade in rows.values_list(
            "kind",
            "review__unit_id",
            "person__party_cell_id",
            "organisation_id",
            "collective__unit_id",
            "decided_grade",
        ):
            if kind == RatingKind.PARTY_MEMBER and cell:
                found["member", cell].append(grade)
            elif kind in (RatingKind.COLLECTIVE, RatingKind.ORGANISATION):
                found["unit", organisation or collective_unit].append(grade)
        return found

    @staticmethod
    def _unit_id(rating: Rating) -> int | None:
        if rating.organisation_id:
            return rating.organisation_id
        return rating.collective.unit_id if rating.collective_id else rating.review.unit_id

    def facts(self, rating: Rating) -> Facts:
        """The contract's object for one rating."""
        facts: Facts = {
            "regulation": self.regulation_key,
            "rating": rating.kind,
            "subject": rating.subject_kind,
            "period": self.cycle.period_kind,
            "period_end": self.cycle.period_end_on.isoformat(),
            "circumstances": [row.kind for row in self.circumstances[rating.pk]],
            "discipline": self._discipline(rating),
            "findings": self._findings(rating),
        }
        if rating.review_id:
            facts["review_completed"] = rating.review.state == "finished"
            facts |= self._levels(rating)
        facts |= self._tasks(rating) | self._standing(rating) | self._shortcomings(rating)
        return facts

    def _levels(self, rating: Rating) -> Facts:
        form = form_of(rating.review)
        content: dict[str, dict[str, Any]] = {section.key: {} for section in form.sections}
        rows = {row.section_key: row.content for row in self.answers[rating.review_id]}
        for part in parts_of(form):
            content[part.section.key] |= rows.get(part.key, {})
        levels = own_levels(form, content)
        return {"levels": levels} if levels else {}

    def _tasks(self, rating: Rating) -> Facts:
        rows = self.tallies[("review", rating.review_id)] if rating.review_id else self.tallies[("rating", rating.pk)]
        found: Facts = {}
        for row in rows:
            counts = {name: value for name in COUNTS if (value := getattr(row, name)) is not None}
            counts |= {name: value for name in OBJECTIVE if (value := getattr(row, name))}
            counts |= {key: value for name, key in UNITS.items() if (value := getattr(row, name)) is not None}
            if row.scope == "collective_tasks":
                counts = {key: counts[key] for key in ("assigned", "done", "force_majeure") if key in counts}
            if counts and (row.scope != "units_led" or rating.subject_kind in (*LEADERS, "organisation")):
                found[row.scope] = counts
        if rating.organisation_id:
            found |= self._graded_below(rating)
        return found

    def _graded_below(self, rating: Rating) -> Facts:
        members = self.graded_members.get(("member", rating.organisation_id), [])
        below = [
            grade
            for unit in self.below[rating.organisation_id]
            for grade in self.graded_members.get(("unit", unit), [])
        ]
        found: Facts = {"subordinate_units": len(self.below[rating.organisation_id])}
        if members:
            found["members_graded"] = _graded(members)
        if below:
            found["units_led"] = _graded(below)
        return found

    def _standing(self, rating: Rating) -> Facts:
        facts: Facts = {}
        if rating.collective_id:
            facts["subordinate_units"] = len(self.below[self.units[rating.pk]])
        if rating.person_id and self.seats[rating.pk]:
            collective, part = self._own_seat(rating)
            facts["role"] = part
            if grade := self.collective_grades.get(collective):
                facts["collective_grade"] = grade
        if rating.is_newly_moved_head and rating.newly_moved_document:
            facts["newly_moved_head"] = True
        if rating.person_id and rating.kind == RatingKind.PARTY_MEMBER:
            facts["is_civil_servant"] = rating.person.standing in SERVANTS
            if rating.state_grade and rating.person.standing in SERVANTS:
                facts["state_grade"] = rating.state_grade
        return facts

    def _own_seat(self, rating: Rating) -> tuple[int, str]:
        seats = self.seats[rating.pk]
        headed = [(rating.head_of_id, CollectivePart.HEAD)] if rating.is_head and rating.head_of_id else []
        return (headed or seats)[0]

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
        if not own:
            return {}
        remedied = [row for row in own if row.remedied_on and row.remedied_on <= self.cycle.period_end_on]
        return {"shortcomings": {"named": len(own), "remedied": len(remedied)}}


def _graded(grades: list[str]) -> dict[str, int]:
    counted = {name: sum(grade in wanted for grade in grades) for name, wanted in BETTER.items()}
    return {"total": len(grades), **counted}


def _grouped(rows: QuerySet, name: str) -> dict[int, list[Any]]:
    return _grouped_pairs(rows, lambda row: getattr(row, name))


def _grouped_pairs(rows: QuerySet, key: Any) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _units_below(tops: set[int]) -> dict[int, list[int]]:
    """The direct subordinate units of each of `tops`."""
    found: dict[int, list[int]] = defaultdict(list)
    for pk, parent in Unit.objects.without_tree_fields().filter(parent__in=tops).values_list("pk", "parent_id"):
        found[parent].append(pk)
    return found


def _members_of(cycle: Any, collectives: set[int]) -> dict[int, set[int]]:
    """Who sat in each collective at some day of the period."""
    first: date = cycle.period_start_on
    found: dict[int, set[int]] = defaultdict(set)
    for collective, person in Membership.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=first), collective__in=collectives
    ).values_list("collective_id", "person_id"):
        found[collective].add(person)
    return found
