"""The parts of a regulation: rules, requirements, quota, milestones, procedure. Plain frozen records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from criteria.regulation.vocabulary import CEILING, GATES, TO_BE_CONFIRMED, WARNING


@dataclass(frozen=True, slots=True)
class Document:
    """A document that a regulation rests on or that guides it."""

    number: str
    issued_on: date
    title: str


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade, with its Vietnamese label and its short letters (XS, T, HT, KHT)."""

    key: str
    label: str
    letters: str


@dataclass(frozen=True, slots=True)
class Level:
    """One of the levels at which a criterion is reached."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class CriteriaGroup:
    """A group of criteria (quality, building, results, remedy) and the subjects that are measured by it."""

    key: str
    label: str
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Authority:
    """On what a line of the regulation rests: its clause, its legal standing, and what to ask where that is open."""

    cites: str
    standing: str
    question: str = ""

    @property
    def is_confirmed(self) -> bool:
        """Whether the line may bite."""
        return self.standing != TO_BE_CONFIRMED


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule row: which pure function judges, with which numbers, what follows, whom it binds, on what it rests.

    `caps_at` is the highest grade still possible when the rule bites; None where the function itself says so (as found)
    or where the effect is not a ceiling. `reason` is a Vietnamese sentence with places for the figures found.
    """

    key: str
    function: str
    numbers: Mapping[str, Any]
    effect: str
    caps_at: str | None
    ratings: frozenset[str]
    subjects: frozenset[str]
    periods: frozenset[str]
    condition: str
    reason: str
    authority: Authority

    @property
    def cites(self) -> str:
        """The clause."""
        return self.authority.cites

    @property
    def standing(self) -> str:
        """law, guidance, local or to_be_confirmed."""
        return self.authority.standing

    @property
    def question(self) -> str:
        """What to ask the authority while the rule is to be confirmed."""
        return self.authority.question

    @property
    def is_confirmed(self) -> bool:
        """Whether the rule may bite."""
        return self.authority.is_confirmed

    @property
    def is_ceiling(self) -> bool:
        """Whether the rule lowers the grade."""
        return self.effect == CEILING

    @property
    def is_gate(self) -> bool:
        """Whether the rule ends the rating without a grade."""
        return self.effect in GATES

    @property
    def is_warning(self) -> bool:
        """Whether the rule only speaks."""
        return self.effect == WARNING

    def binds(self, rating: str, subject: str, period: str) -> bool:
        """Whether the rule speaks of this rating of this subject for this kind of period."""
        return rating in self.ratings and subject in self.subjects and period in self.periods


@dataclass(frozen=True, slots=True)
class Requirement:
    """Facts without which no grade is suggested; `roles` narrows it to leaders in these roles (empty: everybody),
    `units` to bodies that have subordinate units ("some") or have none ("none")."""

    key: str
    paths: tuple[str, ...]
    ratings: frozenset[str]
    subjects: frozenset[str]
    periods: frozenset[str]
    roles: frozenset[str] = frozenset()
    units: str = ""

    def binds(self, rating: str, subject: str, period: str) -> bool:
        """Whether these facts are required for this rating of this subject for this kind of period."""
        return rating in self.ratings and subject in self.subjects and period in self.periods


@dataclass(frozen=True, slots=True)
class QuotaReading:
    """How many may be excellent, in the regulation's own reading of its sentence.

    `base` is good_only, good_and_above or all_rated; `rounding` floor or half_up; percents are whole numbers.
    """

    percent: int
    exception_percent: int | None
    base: str
    rounding: str
    relative_to_party: bool
    authority: Authority
    base_authority: Authority
    rounding_authority: Authority
    groups: tuple["PeerGroup", ...]


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """Within which group the quota is counted, for which ratings."""

    key: str
    label: str
    ratings: tuple[str, ...]
    authority: Authority


@dataclass(frozen=True, slots=True)
class MilestoneDefault:
    """A deadline that a plan starts from: the day is the limit ("trước ngày"), `next_year` of the year after.

    `step` is the step of the round that it ends, empty where the regulation's date ends none of ours.
    """

    key: str
    label: str
    level: str
    line: str
    unit_kinds: tuple[str, ...]
    month: int
    day: int
    next_year: bool
    closing: bool
    authority: Authority
    step: str = ""

    def due_on(self, year: int) -> date:
        """The limit for the round of this reviewed year."""
        return date(year + 1 if self.next_year else year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Setting:
    """One parameter of the procedure: a text, a whole number or a flag, on its authority."""

    key: str
    label: str
    value: str | int | bool
    authority: Authority


@dataclass(frozen=True, slots=True)
class Procedure:
    """The parameters of the procedure, by name."""

    settings: Mapping[str, Setting] = field(default_factory=dict)

    def value(self, key: str) -> str | int | bool:
        """The value of one parameter; KeyError where the regulation has none of that name."""
        return self.settings[key].value

    @property
    def quorum(self) -> tuple[int, int]:
        """Numerator and denominator of the part of the members that must be present."""
        numerator, denominator = str(self.value("quorum")).split("/")
        return int(numerator), int(denominator)

    @property
    def circulation_working_days(self) -> int:
        """Working days between sending the drafts and the meeting."""
        return int(self.value("circulation_working_days"))

    @property
    def ballot(self) -> str:
        """none, optional or required."""
        return str(self.value("ballot"))

    @property
    def ballot_binds(self) -> bool:
        """Whether a ballot sets the grade; it advises where this is False."""
        return bool(self.value("ballot_binds"))


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A line of the regulation that waits for the authority's answer."""

    table: str
    key: str
    text: str
    question: str
    cites: str
