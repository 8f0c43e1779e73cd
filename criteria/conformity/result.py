"""What the check answers: breaches and warnings, each with its place, a Vietnamese sentence and the clause."""

from dataclasses import dataclass
from typing import Any

from criteria.conformity.places import Place


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that is wrong, or to be looked at: `path` and `named` say where, `cites` the clause it departs from."""

    code: str
    path: str
    message: str
    cites: str
    named: str = ""

    def as_data(self) -> dict[str, str]:
        """The breach as the command writes it."""
        return {"code": self.code, "path": self.path, "message": self.message, "cites": self.cites}


@dataclass(frozen=True, slots=True)
class Result:
    """The answer; warnings have the shape of breaches and bar nothing."""

    conforms: bool
    breaches: tuple[Breach, ...]
    warnings: tuple[Breach, ...]

    def as_data(self) -> dict[str, Any]:
        """The answer as the command writes it."""
        return {
            "conforms": self.conforms,
            "breaches": [breach.as_data() for breach in self.breaches],
            "warnings": [warning.as_data() for warning in self.warnings],
        }


def breach(code: str, place: Place, message: str, cites: str) -> Breach:
    """A breach at this place."""
    return Breach(code, place.path, message, cites, place.named)
