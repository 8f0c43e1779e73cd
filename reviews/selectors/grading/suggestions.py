"""Suggested grades: the facts of the round put through the regulation of each rating."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from criteria.rating import Ceiling, Condition, Suggestion, conditions, parse_facts, suggest
from reviews.models import Grade, Rating
from reviews.selectors.grading.facts import Facts, facts_for
from reviews.selectors.grading.quotas import DECIDED
from reviews.selectors.laws import law_of_rating, laws_of

RANK = {grade: place for place, grade in enumerate(Grade.values)}


@dataclass(frozen=True)
class Explained:
    """A suggestion with the facts it rests on, and the conditions if they were frozen with it."""

    facts: Facts
    suggestion: Suggestion
    conditions: tuple[Condition, ...] | None = None

    @property
    def grade(self) -> str:
        """The suggested grade, empty where there is none."""
        return self.suggestion.grade or ""


def explained(rating: Rating) -> Explained:
    """Facts and suggestion of one rating."""
    return explained_for([rating])[rating.pk]


def explained_for(ratings: Iterable[Rating]) -> dict[int, Explained]:
    """Facts and suggestions of many ratings of one cycle, by rating id; decided ones as they were frozen then."""
    rows = list(ratings)
    frozen = {row.pk: _frozen(row) for row in rows if row.state in DECIDED and row.suggestion}
    return frozen | explained_now([row for row in rows if row.pk not in frozen])


def explained_now(ratings: Iterable[Rating]) -> dict[int, Explained]:
    """The same from the facts as they stand today, whatever was frozen."""
    rows = list(ratings)
    if not rows:
        return {}
    laws = laws_of(rows)
    return {pk: Explained(facts, suggest(laws[pk], facts)) for pk, facts in facts_for(rows).items()}


def frozen_data(rating: Rating, found: Explained) -> dict[str, Any]:
    """What is kept with a decision: the suggestion, and every condition in the words that it has today."""
    law = law_of_rating(rating)
    rows = conditions(law, parse_facts(law, found.facts))
    return found.suggestion.as_data() | {"conditions": [row.as_data() for row in rows]}


def _frozen(rating: Rating) -> Explained:
    kept = rating.suggestion
    rows = kept.get("conditions")
    return Explained(
        rating.facts or {},
        Suggestion(
            outcome=kept["outcome"],
            grade=kept["grade"],
            points=kept["points"],
            ceilings=tuple(Ceiling(**row) for row in kept["ceilings"]),
            unconfirmed=tuple(Ceiling(**row, standing="") for row in kept["unconfirmed"]),
            warnings=tuple(kept["warnings"]),
            missing=tuple(kept["missing"]),
        ),
        None if rows is None else tuple(Condition.from_data(row) for row in rows),
    )


def is_better(grade: str, other: str) -> bool:
    """Whether `grade` stands above `other`; nothing stands above or below an empty one."""
    return bool(grade and other) and RANK[grade] < RANK[other]
