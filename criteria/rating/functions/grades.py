"""Rules about other grades: the collective's, the one on the State side, those of the quarters."""

from criteria.rating.facts import ROLES
from criteria.rating.situation import Found, RuleFunction, Situation, is_flag, is_percent, one_of, some_of
from criteria.regulation import Regulation, Rule
from criteria.regulation.vocabulary import GRADES, PERSONS

# Kinds of subject that are on the State's payroll by their very name.
STATE_SUBJECTS = tuple(subject for subject in PERSONS if subject not in ("leader", "non_leader", "outside_system"))


def above_collective(situation: Situation, rule: Rule) -> Found | None:
    """The collective's grade is a ceiling for these roles (for everybody where none is named); not for a new head."""
    facts = situation.facts
    if rule.numbers["roles"] and (facts.role not in rule.numbers["roles"] or facts.newly_moved_head):
        return None
    if facts.collective_grade is None or facts.collective_grade == GRADES[0]:
        return None
    label = situation.regulation.grade_label(facts.collective_grade)
    return Found({"collective": label}, facts.collective_grade)


def needs_collective_grade(regulation: Regulation, rule: Rule, subject: str) -> tuple[str, ...]:
    """The collective's grade, and the role where the rule asks for it."""
    return ("role", "collective_grade") if rule.numbers["roles"] else ("collective_grade",)


def concerns_role(situation: Situation, rule: Rule) -> bool:
    """Not somebody known to hold another role, nor a head who has just moved in."""
    facts, roles = situation.facts, rule.numbers["roles"]
    return not roles or facts.role is None or (facts.role in roles and not facts.newly_moved_head)


def tells_collective_grade(situation: Situation, rule: Rule) -> str:
    """The grade of the collective."""
    grade = situation.facts.collective_grade
    return f"Tập thể được xếp loại: {situation.regulation.grade_label(grade)}." if grade else ""


def newly_moved_head(situation: Situation, rule: Rule) -> Found | None:
    """A head who has just moved in."""
    facts = situation.facts
    return Found() if facts.role == "head" and facts.newly_moved_head else None


def state_grade_differs(situation: Situation, rule: Rule) -> Found | None:
    """The grade on the State side is known and unlike the one suggested."""
    state, grade = situation.facts.state_grade, situation.grade
    if state is None or grade is None or state == grade or not concerns_state_side(situation, rule):
        return None
    label = situation.regulation.grade_label
    return Found({"state_grade": label(state), "grade": label(grade)})


def state_grade_not_yet(situation: Situation, rule: Rule) -> Found | None:
    """Somebody who is rated on the State side too has no grade there yet."""
    return Found() if concerns_state_side(situation, rule) and situation.facts.state_grade is None else None


def state_grade_below(situation: Situation, rule: Rule) -> Found | None:
    """The grade on the State side is known and below `at_least`; nobody who is not rated there is judged by it."""
    facts = situation.facts
    if facts.state_grade is None or not concerns_state_side(situation, rule):
        return None
    if GRADES.index(facts.state_grade) <= GRADES.index(rule.numbers["at_least"]):
        return None
    return Found({"state_grade": situation.regulation.grade_label(facts.state_grade)})


def concerns_state_side(situation: Situation, rule: Rule) -> bool:
    """Whom an authority of the State rates too: stated so, or said by the very name of the subject."""
    facts = situation.facts
    return facts.subject in STATE_SUBJECTS if facts.is_civil_servant is None else facts.is_civil_servant


def tells_state_grade(situation: Situation, rule: Rule) -> str:
    """The grade on the State side."""
    grade = situation.facts.state_grade
    return f"Phía chính quyền được xếp loại: {situation.regulation.grade_label(grade)}." if grade else ""


def needs_state_grade(regulation: Regulation, rule: Rule, subject: str) -> tuple[str, ...]:
    """The grade on the State side of those who are rated there by their very name."""
    return ("state_grade",) if subject in STATE_SUBJECTS else ()


def quarters_not_completed(situation: Situation, rule: Rule) -> Found | None:
    """At least `at_least` quarters were rated not completed: of the year that is rated, or, in a row, of any year."""
    facts = situation.facts
    lowest = [key for key, grade in facts.quarters.items() if grade == GRADES[-1]]
    if rule.numbers["consecutive"]:
        counted = _longest({_place(key) for key in lowest})
    else:
        year = str(facts.period_end.year) if facts.period_end else ""
        counted = sum(key.startswith(year) for key in lowest)
    return Found({"quarters": str(counted)}) if counted >= rule.numbers["at_least"] else None


def tells_quarters(situation: Situation, rule: Rule) -> str:
    """How many of the quarters that are rated were rated with the lowest grade."""
    rated = [grade for grade in situation.facts.quarters.values() if grade]
    if not rated:
        return "Không ghi nhận kết quả xếp loại quý."
    label = situation.regulation.grade_label(GRADES[-1])
    return f"{rated.count(GRADES[-1])}/{len(rated)} quý đã xếp loại ở mức {label}."


def _place(quarter: str) -> int:
    # Quarters in one line, so that the first of a year follows the fourth of the year before.
    year, number = quarter.split("-Q")
    return int(year) * 4 + int(number)


def _longest(places: set[int]) -> int:
    longest = 0
    for start in places:
        length = 0
        while start + length in places:
            length += 1
        longest = max(longest, length)
    return longest


FUNCTIONS = {
    "above_collective": RuleFunction(
        above_collective,
        {"roles": some_of(*ROLES)},
        frozenset({"collective"}),
        needs_collective_grade,
        tells=tells_collective_grade,
        concerns=concerns_role,
        compares=True,
    ),
    "newly_moved_head": RuleFunction(newly_moved_head),
    "state_grade_differs": RuleFunction(
        state_grade_differs, figures=frozenset({"state_grade", "grade"}), after_grade=True, compares=True
    ),
    "state_grade_not_yet": RuleFunction(state_grade_not_yet),
    "state_grade_below": RuleFunction(
        state_grade_below,
        {"at_least": one_of(*GRADES[:-1])},
        frozenset({"state_grade"}),
        needs_state_grade,
        tells=tells_state_grade,
        concerns=concerns_state_side,
        compares=True,
    ),
    "quarters_not_completed": RuleFunction(
        quarters_not_completed,
        {"at_least": is_percent, "consecutive": is_flag},
        frozenset({"quarters"}),
        tells=tells_quarters,
    ),
}
