"""A framework as plain records; the fields stand in the order and under the names of the file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from criteria.regulation.vocabulary import LEVELS


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """The unit that issues."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """Whom or what a framework covers: a job, a position, a collective, a unit, a line, a managing authority."""

    kind: str
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What one level means: its anchoring text, its numeric target and its points where it has them."""

    text: str = ""
    target: Decimal | None = None
    points: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """The four levels, best first."""

    excellent: Level = Level()
    good: Level = Level()
    average: Level = Level()
    poor: Level = Level()

    def each(self) -> Iterator[tuple[str, Level]]:
        """Name and level, best first."""
        for name in LEVELS:
            yield name, getattr(self, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """An officer of the parent's issuer confirmed that the text with this digest does not loosen the level.

    It was read beside the parent's text with the digest `above_sha256` and ends with it; None (files that do not say)
    holds whatever stands above.
    """

    level: str
    document: str
    on: date
    by: str
    text_sha256: str
    above_sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion; `concretises` is the code of the parent's criterion that it makes concrete."""

    code: str
    title: str
    concretises: str | None = None
    required: bool
    weight: Decimal | None = None
    item: str = ""
    cites: str = ""
    direction: str | None = None
    levels: Levels = Levels()
    confirmed: tuple[Confirmation, ...] = ()

    @property
    def has_targets(self) -> bool:
        """Whether any level has a numeric target."""
        return any(level.target is not None for _, level in self.levels.each())


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of criteria; `group` is the regulation's key for it, `sum_fixed` that the regulation fixes `sum`."""

    code: str
    title: str
    group: str
    sum: Decimal | None = None
    sum_fixed: bool = False
    cites: str = ""
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedException:
    """One breach that may stand; `path` as the check gives it, by place or by codes."""

    code: str
    path: str
    document: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """A framework; `key` is `<unit code>/<number>@<date>`, `parent` the key of the one that it concretises."""

    key: str
    title: str
    issuer: Issuer
    number: str = ""
    issued_on: date | None = None
    edition: int = 1
    legal_basis: str = ""
    regulation: str
    form: str = ""
    subject: str
    marking: str
    parent: str | None = None
    covers: tuple[Covered, ...] = ()
    groups: tuple[Group, ...]
    exceptions: tuple[RecordedException, ...] = ()
