"""The rule functions, by the names under which rule rows call them; a new kind of rule is one more function here."""

from criteria.rating.functions import circumstances, conduct, grades, levels, points, tasks
from criteria.rating.situation import RuleFunction

FUNCTIONS: dict[str, RuleFunction] = {
    **levels.FUNCTIONS,
    **tasks.FUNCTIONS,
    **points.FUNCTIONS,
    **conduct.FUNCTIONS,
    **grades.FUNCTIONS,
    **circumstances.FUNCTIONS,
}
