"""Grades of earlier periods that the rating of this one rests on: the quarters, and the year before."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from criteria.models import Cycle, PeriodKind
from registrations.models import PastRating
from reviews.models import Rating
from reviews.selectors.grading.quotas import DECIDED

Key = tuple[str, int | None, int | None, int | None]
MONTHS_OF_QUARTER = 3


class EarlierGrades:
    """The decided grades of these subjects in earlier cycles, and those brought in from before; two queries."""

    def __init__(self, cycle: Cycle, ratings: Iterable[Rating]) -> None:
        self._quarters: dict[Key, dict[str, str | None]] = defaultdict(dict)
        self._year_before: dict[Key, str] = {}
        end = cycle.period_end_on
        # Quarters in a row may begin in the year before.
        since = date(end.year - 1, 1, 1)
        ratings = list(ratings)
        self._subjects = _subjects_of(ratings, organisation="unit")
        for rating in self._earlier(cycle, ratings, since):
            grade = rating.decided_grade if rating.state in DECIDED else ""
            day = rating.cycle.period_end_on
            if rating.cycle.period_kind == PeriodKind.QUARTER:
                self._quarters[_key(rating)][quarter_of(day)] = grade or None
            elif day.year == end.year - 1 and grade:
                self._year_before[_key(rating)] = grade
        self._add_imported(end.year - 1)

    def _add_imported(self, year: int) -> None:
        """What a decision of before this installation gave, where no round here rated that year."""
        for row in PastRating.objects.filter(counted_year=year, withdrawn_on=None).filter(self._subjects):
            self._year_before.setdefault((row.kind, row.person_id, row.collective_id, row.unit_id), row.grade)

    def quarters(self, rating: Rating) -> dict[str, str | None]:
        """{"2026-Q1": grade, or None while it is not decided}; empty where no quarter was rated."""
        return dict(self._quarters.get(_key(rating), {}))

    def year_before(self, rating: Rating) -> str:
        """The grade decided for the year before; empty where none was."""
        return self._year_before.get(_key(rating), "")

    def _earlier(self, cycle: Cycle, ratings: list[Rating], since: date) -> Iterable[Rating]:
        subjects = _subjects_of(ratings)
        within = Q(cycle__period_end_on__gte=since, cycle__period_end_on__lte=cycle.period_end_on)
        rows = Rating.objects.filter(subjects, within, cycle__period_end_on__gte=since).exclude(cycle=cycle)
        return (
            rows.select_related("cycle")
            .only(
                "kind", "person_id", "collective_id", "organisation_id", "state", "decided_grade",
                "cycle__period_kind", "cycle__period_end_on",
            )
            .order_by("cycle__period_end_on", "id")
        )  # fmt: skip


def _subjects_of(ratings: list[Rating], *, organisation: str = "organisation") -> Q:
    """Rows about the subjects of these ratings; `organisation` is the name of the third subject in their table."""
    return (
        Q(person__in={row.person_id for row in ratings if row.person_id})
        | Q(collective__in={row.collective_id for row in ratings if row.collective_id})
        | Q(**{f"{organisation}__in": {row.organisation_id for row in ratings if row.organisation_id}})
    )


def quarter_of(day: date) -> str:
    """The quarter in which a day lies, as the grading contract writes it: 2026-Q3."""
    return f"{day.year}-Q{(day.month - 1) // MONTHS_OF_QUARTER + 1}"


def _key(rating: Rating) -> Key:
    return rating.kind, rating.person_id, rating.collective_id, rating.organisation_id
