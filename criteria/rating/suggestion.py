"""What the kernel answers: a grade or the reason why there is none, with every ceiling, its sentence and its clause."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from criteria.regulation.vocabulary import CEILING, GRADES


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A rule that bites: the highest grade still possible (None: no grade at all), Vietnamese reason, clause."""

    rule: str
    caps_at: str | None
    reason: str
    cites: str
    standing: str

    def as_data(self) -> dict[str, Any]:
        """The ceiling as the contract writes it."""
        return {**self.as_unconfirmed(), "standing": self.standing}

    def as_unconfirmed(self) -> dict[str, Any]:
        """The same for a rule that is to be confirmed: it has no standing yet."""
        return {"rule": self.rule, "caps_at": self.caps_at, "reason": self.reason, "cites": self.cites}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of the regulation and where the facts stand: `state` is met, unmet, unknown or not_concerned.

    `reason` is the sentence with the figures where the condition is unmet, empty otherwise; `figures` the sentence of
    the facts themselves wherever they are known; `lacks` the paths of what is not; `question` what an unconfirmed
    condition still asks.
    """

    rule: str
    effect: str
    caps_at: str | None
    text: str
    state: str
    reason: str
    cites: str
    standing: str
    figures: str = ""
    lacks: tuple[str, ...] = ()
    question: str = ""

    @property
    def stands_under(self) -> str | None:
        """The grade that asks for it: the one above what it caps at, the best where the fact itself is the ceiling.

        None for a condition of being rated at all.
        """
        if self.effect != CEILING:
            return None
        return GRADES[GRADES.index(self.caps_at) - 1] if self.caps_at else GRADES[0]

    def as_data(self) -> dict[str, Any]:
        """The condition as it is kept with a decision, without what is empty."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: list(value) if name == "lacks" else value for name, value in found.items() if value}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Condition":
        """The condition that was kept."""
        empty: dict[str, Any] = {each.name: "" for each in fields(cls)} | {"caps_at": None}
        return cls(**{**empty, **data, "lacks": tuple(data.get("lacks", ()))})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The answer for one set of facts. `outcome` is graded, not_rated, exempt, postponed or insufficient.

    `points` are those counted (common, results, total, plain decimal texts), None where the regulation counts none.
    """

    outcome: str
    grade: str | None
    points: Mapping[str, str] | None
    ceilings: tuple[Ceiling, ...]
    unconfirmed: tuple[Ceiling, ...]
    warnings: tuple[str, ...]
    missing: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """The suggestion as the contract writes it, ready for JSON."""
        return {
            "outcome": self.outcome,
            "grade": self.grade,
            "points": dict(self.points) if self.points is not None else None,
            "ceilings": [ceiling.as_data() for ceiling in self.ceilings],
            "unconfirmed": [ceiling.as_unconfirmed() for ceiling in self.unconfirmed],
            "warnings": list(self.warnings),
            "missing": list(self.missing),
        }
