"""The facts of a rating, gathered from the round into the words of the grading contract; unknown stays absent."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from criteria.models import Cycle
from criteria.regulation import Form
from criteria.regulation.vocabulary import POINT_GROUPS
from orgs.models import CollectivePart, RatingKind, Standing
from registrations.models import Discipline, Finding, Shortcoming
from reviews.models import Circumstance, Rating, Review, SectionAnswer, StatedLevels, StatedPoints, TaskTally
from reviews.selectors.grading.earlier_grades import EarlierGrades
from reviews.selectors.grading.quotas import DECIDED
from reviews.selectors.grading.registered_facts import RegisterBook
from reviews.selectors.grading.stated_levels import sheet_for
from reviews.selectors.laws import laws_of
from reviews.selectors.writing.answers import own_levels
from reviews.selectors.writing.forms import form_of, parts_of
from reviews.selectors.writing.own_points import points_facts

COUNTS = ("assigned", "done", "on_time", "beyond", "quality_met", "main_targets_missed", "force_majeure")
OBJECTIVE = ("undone_objective", "late_objective")
UNITS = {"units_total": "total", "units_completed": "completed_or_better", "units_good": "good_or_better"}
SERVANTS = (Standing.OFFICIAL, Standing.CIVIL_SERVANT, Standing.PUBLIC_EMPLOYEE)
LEADERS = ("leader", "civil_servant_leader", "public_employee_leader")
BETTER = {"completed_or_better": ("excellent", "good", "completed"), "good_or_better": ("excellent", "good")}
Facts = dict[str, Any]
Written = tuple[Form, dict[str, dict[str, Any]]]


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
    book = _Book([rating]).register
    concerning = ((row, book.whom(rating, row)) for row in (*book.discipline, *book.findings))
    return [pair for pair in concerning if pair[1]], book.own_shortcomings(rating)


class _Book:
    """Everything that the facts of these ratings need, read once."""

    def __init__(self, ratings: list[Rating]) -> None:
        self.cycle = ratings[0].cycle
        self.laws = laws_of(ratings)
        self.earlier = EarlierGrades(self.cycle, ratings)
        self.points = {row.rating_id: row for row in StatedPoints.objects.filter(rating__in=ratings)}
        self.levels = dict(StatedLevels.objects.filter(rating__in=ratings).values_list("rating_id", "levels"))
        self.reports = _reports_of(self.cycle, {row.organisation_id for row in ratings if row.organisation_id})
        reviews = {rating.review_id for rating in ratings if rating.review_id}
        reviews |= {report.pk for report in self.reports.values()}
        self.written: dict[int, Written] = {}
        self.answers = _grouped(SectionAnswer.objects.filter(review__in=reviews), "review_id")
        self.tallies = _grouped_pairs(
            TaskTally.objects.filter(Q(sheet__review__in=reviews) | Q(sheet__rating__in=ratings)).select_related(
                "sheet"
            ),
            lambda row: ("review", row.sheet.review_id) if row.sheet.review_id else ("rating", row.sheet.rating_id),
        )
        self.circumstances = _grouped(Circumstance.objects.filter(rating__in=ratings, withdrawn_at=None), "rating_id")
        self._read_collectives(ratings)
        self.register = RegisterBook(self.cycle, ratings, self.seats)
        self.graded_members = self._graded_members({row.organisation_id for row in ratings if row.organisation_id})

    def _read_collectives(self, ratings: list[Rating]) -> None:
        decided = Rating.objects.filter(cycle=self.cycle, kind=RatingKind.COLLECTIVE).exclude(decided_grade="")
        self.collective_grades = dict(decided.values_list("collective_id", "decided_grade"))
        state_side = Rating.objects.filter(
            cycle=self.cycle, kind=RatingKind.STATE, state__in=DECIDED, person__in={row.person_id for row in ratings}
        )
        self.state_grades = dict(state_side.values_list("person_id", "decided_grade"))
        self.seats = defaultdict(list)
        venues = Rating.objects.filter(pk__in=[row.pk for row in ratings]).values_list(
            "pk", "review__venues__collective_id", "review__venues__part", "review__venues__collective__is_reviewed"
        )
        for pk, collective, part, is_reviewed in venues.order_by("review__venues__order"):
            if collective and is_reviewed:
                self.seats[pk].append((collective, part))

    def _graded_members(self, organisations: set[int]) -> dict[tuple[str, int], list[str]]:
        below = {unit for top in organisations for unit in self.register.below[top]}
        rows = Rating.objects.filter(
            Q(kind=RatingKind.PARTY_MEMBER, person__party_cell__in=organisations)
            | Q(kind=RatingKind.COLLECTIVE, collective__unit__in=below)
            | Q(kind=RatingKind.ORGANISATION, organisation__in=below),
            cycle=self.cycle,
        ).exclude(decided_grade="")
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

    def facts(self, rating: Rating) -> Facts:
        """The contract's object for one rating."""
        facts: Facts = {
            "regulation": self.laws[rating.pk].key,
            "rating": rating.kind,
            "subject": rating.subject_kind,
            "period": self.cycle.period_kind,
            "period_end": self.cycle.period_end_on.isoformat(),
            "circumstances": [row.kind for row in self.circumstances[rating.pk]],
        } | self.register.facts(rating)
        if rating.review_id:
            facts["review_completed"] = rating.review.state == "finished"
        facts |= self._levels(rating)
        facts |= self._tasks(rating) | self._standing(rating)
        return facts | self._points(rating) | self._earlier(rating)

    def _points(self, rating: Rating) -> Facts:
        row = self.points.get(rating.pk)
        values = {name: value for name in POINT_GROUPS if row and (value := getattr(row, name)) is not None}
        stated = {name: f"{value.normalize():f}" for name, value in values.items()}
        # The form is that of the cycle's own law: another law neither has its items nor counts its points.
        if not self._review_of(rating) or self.laws[rating.pk].key != self.cycle.regulation.key:
            return {"points": stated} if stated else {}
        return points_facts(*self._written(rating), stated)

    def _earlier(self, rating: Rating) -> Facts:
        found: Facts = {}
        if quarters := self.earlier.quarters(rating):
            found["quarters"] = quarters
        if grade := self.earlier.year_before(rating):
            found["previous_year_grade"] = grade
        return found

    def _levels(self, rating: Rating) -> Facts:
        if rating.pk in self.levels:
            levels = sheet_for(self.laws[rating.pk], rating.subject_kind).facts(self.levels[rating.pk])
        else:
            levels = own_levels(*self._written(rating)) if self._review_of(rating) else {}
        return {"levels": levels} if levels else {}

    def _review_of(self, rating: Rating) -> Review | None:
        """The review itself; an organisation writes none and is rated from the report of the body that leads it."""
        return rating.review or self.reports.get(rating.organisation_id)

    def _written(self, rating: Rating) -> Written:
        # The up to three ratings of one review rest on the same text.
        review = self._review_of(rating)
        if review.pk not in self.written:
            self.written[review.pk] = self._read_text(review)
        return self.written[review.pk]

    def _read_text(self, review: Review) -> Written:
        form = form_of(review)
        content: dict[str, dict[str, Any]] = {section.key: {} for section in form.sections}
        rows = {row.section_key: row.content for row in self.answers[review.pk]}
        for part in parts_of(form):
            content[part.section.key] |= rows.get(part.key, {})
        return form, content

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
            for unit in self.register.below[rating.organisation_id]
            for grade in self.graded_members.get(("unit", unit), [])
        ]
        found: Facts = {"subordinate_units": len(self.register.below[rating.organisation_id])}
        if members:
            found["members_graded"] = _graded(members)
        if below:
            found["units_led"] = _graded(below)
        return found

    def _standing(self, rating: Rating) -> Facts:
        facts: Facts = {}
        if rating.collective_id:
            facts["subordinate_units"] = len(self.register.below[self.register.units[rating.pk]])
        if rating.person_id and self.seats[rating.pk]:
            collective, part = self._own_seat(rating)
            facts["role"] = part
            if grade := self.collective_grades.get(collective):
                facts["collective_grade"] = grade
        if rating.is_newly_moved_head and rating.newly_moved_document:
            facts["newly_moved_head"] = True
        if rating.person_id and rating.kind == RatingKind.PARTY_MEMBER:
            facts["is_civil_servant"] = rating.person.standing in SERVANTS
            grade = self.state_grades.get(rating.person_id) or rating.state_grade
            if grade and rating.person.standing in SERVANTS:
                facts["state_grade"] = grade
        return facts

    def _own_seat(self, rating: Rating) -> tuple[int, str]:
        seats = self.seats[rating.pk]
        headed = [(rating.head_of_id, CollectivePart.HEAD)] if rating.is_head and rating.head_of_id else []
        return (headed or seats)[0]


def _reports_of(cycle: Cycle, organisations: set[int]) -> dict[int, Review]:
    """The finished report of the body that leads each of these units, by unit; the first where several report."""
    rows = Review.objects.filter(
        cycle=cycle, state="finished", collective__unit__in=organisations, collective__is_reviewed=True
    )
    found: dict[int, Review] = {}
    for review in rows.select_related("collective").order_by("collective__kind", "id"):
        found.setdefault(review.collective.unit_id, review)
    return found


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
