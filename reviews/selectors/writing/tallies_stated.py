"""The numbers of tasks that the author of a review states: which are asked for, and which stand."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviews.models import FactsSheet, Rating, Review, Scope, TaskTally
from reviews.selectors.laws import law_of_rating

COUNTS = ("assigned", "done", "on_time", "beyond")
ANSWERS = ("quality_met", "main_targets_missed", "force_majeure")
CAUSES = ("undone_objective", "late_objective")
UNITS = ("units_total", "units_completed", "units_good")
FIELDS_OF_SCOPE: dict[str, tuple[str, ...]] = {
    Scope.OWN: (*COUNTS, *ANSWERS, *CAUSES, "document"),
    Scope.UNITS_LED: (*COUNTS, *ANSWERS, *CAUSES, *UNITS, "document"),
    Scope.COLLECTIVE: ("assigned", "done", "force_majeure", "document"),
    Scope.SAME_LEVEL: (*UNITS, "document"),
}
# The names of the grading contract, where they are not the names of our columns.
CONTRACT_NAMES = {
    "units_total": "total",
    "units_completed": "completed_or_better",
    "units_good": "good_or_better",
}


@dataclass(frozen=True)
class StatedTasks:
    """The scopes asked for, what stands in each that was stated, and the version of the sheet (0: none yet)."""

    scopes: tuple[str, ...]
    tallies: dict[str, TaskTally]
    version: int


def stated_tasks(review: Review) -> StatedTasks:
    """What the author has stated so far."""
    return StatedTasks(scopes_of(review), *standing_of(review))


def standing_of(review: Review) -> tuple[dict[str, TaskTally], int]:
    """What stands in the facts sheet by scope, and its version (0: none yet); two queries, one where nothing stands."""
    sheet = FactsSheet.objects.filter(review=review).first()
    rows = TaskTally.objects.filter(sheet=sheet) if sheet else ()
    return {row.scope: row for row in rows}, sheet.version if sheet else 0


def tallies_of(review: Review) -> dict[str, TaskTally]:
    """What stands in the facts sheet of a review, by scope; one query."""
    return {row.scope: row for row in TaskTally.objects.filter(sheet__review=review)}


def rating_tasks(rating: Rating) -> StatedTasks:
    """What the officer has stated so far for a rating without a review."""
    sheet = FactsSheet.objects.filter(rating=rating).first()
    rows = TaskTally.objects.filter(sheet=sheet) if sheet else ()
    return StatedTasks(scopes_of_rating(rating), {row.scope: row for row in rows}, sheet.version if sheet else 0)


def scopes_of(review: Review) -> tuple[str, ...]:
    """The scopes that the regulation speaks of for the ratings of this review; own tasks always."""
    ratings = review.ratings.only("kind", "subject_kind", "regulation", "cycle", "review").select_related("regulation")
    for rating in (rows := list(ratings)):
        rating.cycle = review.cycle
    return _scopes(rows)


def scopes_of_rating(rating: Rating) -> tuple[str, ...]:
    """The same for a rating that has no review."""
    return _scopes([rating])


def _scopes(ratings: Iterable[Rating]) -> tuple[str, ...]:
    asked = {str(Scope.OWN)}
    for rating in ratings:
        for rule in law_of_rating(rating).rules_for(rating.kind, rating.subject_kind, rating.cycle.period_kind):
            asked.add(rule.numbers.get("of", ""))
    return tuple(scope for scope in Scope.values if scope in asked)


def as_facts(tallies: dict[str, TaskTally]) -> dict[str, dict[str, int | bool]]:
    """The tallies under the names of the grading contract; what is unknown is left out."""
    found: dict[str, dict[str, int | bool]] = {}
    for scope, row in tallies.items():
        names = [name for name in FIELDS_OF_SCOPE[scope] if name != "document"]
        known = {CONTRACT_NAMES.get(name, name): getattr(row, name) for name in names}
        found[scope] = {name: value for name, value in known.items() if value is not None}
    return {scope: values for scope, values in found.items() if values}
