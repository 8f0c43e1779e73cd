"""Whether a regulation and the rule functions fit together: what the loader, standing below them, cannot see."""

import re
from collections.abc import Iterator

from criteria.rating.blocks import COLLECTIVE_TASKS, GRADED, TASKS, UNITS_LED
from criteria.rating.facts import CRITERIA_GROUPS
from criteria.rating.functions import FUNCTIONS
from criteria.rating.parsing import READERS
from criteria.rating.required import required_paths
from criteria.rating.situation import RuleFunction
from criteria.regulation import Regulation, Rule

PLACES = re.compile(r"\{([^{}]*)\}")
BLOCKS = {
    "levels": CRITERIA_GROUPS,
    "tasks": tuple(TASKS),
    "units_led": tuple(UNITS_LED),
    "members_graded": tuple(GRADED),
    "same_level_bodies": tuple(GRADED),
    "collective_tasks": tuple(COLLECTIVE_TASKS),
    "points": ("common", "results"),
    "shortcomings": ("named", "remedied"),
}
# Without [points] nothing can be compared with what such a rule asks for.
COUNTED = ("points_below",)
PATHS = frozenset(READERS) - frozenset(BLOCKS) | {f"{block}.{key}" for block, keys in BLOCKS.items() for key in keys}


def check_regulation(regulation: Regulation) -> list[str]:
    """Sentences that say what does not fit, empty when everything does: functions, numbers, places, required facts."""
    versions = [version.regulation for version in regulation.versions] or [regulation]
    return [problem for version in versions for problem in _problems(version)]


def _problems(regulation: Regulation) -> Iterator[str]:
    for rule in regulation.rules:
        if rule.function not in FUNCTIONS:
            yield f"[[rules]] '{rule.key}': function {rule.function!r} does not exist"
            continue
        yield from _number_problems(rule, FUNCTIONS[rule.function])
        yield from _place_problems(rule, FUNCTIONS[rule.function])
        if rule.function in COUNTED and not regulation.counting.maxima:
            yield f"[[rules]] '{rule.key}': {rule.function} counts points, but there is no [points]"
    for row in regulation.requirements:
        for path in row.paths:
            if path not in PATHS:
                yield f"[[requires]] '{row.key}': paths names {path!r}, which is no fact"
    yield from _unrequired(regulation)


def _number_problems(rule: Rule, function: RuleFunction) -> Iterator[str]:
    for name in sorted(set(rule.numbers) ^ set(function.numbers)):
        word = "is missing" if name in function.numbers else "is unknown"
        yield f"[[rules]] '{rule.key}': numbers.{name} {word} for {rule.function}"
    for name in sorted(set(rule.numbers) & set(function.numbers)):
        if not function.numbers[name](rule.numbers[name]):
            yield f"[[rules]] '{rule.key}': numbers.{name} does not fit {rule.function}"


def _place_problems(rule: Rule, function: RuleFunction) -> Iterator[str]:
    allowed = function.figures | set(function.numbers)
    for name in PLACES.findall(rule.reason):
        if name not in allowed:
            yield f"[[rules]] '{rule.key}': reason has the place {{{name}}}, which {rule.function} does not fill"


def _unrequired(regulation: Regulation) -> Iterator[str]:
    # A firm rule about a fact that nobody must state could be escaped by leaving the fact out.
    for rating, subjects in regulation.ratings.items():
        for subject in subjects:
            for period in regulation.period_kinds:
                yield from _escapes(regulation, rating, subject, period)


def _escapes(regulation: Regulation, rating: str, subject: str, period: str) -> Iterator[str]:
    required = required_paths(regulation, rating, subject, period)
    for rule in regulation.rules_for(rating, subject, period):
        function = FUNCTIONS.get(rule.function)
        if function is None or rule.is_warning or not rule.is_confirmed or set(rule.numbers) != set(function.numbers):
            continue
        for path in function.needs(regulation, rule, subject):
            if path not in required:
                who = f"{rating} of {subject}"
                yield f"[[requires]]: {path} is not required for {who}, but rule '{rule.key}' rests on it"
