"""The cycles of the demonstration: plan, frameworks, cycle, enrolment, through the same services as real ones."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from criteria.models import Cycle, Framework, Plan, Regulation
from criteria.selectors.rules.illustrations import illustrations
from criteria.services.frameworks.frameworks import add_illustrations
from criteria.services.rounds.cycles import CycleDates, create_cycle
from criteria.services.rounds.plans import MilestoneRow, TopicRow, create_plan, update_plan
from criteria.services.rules.regulations import load_shipped
from orgs.models import User
from orgs.services.transitions import advance
from reviews.services.demo.register import Register
from reviews.services.enrolling.enrolment import enrol

KEY = "124-QĐ/TW@2023-10-04"
# Days from the day of loading.
DUE_IN = {
    "explanation": 4,
    "self_review": 6,
    "meeting": 14,
    "finishing": 20,
    "state_grade": 24,
    "proposal": 25,
    "appraisal": 32,
    "decision": 40,
    "notice": 45,
    "dossier": 60,
}
DUE_2023 = {
    "self_review": date(2023, 11, 15),
    "meeting": date(2023, 11, 30),
    "finishing": date(2023, 12, 5),
    "proposal": date(2023, 12, 8),
    "appraisal": date(2023, 12, 15),
    "decision": date(2023, 12, 25),
    "notice": date(2023, 12, 31),
}
TOPICS = (
    TopicRow("Chuẩn mực đạo đức cách mạng của cán bộ, đảng viên", "Quy định số 144-QĐ/TW ngày 09/5/2024"),
    TopicRow("Chuyển đổi số", "Nghị quyết số 09-NQ/TU ngày 18/02/2022"),
)
LABEL = "Dữ liệu mẫu: các mốc năm {year} được đặt quanh ngày nạp dữ liệu, không phải mốc của kế hoạch thật."


@dataclass(frozen=True)
class Law:
    """A regulation and the frameworks that measure by it."""

    regulation: Regulation
    frameworks: tuple[Framework, ...] = ()


def open_cycles(made: Register, officer: User) -> dict[int, Cycle]:
    """The cycles of 2023 and 2024, open and enrolled; playing them comes after."""
    load_shipped()
    regulation = Regulation.objects.get(key=KEY)
    frameworks = _frameworks(made, regulation, officer)
    law = Law(regulation, tuple(frameworks))
    today = timezone.localdate()
    due = {step: today + timedelta(days=days) for step, days in DUE_IN.items()}
    return {
        2023: open_cycle(
            write_plan(made, officer, 2023, DUE_2023), law, CycleDates(*_year(2023), date(2023, 11, 1)), officer
        ),
        2024: open_cycle(
            write_plan(made, officer, 2024, due), law, CycleDates(*_year(2024), date(2024, 11, 1)), officer
        ),
    }


def write_plan(made: Register, officer: User, year: int, due: dict[str, date]) -> Plan:
    """The issued plan of the province for one year, with a last day for each step."""
    title = f"Kế hoạch kiểm điểm và đánh giá, xếp loại chất lượng năm {year}"
    milestones = [MilestoneRow(step, day) for step, day in due.items()]
    plan = create_plan(issuer=made.units["TU"], year=year, title=title, actor=officer, is_demo=True)
    is_moved = max(due.values()) > timezone.localdate()
    plan = update_plan(
        plan=plan,
        title=title,
        number=f"173-KH/TU (mẫu {year})",
        issued_on=date(year, 10, 11),
        content=LABEL.format(year=year) if is_moved else "Dữ liệu mẫu.",
        milestones=milestones,
        topics=TOPICS,
        actor=officer,
        version=plan.version,
    )
    return advance(plan, "issue", actor=officer, version=plan.version)


def open_cycle(plan: Plan, law: Law, dates: CycleDates, officer: User, title: str = "") -> Cycle:
    """A cycle of this plan under this law, opened and enrolled."""
    cycle = create_cycle(
        plan=plan,
        regulation=law.regulation,
        frameworks=law.frameworks,
        dates=dates,
        actor=officer,
        title=title or f"Kiểm điểm, đánh giá, xếp loại năm {plan.year}",
        is_demo=True,
    )
    cycle = advance(cycle, "open", actor=officer, version=cycle.version)
    enrol(cycle=cycle, actor=officer)
    return cycle


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _frameworks(made: Register, regulation: Regulation, officer: User) -> list[Framework]:
    issuer = made.units["TU"]
    drafts = add_illustrations(issuer=issuer, regulation=regulation, templates=illustrations()[KEY], actor=officer)
    issued = []
    for place, framework in enumerate(drafts, start=1):
        framework.number, framework.issued_on = f"{place:02d}-HD/TU (mẫu)", date(2023, 11, 1)
        framework.save()
        issued.append(advance(framework, "issue", actor=officer, version=framework.version))
    return issued
