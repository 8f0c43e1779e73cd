"""Recorded grounds: registered works whose outcome was verified (letter 2026-CV/TU, 1).

An important ground for excellent, never a condition and never automatic: no suggestion reads them. What was verified as
not done is no ground; who registered nothing lacks nothing.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from orgs.selectors.settings import setting
from registrations.models import Work, WorkKind, WorkOutcome
from registrations.selectors.catalogue import verified
from reviews.models import Grade, Rating
from reviews.selectors.grading.quotas import DECIDED

NEEDS_SENTENCE = "excellent_needs_sentence"


@dataclass(frozen=True)
class Ground:
    """One work as it was verified: its name, its part of the form and outcome as codes, words, document, day (ISO)."""

    work: str
    name: str
    kind: str
    outcome: str
    words: str
    document: str
    verified_on: str

    @property
    def kind_label(self) -> str:
        """The part of the form."""
        return str(WorkKind(self.kind).label)

    @property
    def outcome_label(self) -> str:
        """The verified outcome."""
        return str(WorkOutcome(self.outcome).label)

    @property
    def day(self) -> date | None:
        """When it was verified."""
        return date.fromisoformat(self.verified_on) if self.verified_on else None


Grounds = tuple[Ground, ...]


def grounds_for(ratings: Iterable[Rating]) -> dict[int, Grounds]:
    """The grounds of many ratings of one cycle by rating id; decided ones as they were frozen. At most one query."""
    rows = list(ratings)
    frozen = {row.pk: _frozen(row) for row in rows if row.state in DECIDED and "grounds" in (row.suggestion or {})}
    return frozen | grounds_now([row for row in rows if row.pk not in frozen])


def grounds_of(rating: Rating) -> Grounds:
    """The grounds of one rating."""
    return grounds_for([rating])[rating.pk]


def grounds_now(ratings: Iterable[Rating]) -> dict[int, Grounds]:
    """The same as the catalogue stands today, whatever was frozen."""
    rows = list(ratings)
    people = {row.person_id for row in rows} - {None}
    collectives = {row.collective_id for row in rows} - {None}
    found: dict[tuple[str, int], list[Ground]] = defaultdict(list)
    if people or collectives:
        year = rows[0].cycle.period_end_on.year
        for work in verified.verified(verified.works_of(people, collectives, year)):
            if verified.is_ground(work):
                found[_whose(work.registration)].append(_ground(work))
    return {row.pk: tuple(found.get(_whose(row), ())) for row in rows}


def frozen_grounds(rating: Rating) -> list[dict[str, Any]]:
    """What is kept of the grounds with a decision."""
    return [asdict(row) for row in grounds_now([rating])[rating.pk]]


def without_sentence(choices: dict[int, tuple[str, str]], grounds: dict[int, Grounds]) -> set[int]:
    """Which ratings ask for a sentence: {rating id: (grade, ground given)} with excellent and no ground at all."""
    return {
        pk
        for pk, (grade, given) in choices.items()
        if grade == Grade.EXCELLENT and not given.strip() and not grounds.get(pk)
    }


def asks_for_sentence() -> bool:
    """Whether an excellent without any recorded ground asks for one sentence; a setting, off."""
    return bool(setting(NEEDS_SENTENCE))


def _whose(row: Any) -> tuple[str, int]:
    return ("person", row.person_id) if row.person_id else ("collective", row.collective_id or 0)


def _ground(work: Work) -> Ground:
    return Ground(
        work=str(work.uuid),
        name=work.name,
        kind=work.kind,
        outcome=work.verified_outcome,
        words=work.verification,
        document=work.verification_document,
        verified_on=work.verified_on.isoformat() if work.verified_on else "",
    )


def _frozen(rating: Rating) -> Grounds:
    return tuple(Ground(**row) for row in rating.suggestion["grounds"])
