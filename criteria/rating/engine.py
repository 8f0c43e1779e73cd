"""The engine: every rule is judged, the order of the law decides the outcome, the lowest ceiling is the grade."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from criteria.rating.facts import Facts
from criteria.rating.functions import FUNCTIONS
from criteria.rating.parsing import parse_facts
from criteria.rating.points import total
from criteria.rating.required import missing_paths
from criteria.rating.situation import Found, Judge, Situation
from criteria.rating.suggestion import Ceiling, Condition, Suggestion
from criteria.regulation import Regulation, Rule
from criteria.regulation.vocabulary import GATES, GRADES, LOWEST

PLACE = re.compile(r"\{([a-z_]+)\}")
Judges = tuple[tuple[Rule, Judge], ...]


def suggest(regulation: Regulation, facts: Mapping[str, object]) -> Suggestion:
    """The suggestion for these facts under this regulation; FactsRefused with the path of what breaks the contract."""
    return suggest_for(regulation, parse_facts(regulation, facts))


def suggest_for(regulation: Regulation, facts: Facts) -> Suggestion:
    """The suggestion for facts that are parsed already."""
    right = regulation.at(facts.period_end)
    situation = Situation(facts, right)
    bites = list(_bites(situation, after_grade=False))
    firm = [(rule, found) for rule, found in bites if rule.is_confirmed]
    ceilings = _ceilings(pair for pair in firm if not pair[0].is_warning)
    missing = missing_paths(right, facts)
    outcome = _outcome([rule for rule, _ in firm], ceilings, missing)
    grade = _lowest(ceilings) if outcome == "graded" else None
    later = _bites(Situation(facts, right, grade), after_grade=True)
    warned = [(rule, found) for rule, found in (*firm, *later) if rule.is_warning]
    return Suggestion(
        outcome=outcome,
        grade=grade,
        points=counted.as_data() if (counted := total(right.counting, facts.points)) else None,
        ceilings=ceilings,
        unconfirmed=_ceilings(pair for pair in bites if not pair[0].is_confirmed),
        warnings=tuple(_sentence(rule, found) for rule, found in sorted(warned, key=lambda pair: pair[0].key)),
        missing=missing if outcome == "insufficient" else (),
    )


def conditions(regulation: Regulation, facts: Facts) -> tuple[Condition, ...]:
    """Every condition that binds this rating, with where the facts stand so far, in the order of the regulation."""
    right = regulation.at(facts.period_end)
    situation = Situation(facts, right)
    return tuple(
        _condition(situation, rule)
        for rule in right.rules_for(facts.rating, facts.subject, facts.period)
        if not rule.is_warning
    )


def conflicts(regulation: Regulation, facts: Facts, grade: str) -> tuple[Ceiling, ...]:
    """The rules that compare grades and that this `grade` does not keep: above what they cap at, or unlike the other.

    Unconfirmed ones are among them with their standing; who shows them says so.
    """
    right = regulation.at(facts.period_end)
    situation = Situation(facts, right, grade)
    found = []
    for rule in right.rules_for(facts.rating, facts.subject, facts.period):
        function = FUNCTIONS[rule.function]
        if function.compares and (bite := function.judge(situation, rule)) is not None:
            ceiling = _ceiling(rule, bite)
            if rule.is_warning or (ceiling.caps_at and GRADES.index(grade) < GRADES.index(ceiling.caps_at)):
                found.append(ceiling)
    return tuple(found)


def _bites(situation: Situation, *, after_grade: bool) -> Iterable[tuple[Rule, Found]]:
    facts = situation.facts
    early, late = _judges(situation.regulation, facts.rating, facts.subject, facts.period)
    for rule, judge in late if after_grade else early:
        found = judge(situation, rule)
        if found is not None:
            yield rule, found


@lru_cache(maxsize=512)
def _judges(regulation: Regulation, rating: str, subject: str, period: str) -> tuple[Judges, Judges]:
    # The rules that bind such a rating with their functions: those that judge the facts, those that judge the grade.
    pairs = [(rule, FUNCTIONS[rule.function]) for rule in regulation.rules_for(rating, subject, period)]
    early = tuple((rule, function.judge) for rule, function in pairs if not function.after_grade)
    return early, tuple((rule, function.judge) for rule, function in pairs if function.after_grade)


def _outcome(firm: list[Rule], ceilings: tuple[Ceiling, ...], missing: tuple[str, ...]) -> str:
    effects = {rule.effect for rule in firm}
    for gate in GATES:
        if gate in effects:
            return gate
    # What is known already forces the lowest grade: nothing that is missing could change it.
    if any(ceiling.caps_at == LOWEST for ceiling in ceilings):
        return "graded"
    return "insufficient" if missing else "graded"


def _lowest(ceilings: Iterable[Ceiling]) -> str:
    return max((ceiling.caps_at or GRADES[0] for ceiling in ceilings), key=GRADES.index, default=GRADES[0])


def _ceiling(rule: Rule, found: Found) -> Ceiling:
    caps_at = rule.caps_at or found.caps_at
    return Ceiling(rule.key, caps_at, _sentence(rule, found), rule.cites, rule.standing)


def _ceilings(bites: Iterable[tuple[Rule, Found]]) -> tuple[Ceiling, ...]:
    return tuple(_ceiling(rule, found) for rule, found in sorted(bites, key=_place))


def _place(bite: tuple[Rule, Found]) -> tuple[int, int, str]:
    # What ends the rating comes first, in the order of the outcomes; then the lowest grade; then the name.
    rule, found = bite
    caps_at = rule.caps_at or found.caps_at
    gate = GATES.index(rule.effect) if rule.is_gate else len(GATES)
    return gate, -GRADES.index(caps_at) if caps_at else 0, rule.key


def _sentence(rule: Rule, found: Found) -> str:
    figures = {name: str(value) for name, value in rule.numbers.items()} | dict(found.figures)
    return PLACE.sub(lambda place: figures[place[1]], rule.reason)


def _condition(situation: Situation, rule: Rule) -> Condition:
    function = FUNCTIONS[rule.function]
    found = function.judge(situation, rule)
    needs = function.needs(situation.regulation, rule, situation.facts.subject)
    lacks = tuple(path for path in needs if path not in situation.facts.stated)
    concerns = function.concerns(situation, rule)
    return Condition(
        rule=rule.key,
        effect=rule.effect,
        caps_at=rule.caps_at or (found.caps_at if found else None),
        text=rule.condition,
        state=_state(found, lacks, concerns=concerns),
        reason=_sentence(rule, found) if found else "",
        cites=rule.cites,
        standing=rule.standing,
        figures=function.tells(situation, rule) if concerns else "",
        lacks=lacks if concerns and not found else (),
        question=rule.authority.question,
    )


def _state(found: Found | None, lacks: tuple[str, ...], *, concerns: bool) -> str:
    if found is not None:
        return "unmet"
    if not concerns:
        return "not_concerned"
    return "unknown" if lacks else "met"
