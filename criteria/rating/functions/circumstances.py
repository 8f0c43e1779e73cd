"""Rules about circumstances of the one rating, about the review behind it, and about its time."""

from criteria.rating.facts import CIRCUMSTANCES
from criteria.rating.situation import Found, RuleFunction, Situation, some_of
from criteria.regulation import Regulation, Rule


def circumstance(situation: Situation, rule: Rule) -> Found | None:
    """One of the named circumstances is recorded for this rating."""
    return Found() if situation.facts.circumstances.intersection(rule.numbers["names"]) else None


def circumstance_unless(situation: Situation, rule: Rule) -> Found | None:
    """As circumstance, unless one of those that excuse it is recorded too (NĐ 90: except maternity leave)."""
    if situation.facts.circumstances.intersection(rule.numbers["unless"]):
        return None
    return circumstance(situation, rule)


def tells_circumstance_unless(situation: Situation, rule: Rule) -> str:
    """Whether one of them is on record, and whether it is excused."""
    said = tells_circumstance(situation, rule)
    is_excused = circumstance(situation, rule) and not circumstance_unless(situation, rule)
    return f"{said.rstrip('.')}, thuộc diện được loại trừ." if is_excused else said


def tells_circumstance(situation: Situation, rule: Rule) -> str:
    """Whether one of them is on record."""
    return "Có ghi nhận trường hợp này." if circumstance(situation, rule) else "Không ghi nhận trường hợp này."


def review_not_completed(situation: Situation, rule: Rule) -> Found | None:
    """The review behind this rating is known not to be completed."""
    return Found() if situation.facts.review_completed is False else None


def needs_review(regulation: Regulation, rule: Rule, subject: str) -> tuple[str, ...]:
    """Whether the review is completed."""
    return ("review_completed",)


def tells_review(situation: Situation, rule: Rule) -> str:
    """How the review ended."""
    known: dict[bool | None, str] = {True: "Đã hoàn thành kiểm điểm.", False: "Chưa hoàn thành kiểm điểm."}
    return known.get(situation.facts.review_completed, "")


def outside_force(situation: Situation, rule: Rule) -> Found | None:
    """The period ends on a day on which the regulation does not rate this kind of subject, or no longer."""
    facts, day = situation.facts, situation.facts.period_end
    if day is None or situation.regulation.covers(facts.subject, facts.period, day):
        return None
    return Found({"period_end": f"{day.day:02d}/{day.month:02d}/{day.year}"})


FUNCTIONS = {
    "circumstance": RuleFunction(circumstance, {"names": some_of(*CIRCUMSTANCES)}, tells=tells_circumstance),
    "circumstance_unless": RuleFunction(
        circumstance_unless,
        {"names": some_of(*CIRCUMSTANCES), "unless": some_of(*CIRCUMSTANCES)},
        tells=tells_circumstance_unless,
    ),
    "review_not_completed": RuleFunction(review_not_completed, needs=needs_review, tells=tells_review),
    "outside_force": RuleFunction(outside_force, figures=frozenset({"period_end"})),
}
