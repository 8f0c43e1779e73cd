"""The ratings of one person beside each other, and what is to be said where their grades do not go together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _

from criteria.models import Regulation
from criteria.rating import Ceiling, FactsRefused, conflicts, parse_facts
from criteria.regulation.vocabulary import TO_BE_CONFIRMED
from orgs.models import RatingKind, User
from reviews.models import Grade, Rating
from reviews.selectors.grading import ratings as rating_rows
from reviews.selectors.grading.quotas import DECIDED
from reviews.selectors.laws import law_of_rating
from reviews.selectors.writing.own_reviews import ORDER

# What the rules that compare grades look at; everything else about the subject is left to the explanation.
COMPARED = ("role", "newly_moved_head", "collective_grade", "is_civil_servant", "state_grade")
RELATED = ("deciding_collective", "proposing_collective", "group", "regulation", "cycle__regulation")


@dataclass(frozen=True)
class RatingLine:
    """One rating of the subject; grades of the chain are empty where this user may not see them (yet)."""

    rating: Rating
    is_visible: bool

    @property
    def chain(self) -> tuple[str, str, str]:
        """Proposed, appraised and decided grade, as far as this user may see them."""
        row = self.rating
        return (row.proposed_grade, row.appraised_grade, row.decided_grade) if self.is_visible else ("", "", "")

    @property
    def grade(self) -> str:
        """The grade as far as it has come: decided, else appraised, else proposed."""
        return next((grade for grade in reversed(self.chain) if grade), "")

    @property
    def is_decided(self) -> bool:
        """Whether this user may see its decision, with the facts and the suggestion that were frozen then."""
        return self.is_visible and self.rating.state in DECIDED and self.rating.suggestion is not None

    @property
    def law(self) -> Regulation:
        """The row of the regulation by which it is judged."""
        return self.rating.regulation or self.rating.cycle.regulation


@dataclass(frozen=True)
class Note:
    """A warning about grades that do not go together; without `law` no rule that is known speaks about it."""

    text: str
    is_confirmed: bool
    cites: str = ""
    rule: str = ""
    law: Regulation | None = None


def lines_beside(rating: Rating, user: User) -> list[RatingLine]:
    """The ratings of the same person in the same round that `user` may see; empty for a body. One query."""
    if rating.person_id is None:
        return []
    rows = rating_rows.visible_to(user).filter(cycle=rating.cycle_id, person=rating.person_id)
    return in_order(RatingLine(row, is_visible=True) for row in rows.select_related(*RELATED))


def in_order(lines: Iterable[RatingLine]) -> list[RatingLine]:
    """The lines in the order in which ratings are shown."""
    return sorted(lines, key=lambda line: ORDER.index(line.rating.kind))


def notes_on(lines: Sequence[RatingLine], known: Mapping[int, Mapping[str, Any]] | None = None) -> list[Note]:
    """What is to be said about these grades; `known` holds facts by rating id where none are frozen yet."""
    graded = [line for line in lines if line.grade]
    state = next((line.grade for line in graded if line.rating.kind == RatingKind.STATE), "")
    notes: list[Note] = []
    for line in graded:
        frozen = line.rating.facts if line.rating.decided_grade else None
        facts = frozen or (known or {}).get(line.rating.pk, {})
        notes += (_by_law(line, row) for row in _conflicts(line, facts, state))
    return [*notes, *_without_law(graded, notes)]


def _conflicts(line: RatingLine, facts: Mapping[str, Any], state_grade: str) -> tuple[Ceiling, ...]:
    rating, law = line.rating, law_of_rating(line.rating)
    compared = {name: facts[name] for name in COMPARED if name in facts}
    if state_grade and rating.kind == RatingKind.PARTY_MEMBER:
        compared["state_grade"] = state_grade
    identity = {
        "rating": rating.kind,
        "subject": rating.subject_kind,
        "period": rating.cycle.period_kind,
        "period_end": rating.cycle.period_end_on.isoformat(),
    }
    try:
        return conflicts(law, parse_facts(law, identity | compared), line.grade)
    except FactsRefused:
        return ()


def _by_law(line: RatingLine, row: Ceiling) -> Note:
    return Note(row.reason, row.standing != TO_BE_CONFIRMED, row.cites, row.rule, line.law)


def _without_law(graded: Sequence[RatingLine], notes: Sequence[Note]) -> Iterator[Note]:
    for one, other in combinations(graded, 2):
        sides = {one.rating.kind, other.rating.kind}
        is_said = sides == {RatingKind.STATE, RatingKind.PARTY_MEMBER} and any(
            "state_grade" in row.rule for row in notes
        )
        if one.grade == other.grade or is_said:
            continue
        text = _("%(one)s: %(grade)s; %(other)s: %(other_grade)s. No rule is known by which both must be the same.")
        words = {
            "one": one.rating.get_kind_display(),
            "grade": Grade(one.grade).label,
            "other": other.rating.get_kind_display(),
            "other_grade": Grade(other.grade).label,
        }
        yield Note(text % words, is_confirmed=False)
