"""What a rule function sees and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from criteria.rating.facts import Facts
from criteria.regulation import Regulation, Rule


@dataclass(frozen=True, slots=True)
class Situation:
    """The facts, the regulation in the right version, and, for rules that speak after grading, the suggested grade."""

    facts: Facts
    regulation: Regulation
    grade: str | None = None

    def measured(self, rule: Rule) -> tuple[str, ...]:
        """The groups of criteria named by the rule that measure this kind of subject."""
        return measured_groups(self.regulation, rule, self.facts.subject)


@dataclass(frozen=True, slots=True)
class Found:
    """A rule bites: the figures for its sentence, and the ceiling where the rule leaves it to what is found."""

    figures: Mapping[str, str] = field(default_factory=dict)
    caps_at: str | None = None


Judge = Callable[[Situation, Rule], Found | None]
Needs = Callable[[Regulation, Rule, str], tuple[str, ...]]
Tells = Callable[[Situation, Rule], str]
Concerns = Callable[[Situation, Rule], bool]


def needs_nothing(regulation: Regulation, rule: Rule, subject: str) -> tuple[str, ...]:
    """For rules about what is on record: nothing recorded is an answer."""
    return ()


def tells_nothing(situation: Situation, rule: Rule) -> str:
    """For rules that only warn: there is nothing to say until they do."""
    return ""


def concerns_everybody(situation: Situation, rule: Rule) -> bool:
    """For rules whose row alone says whom they bind."""
    return True


@dataclass(frozen=True, slots=True)
class RuleFunction:
    """A function that rule rows may name.

    `numbers` says which numbers a row must give and what each must look like; `figures` which places its sentence may
    have; `needs` which facts it cannot do without; `after_grade` that it speaks about the grade already suggested;
    `tells` where the facts stand, in a Vietnamese sentence with its figures, empty while they are not known; `concerns`
    whether the rule speaks about this one at all; `compares` that it looks at another grade of the same round.
    """

    judge: Judge
    numbers: Mapping[str, Callable[[Any], bool]] = field(default_factory=dict)
    figures: frozenset[str] = frozenset()
    needs: Needs = needs_nothing
    after_grade: bool = False
    tells: Tells = tells_nothing
    concerns: Concerns = concerns_everybody
    compares: bool = False


def measured_groups(regulation: Regulation, rule: Rule, subject: str) -> tuple[str, ...]:
    """The groups named by the rule that measure this kind of subject, in the order of the regulation."""
    named = rule.numbers["groups"]
    return tuple(group.key for group in regulation.groups if group.key in named and subject in group.subjects)


def percent_text(part: int, base: int) -> str:
    """A share as Vietnamese text, cut (never rounded up to a limit that is not reached): 1 of 3 is "33,3"."""
    tenths = part * 1000 // base
    whole, tenth = divmod(tenths, 10)
    return f"{whole},{tenth}" if tenth else str(whole)


def one_of(*words: str) -> Callable[[Any], bool]:
    """Check of a number of a rule: one of these words."""
    return lambda value: isinstance(value, str) and value in words


def some_of(*words: str) -> Callable[[Any], bool]:
    """Check of a number of a rule: a list of some of these words, possibly none."""
    return lambda value: isinstance(value, list) and all(entry in words for entry in value)


def is_percent(value: Any) -> bool:
    """Check of a number of a rule: a whole number from 1 to 100."""
    return type(value) is int and 1 <= value <= 100


def is_flag(value: Any) -> bool:
    """Check of a number of a rule: true or false."""
    return isinstance(value, bool)
