"""Rules about discipline and about conclusions of competent authorities."""

from criteria.rating.facts import FINDINGS, FORMS_OF_DISCIPLINE, FOUND_WITH, WHOM, Discipline, Finding
from criteria.rating.situation import Found, RuleFunction, Situation, is_flag, is_percent, percent_text, some_of
from criteria.regulation import Regulation, Rule

FINDING_NAMES = {
    "degradation": "suy thoái về tư tưởng chính trị, đạo đức, lối sống, “tự diễn biến”, “tự chuyển hóa”",
    "disunity": "mất đoàn kết nội bộ",
    "corruption": "tham nhũng, lãng phí, tiêu cực",
    "broke_members_rules": "vi phạm những điều đảng viên không được làm",
    "broke_exemplary_duty": "vi phạm trách nhiệm nêu gương",
}

WHOM_NAMES = {
    "self": "đối tượng được xếp loại",
    "collective": "tập thể",
    "member": "thành viên",
    "subordinate_unit": "tổ chức trực thuộc",
    "unit_led": "đơn vị phụ trách",
}
EXCUSED = "đã tự phát hiện và khắc phục xong hậu quả"


def disciplined(situation: Situation, rule: Rule) -> Found | None:
    """Somebody named by the rule was disciplined; with `excused` what was self-detected and remedied is left out."""
    rows = [row for row in _concerned(situation, rule) if not (rule.numbers["excused"] and row.is_excused)]
    return Found({"cases": str(len(_cases(rows)))}) if rows else None


def tells_disciplined(situation: Situation, rule: Rule) -> str:
    """How many cases of discipline are on record, and how many of them are excused."""
    rows = _concerned(situation, rule)
    if not rows:
        return f"Không ghi nhận quyết định kỷ luật đối với {_whom(rule)}."
    said = f"Có {len(_cases(rows))} trường hợp kỷ luật đối với {_whom(rule)}"
    excused = [row for row in rows if row.is_excused] if rule.numbers.get("excused") else []
    return f"{said}, trong đó {len(_cases(excused))} trường hợp {EXCUSED}." if excused else f"{said}."


def disciplined_from(situation: Situation, rule: Rule) -> Found | None:
    """Somebody named by the rule was disciplined in one of these forms."""
    rows = [row for row in _concerned(situation, rule) if row.form in rule.numbers["forms"]]
    return Found({"cases": str(len(_cases(rows)))}) if rows else None


def units_disciplined_over(situation: Situation, rule: Rule) -> Found | None:
    """More than `percent` of the subordinate units were disciplined; each unit counts once."""
    total = situation.facts.subordinate_units
    units = _units(situation, rule)
    if total is None or units * 100 <= rule.numbers["percent"] * total:
        return None
    return Found({"units": str(units), "total": str(total)})


def tells_units_disciplined(situation: Situation, rule: Rule) -> str:
    """How many subordinate units were disciplined."""
    total, units = situation.facts.subordinate_units, _units(situation, rule)
    if not total:
        return "" if total is None else "Không có tổ chức trực thuộc."
    return f"{units}/{total} tổ chức trực thuộc bị kỷ luật ({percent_text(units, total)}%)."


def needs_subordinate_units(regulation: Regulation, rule: Rule, subject: str) -> tuple[str, ...]:
    """How many subordinate units there are."""
    return ("subordinate_units",)


def finding(situation: Situation, rule: Rule) -> Found | None:
    """A conclusion of one of these kinds about somebody named by the rule; `excused` as for discipline."""
    rows = [row for row in _found(situation, rule) if not (rule.numbers["excused"] and row.is_excused)]
    return Found({"names": _names(rows)}) if rows else None


def tells_finding(situation: Situation, rule: Rule) -> str:
    """Which conclusions are on record."""
    rows = _found(situation, rule)
    if not rows:
        return "Không ghi nhận kết luận nào của cấp có thẩm quyền về nội dung này."
    is_excused = rule.numbers["excused"] and all(row.is_excused for row in rows)
    return f"Có kết luận của cấp có thẩm quyền về {_names(rows)}{f'; {EXCUSED}' if is_excused else ''}."


def _found(situation: Situation, rule: Rule) -> list[Finding]:
    kinds, whom = rule.numbers["kinds"], rule.numbers["whom"]
    return [row for row in situation.facts.findings if row.kind in kinds and row.whom in whom]


def _names(rows: list[Finding]) -> str:
    kinds = {row.kind for row in rows}
    return "; ".join(name for kind, name in FINDING_NAMES.items() if kind in kinds)


def _whom(rule: Rule) -> str:
    return ", ".join(name for whom, name in WHOM_NAMES.items() if whom in rule.numbers["whom"])


def _units(situation: Situation, rule: Rule) -> int:
    return len({row.unit or place for place, row in enumerate(_concerned(situation, rule))})


def _concerned(situation: Situation, rule: Rule) -> list[Discipline]:
    return [row for row in situation.facts.discipline if row.whom in rule.numbers["whom"]]


def _cases(rows: list[Discipline]) -> set[str | int]:
    # One violation punished by Party and State is one case; a row that names no violation is a case of its own.
    return {row.violation or place for place, row in enumerate(rows)}


FUNCTIONS = {
    "disciplined": RuleFunction(
        disciplined,
        {"whom": some_of(*WHOM), "excused": is_flag},
        frozenset({"cases"}),
        tells=tells_disciplined,
    ),
    "disciplined_from": RuleFunction(
        disciplined_from,
        {"whom": some_of(*WHOM), "forms": some_of(*FORMS_OF_DISCIPLINE)},
        frozenset({"cases"}),
        tells=tells_disciplined,
    ),
    "units_disciplined_over": RuleFunction(
        units_disciplined_over,
        {"whom": some_of(*WHOM), "percent": is_percent},
        frozenset({"units", "total"}),
        needs_subordinate_units,
        tells=tells_units_disciplined,
    ),
    "finding": RuleFunction(
        finding,
        {"kinds": some_of(*FINDINGS), "whom": some_of(*FOUND_WITH), "excused": is_flag},
        frozenset({"names"}),
        tells=tells_finding,
    ),
}
