"""Rules about the levels at which the criteria are reached."""

from collections import Counter

from criteria.rating.facts import CRITERIA_GROUPS
from criteria.rating.situation import (
    Found,
    RuleFunction,
    Situation,
    is_percent,
    measured_groups,
    one_of,
    percent_text,
    some_of,
)
from criteria.regulation import Regulation, Rule
from criteria.regulation.vocabulary import LEVELS

GROUPS_AND_LEVEL = {"groups": some_of(*CRITERIA_GROUPS), "at_least": one_of(*LEVELS[:-1])}


def levels_below(situation: Situation, rule: Rule) -> Found | None:
    """Some criterion of the groups stands below a level. Judges on the groups known so far."""
    counted = _counted(situation, rule)
    below = _below(counted, rule)
    if not below:
        return None
    worst = next(level for level in reversed(LEVELS) if counted[level])
    return Found(_figures(below, counted) | {"worst": situation.regulation.level_label(worst)})


def levels_share_below(situation: Situation, rule: Rule) -> Found | None:
    """At least `percent` of all criteria stand below a level; known only when every group is."""
    if not situation.facts.knows(needs_levels(situation.regulation, rule, situation.facts.subject)):
        return None
    counted = _counted(situation, rule)
    below = _below(counted, rule)
    if below * 100 < rule.numbers["percent"] * counted.total():
        return None
    return Found(_figures(below, counted) | {"share": percent_text(below, counted.total())})


def needs_levels(regulation: Regulation, rule: Rule, subject: str) -> tuple[str, ...]:
    """The levels of every group that measures the subject."""
    return tuple(f"levels.{group}" for group in measured_groups(regulation, rule, subject))


def tells_levels(situation: Situation, rule: Rule) -> str:
    """How many criteria stand at each level, as far as their levels are known."""
    counted = _counted(situation, rule)
    label = situation.regulation.level_label
    found = [f"{counted[level]} ở cấp độ {label(level)}" for level in LEVELS if counted[level]]
    return f"{counted.total()} tiêu chí: {', '.join(found)}." if found else ""


def _counted(situation: Situation, rule: Rule) -> Counter[str]:
    counted: Counter[str] = Counter()
    for group in situation.measured(rule):
        counted.update(situation.facts.levels.get(group, ()))
    return counted


def _below(counted: Counter[str], rule: Rule) -> int:
    limit = LEVELS.index(rule.numbers["at_least"])
    return sum(counted[level] for level in LEVELS[limit + 1 :])


def _figures(below: int, counted: Counter[str]) -> dict[str, str]:
    return {"below": str(below), "total": str(counted.total())}


FUNCTIONS = {
    "levels_below": RuleFunction(
        levels_below, GROUPS_AND_LEVEL, frozenset({"below", "total", "worst"}), needs_levels, tells=tells_levels
    ),
    "levels_share_below": RuleFunction(
        levels_share_below,
        GROUPS_AND_LEVEL | {"percent": is_percent},
        frozenset({"below", "total", "share"}),
        needs_levels,
        tells=tells_levels,
    ),
}
