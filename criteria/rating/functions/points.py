"""Rules about points and about the remedy of shortcomings named earlier."""

from decimal import Decimal
from fractions import Fraction

from criteria.rating.points import most_possible, plain, rounded, total
from criteria.rating.situation import Found, RuleFunction, Situation, is_percent
from criteria.regulation import Regulation, Rule
from criteria.regulation.vocabulary import POINT_GROUPS


def points_below(situation: Situation, rule: Rule) -> Found | None:
    """The total stays below `at_least` points; judged early where even the most that is possible stays below."""
    counting, facts = situation.regulation.counting, situation.facts
    counted = total(counting, facts.points)
    reached = counted.total if counted else rounded(most_possible(facts.most_points), counting)
    if Fraction(reached) >= rule.numbers["at_least"]:
        return None
    words = comma(reached)
    return Found({"points": words if counted else f"không quá {words}"})


def needs_points(regulation: Regulation, rule: Rule, subject: str) -> tuple[str, ...]:
    """The points of both groups."""
    return tuple(f"points.{group}" for group in POINT_GROUPS)


def tells_points(situation: Situation, rule: Rule) -> str:
    """The points of both groups and their sum."""
    counted = total(situation.regulation.counting, situation.facts.points)
    if counted is None:
        return ""
    common, results, reached = (comma(value) for value in (counted.common, counted.results, counted.total))
    return f"Đạt {reached} điểm (tiêu chí chung {common}, kết quả thực hiện nhiệm vụ {results})."


def comma(value: Decimal) -> str:
    """A number of points as it is written in Vietnamese: 86,5."""
    return plain(value).replace(".", ",")


def shortcomings_left(situation: Situation, rule: Rule) -> Found | None:
    """Some shortcoming named earlier is not remedied."""
    found = situation.facts.shortcomings
    if found.named is None or found.remedied is None or found.remedied == found.named:
        return None
    return Found({"remedied": str(found.remedied), "named": str(found.named)})


def tells_shortcomings(situation: Situation, rule: Rule) -> str:
    """How many are remedied of those that were named."""
    found = situation.facts.shortcomings
    if found.named is None or found.remedied is None:
        return ""
    if not found.named:
        return "Không có hạn chế, khuyết điểm nào được chỉ ra."
    return f"Đã khắc phục {found.remedied}/{found.named} hạn chế, khuyết điểm được chỉ ra."


def needs_shortcomings(regulation: Regulation, rule: Rule, subject: str) -> tuple[str, ...]:
    """How many were named, how many are remedied."""
    return "shortcomings.named", "shortcomings.remedied"


FUNCTIONS = {
    "points_below": RuleFunction(
        points_below, {"at_least": is_percent}, frozenset({"points"}), needs_points, tells=tells_points
    ),
    "shortcomings_left": RuleFunction(
        shortcomings_left,
        figures=frozenset({"named", "remedied"}),
        needs=needs_shortcomings,
        tells=tells_shortcomings,
    ),
}
