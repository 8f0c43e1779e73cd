"""Rules about the levels at which the criteria are reached."""

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
    levels = _levels(situation, rule)
    below = _below(levels, rule)
    if not below:
        return None
    worst = max(levels, key=LEVELS.index)
    return Found(_figures(below, levels) | {"worst": situation.regulation.level_label(worst)})


def levels_share_below(situation: Situation, rule: Rule) -> Found | None:
    """At least `percent` of all criteria stand below a level; known only when every group is."""
    if not situation.facts.knows(needs_levels(situation.regulation, rule, situation.facts.subject)):
        return None
    levels = _levels(situation, rule)
    below = _below(levels, rule)
    if below * 100 < rule.numbers["percent"] * len(levels):
        return None
    return Found(_figures(below, levels) | {"share": percent_text(below, len(levels))})


def needs_levels(regulation: Regulation, rule: Rule, subject: str) -> tuple[str, ...]:
    """The levels of every group that measures the subject."""
    return tuple(f"levels.{group}" for group in measured_groups(regulation, rule, subject))


def tells_levels(situation: Situation, rule: Rule) -> str:
    """How many criteria stand at each level, as far as their levels are known."""
    levels = _levels(situation, rule)
    label = situation.regulation.level_label
    found = [f"{levels.count(level)} ở cấp độ {label(level)}" for level in LEVELS if level in levels]
    return f"{len(levels)} tiêu chí: {', '.join(found)}." if found else ""


def _levels(situation: Situation, rule: Rule) -> list[str]:
    return [level for group in situation.measured(rule) for level in situation.facts.levels.get(group, ())]


def _below(levels: list[str], rule: Rule) -> int:
    lower = LEVELS[LEVELS.index(rule.numbers["at_least"]) + 1 :]
    return sum(level in lower for level in levels)


def _figures(below: int, levels: list[str]) -> dict[str, str]:
    return {"below": str(below), "total": str(len(levels))}


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
