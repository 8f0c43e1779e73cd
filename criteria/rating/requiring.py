"""What must be required besides, so that a rule that is confirmed finds the facts it rests on."""

from typing import Any

from criteria.rating.functions import FUNCTIONS
from criteria.rating.required import required_paths
from criteria.regulation import Regulation, Rule

BODIES = ("collective", "organisation")


def missing_requirements(regulation: Regulation, key: str) -> list[dict[str, Any]]:
    """Rows for `requires`, in the loader's plain form: the facts of this firm rule that nobody must state yet.

    One row for each set of facts; a rule about leaders in some roles, or about bodies with subordinate units, asks for
    them there alone. Empty where nothing is missing or the rule only warns.
    """
    found: dict[tuple[str, ...], dict[str, set[str]]] = {}
    for version in [version.regulation for version in regulation.versions] or [regulation]:
        rule = next((rule for rule in version.rules if rule.key == key), None)
        if rule is not None and rule.is_confirmed and not rule.is_warning and rule.function in FUNCTIONS:
            _collect(version, rule, found)
    rows: list[dict[str, Any]] = []
    for paths, whom in found.items():
        for row in _rows(regulation, paths, {name: sorted(words) for name, words in whom.items()}):
            rows.append({"key": f"for_{key}_{len(rows) + 1}" if rows else f"for_{key}"} | row)
    return [row | _narrowed(regulation.rule(key)) if "units" not in row else row for row in rows]


def _rows(regulation: Regulation, paths: tuple[str, ...], whom: dict[str, list[str]]) -> list[dict[str, Any]]:
    # A body without subordinate units has nothing to state about them; whether it has any must be stated then.
    if not (set(whom["subjects"]) <= set(BODIES) and all(path.startswith("units_led.") for path in paths)):
        return [{"paths": list(paths)} | whom]
    asks_units = any("subordinate_units" in row.paths for row in regulation.requirements)
    counted = [] if asks_units else [{"paths": ["subordinate_units"]} | whom]
    return [*counted, {"paths": list(paths), "units": "some"} | whom]


def _collect(regulation: Regulation, rule: Rule, found: dict[tuple[str, ...], dict[str, set[str]]]) -> None:
    for rating, subjects in regulation.ratings.items():
        for subject in subjects:
            for period in regulation.period_kinds:
                if not rule.binds(rating, subject, period):
                    continue
                required = required_paths(regulation, rating, subject, period)
                needed = FUNCTIONS[rule.function].needs(regulation, rule, subject)
                if paths := tuple(path for path in needed if path not in required):
                    whom = found.setdefault(paths, {"ratings": set(), "subjects": set(), "periods": set()})
                    whom["ratings"].add(rating)
                    whom["subjects"].add(subject)
                    whom["periods"].add(period)


def _narrowed(rule: Rule) -> dict[str, Any]:
    roles, units = rule.numbers.get("roles"), rule.numbers.get("units")
    return ({"roles": list(roles)} if roles else {}) | ({"units": units} if units else {})
