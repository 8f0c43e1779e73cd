"""What a round of 2024 stands on in these tests: the regulation loaded, frameworks and a plan issued, a cycle."""

from datetime import date

from criteria.models import Cycle, Framework, Plan, Regulation
from criteria.regulation import find
from criteria.selectors.rules.illustrations import illustrations
from criteria.services.frameworks import frameworks
from criteria.services.rounds import cycles, plans
from criteria.services.rules import regulations
from orgs.services.transitions import advance

KEY = "124-QĐ/TW@2023-10-04"
YEAR_2024 = cycles.CycleDates(date(2024, 1, 1), date(2024, 12, 31), date(2024, 10, 31))
STEPS = (
    ("self_review", date(2024, 11, 18)),
    ("meeting", date(2024, 11, 20)),
    ("finishing", date(2024, 11, 22)),
    ("proposal", date(2024, 11, 24)),
    ("appraisal", date(2024, 11, 30)),
    ("decision", date(2024, 12, 30)),
)


def regulation() -> Regulation:
    regulations.load_shipped()
    return Regulation.objects.get(key=KEY)


def parsed_law():
    return find(KEY)


def dated(*rows: tuple, **more) -> list[plans.MilestoneRow]:
    return [plans.MilestoneRow(step, due_on, **more) for step, due_on in rows or STEPS]


def draft_plan(province, *, issuer="TU", parent=None, actor="giang", milestones=None, year=2024) -> Plan:
    return plans.create_plan(
        issuer=province.units[issuer],
        year=year,
        title=f"Kế hoạch kiểm điểm năm {year} của {province.units[issuer]}",
        parent=parent,
        actor=province.users[actor],
        milestones=dated() if milestones is None else milestones,
    )


def issue(province, plan: Plan, *, actor="giang", number="173-KH/TU") -> Plan:
    plan = plans.update_plan(
        plan=plan,
        title=plan.title,
        number=number,
        issued_on=date(2024, 10, 11),
        content="Kiểm điểm theo Quy định 124-QĐ/TW.",
        parent=plan.parent,
        milestones=[
            plans.MilestoneRow(row.step, row.due_on, row.line, row.unit_kind, row.unit, row.is_closing, row.note)
            for row in plan.milestones.select_related("unit", "unit_kind")
        ],
        topics=[plans.TopicRow("Quy định 144-QĐ/TW về chuẩn mực đạo đức", "144-QĐ/TW")],
        actor=province.users[actor],
        version=plan.version,
    )
    return advance(plan, "issue", actor=province.users[actor], version=plan.version)


def issued_plan(province, **more) -> Plan:
    return issue(province, draft_plan(province, **more), actor=more.get("actor", "giang"))


def issued_frameworks(province, law: Regulation) -> list[Framework]:
    actor = province.users["giang"]
    made = frameworks.add_illustrations(
        issuer=province.units["TU"], regulation=law, templates=illustrations()[law.key], actor=actor
    )
    for framework in made:
        Framework.objects.filter(pk=framework.pk).update(number="01-HD/TU", issued_on=date(2024, 10, 1))
    return [advance(row, "issue", actor=actor, version=row.version) for row in made]


def prepared_cycle(province, **more) -> Cycle:
    law = regulation()
    return cycles.create_cycle(
        plan=more.get("plan") or issued_plan(province),
        regulation=law,
        frameworks=more.get("frameworks") or issued_frameworks(province, law),
        dates=YEAR_2024,
        actor=province.users["giang"],
    )


def open_cycle(province, **more) -> Cycle:
    cycle = prepared_cycle(province, **more)
    return advance(cycle, "open", actor=province.users["giang"], version=cycle.version)
