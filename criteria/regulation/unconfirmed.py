"""What of a regulation still waits for the answer of the authority, line by line."""

from collections.abc import Iterator

from criteria.regulation.model import Regulation
from criteria.regulation.parts import Authority, Unconfirmed


def unconfirmed(regulation: Regulation) -> tuple[Unconfirmed, ...]:
    """Every line whose standing is "to be confirmed", in the order of the file."""
    return tuple(
        Unconfirmed(table, key, text, authority.question, authority.cites)
        for table, key, text, authority in _lines(regulation)
        if not authority.is_confirmed
    )


def _lines(regulation: Regulation) -> Iterator[tuple[str, str, str, Authority]]:
    for rule in regulation.rules:
        yield "rules", rule.key, rule.condition, rule.authority
    yield from _points(regulation)
    quota = regulation.quota
    yield "quota", "percent", f"{quota.percent}%", quota.authority
    yield "quota", "base", quota.base, quota.base_authority
    yield "quota", "rounding", quota.rounding, quota.rounding_authority
    for group in quota.groups:
        yield "quota.groups", group.key, group.label, group.authority
    for milestone in regulation.milestones:
        yield "milestones", milestone.key, milestone.label, milestone.authority
    for setting in regulation.procedure.settings.values():
        yield "procedure", setting.key, f"{setting.label}: {setting.value}", setting.authority
    for form in regulation.forms:
        yield "forms", form.key, f"{form.number}: {form.title}", form.mapping
    for row in regulation.person_forms:
        yield "person_forms", row.key, row.label, row.authority


def _points(regulation: Regulation) -> Iterator[tuple[str, str, str, Authority]]:
    counting = regulation.counting
    if counting.marking is not None:
        marks = ", ".join(f"{mark} {percent}%" for mark, percent in counting.marking.marks.items())
        yield "points", "marking", marks, counting.marking.authority
    if counting.rounding is not None:
        yield "points", "rounding", f"{counting.rounding.places}, {counting.rounding.mode}", counting.rounding.authority
    if counting.deduction is not None:
        yield "points", "deduction", f"{counting.deduction.percent}%", counting.deduction.authority
    for way in counting.ways:
        yield "results_ways", way.key, way.label, way.authority
