"""Rules about discipline and about conclusions of competent authorities."""

from criteria.rating.facts import FINDINGS, FORMS_OF_DISCIPLINE, FOUND_WITH, WHOM, Discipline
from criteria.rating.situation import Found, RuleFunction, Situation, is_flag, is_percent, some_of
from criteria.regulation import Regulation, Rule

FINDING_NAMES = {
    "degradation": "suy thoái về tư tưởng chính trị, đạo đức, lối sống, “tự diễn biến”, “tự chuyển hóa”",
    "disunity": "mất đoàn kết nội bộ",
    "corruption": "tham nhũng, lãng phí, tiêu cực",
    "broke_members_rules": "vi phạm những điều đảng viên không được làm",
    "broke_exemplary_duty": "vi phạm trách nhiệm nêu gương",
}


def disciplined(situation: Situation, rule: Rule) -> Found | None:
    """Somebody named by the rule was disciplined; with `excused` what was self-detected and remedied is left out."""
    rows = [row for row in _concerned(situation, rule) if not (rule.numbers["excused"] and row.is_excused)]
    return Found({"cases": str(len(_cases(rows)))}) if rows else None


def disciplined_from(situation: Situation, rule: Rule) -> Found | None:
    """Somebody named by the rule was disciplined in one of these forms."""
    rows = [row for row in _concerned(situation, rule) if row.form in rule.numbers["forms"]]
    return Found({"cases": str(len(_cases(rows)))}) if rows else None


def units_disciplined_over(situation: Situation, rule: Rule) -> Found | None:
    """More than `percent` of the subordinate units were disciplined; each unit counts once."""
    total = situation.facts.subordinate_units
    units = len({row.unit or place for place, row in enumerate(_concerned(situation, rule))})
    if total is None or units * 100 <= rule.numbers["percent"] * total:
        return None
    return Found({"units": str(units), "total": str(total)})


def needs_subordinate_units(regulation: Regulation, rule: Rule, subject: str) -> tuple[str, ...]:
    """How many subordinate units there are."""
    return ("subordinate_units",)


def finding(situation: Situation, rule: Rule) -> Found | None:
    """A conclusion of one of these kinds about somebody named by the rule; `excused` as for discipline."""
    kinds = {
        row.kind
        for row in situation.facts.findings
        if row.kind in rule.numbers["kinds"]
        and row.whom in rule.numbers["whom"]
        and not (rule.numbers["excused"] and row.is_excused)
    }
    names = "; ".join(name for kind, name in FINDING_NAMES.items() if kind in kinds)
    return Found({"names": names}) if kinds else None


def _concerned(situation: Situation, rule: Rule) -> list[Discipline]:
    return [row for row in situation.facts.discipline if row.whom in rule.numbers["whom"]]


def _cases(rows: list[Discipline]) -> set[str | int]:
    # One violation punished by Party and State is one case; a row that names no violation is a case of its own.
    return {row.violation or place for place, row in enumerate(rows)}


FUNCTIONS = {
    "disciplined": RuleFunction(disciplined, {"whom": some_of(*WHOM), "excused": is_flag}, frozenset({"cases"})),
    "disciplined_from": RuleFunction(
        disciplined_from,
        {"whom": some_of(*WHOM), "forms": some_of(*FORMS_OF_DISCIPLINE)},
        frozenset({"cases"}),
    ),
    "units_disciplined_over": RuleFunction(
        units_disciplined_over,
        {"whom": some_of(*WHOM), "percent": is_percent},
        frozenset({"units", "total"}),
        needs_subordinate_units,
    ),
    "finding": RuleFunction(
        finding,
        {"kinds": some_of(*FINDINGS), "whom": some_of(*FOUND_WITH), "excused": is_flag},
        frozenset({"names"}),
    ),
}
