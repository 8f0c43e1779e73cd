"""The open cycle of 2024 in the small province, before anybody is enrolled."""

import pickle
from datetime import date, timedelta

import pytest
from django.utils import timezone

from criteria.models import Cycle, CycleFramework, Framework, Milestone, Plan, Regulation
from criteria.services.rules.regulations import load_shipped
from orgs.models import AuthorityRule, Line, Person, Proposer, RatingKind
from orgs.services.transitions import start
from tests.cast import SINCE

STEPS = (
    ("self_review", 6),
    ("meeting", 12),
    ("finishing", 20),
    ("proposal", 25),
    ("appraisal", 30),
    ("decision", 40),
)


def open_cycle(province, *, year=2024):
    load_shipped()
    regulation = Regulation.objects.get(key="124-QĐ/TW@2023-10-04")
    plan = Plan(issuer=province.units["TU"], year=year, title=f"Kế hoạch kiểm điểm năm {year}", number="173-KH/TU")
    start(plan, "plan")
    plan.save()
    Plan.objects.filter(pk=plan.pk).update(state="issued")
    for step, days in STEPS:
        Milestone.objects.create(plan=plan, step=step, due_on=timezone.localdate() + timedelta(days=days))
    cycle = Cycle(
        code=str(year),
        title=f"Kiểm điểm, đánh giá, xếp loại năm {year}",
        plan=plan,
        regulation=regulation,
        period_start_on=date(year, 1, 1),
        period_end_on=date(year, 12, 31),
        roster_on=date(year, 11, 1),
    )
    start(cycle, "cycle")
    cycle.save()
    for subject, form_key in (("collective", "01"), ("person", "02A"), ("person", "02B")):
        framework = Framework(
            title=f"Khung tiêu chí mẫu {form_key}",
            issuer=province.units["TU"],
            regulation=regulation,
            subject=subject,
            form_key=form_key,
        )
        start(framework, "framework")
        framework.save()
        CycleFramework.objects.create(cycle=cycle, framework=framework)
    Cycle.objects.filter(pk=cycle.pk).update(state="open", opened_at=timezone.now())
    cycle.refresh_from_db()
    return cycle


@pytest.fixture(scope="module")
def _cycle(written_once, _province):
    with written_once(lambda: open_cycle(pickle.loads(_province))) as kept:
        yield kept


@pytest.fixture
def cycle(province, _cycle):
    return pickle.loads(_cycle) if _cycle else open_cycle(province)


@pytest.fixture
def officer(province):
    """Giang, who prepares the cycle for the Standing Committee."""
    return province.users["giang"]


@pytest.fixture
def newcomer(province):
    """Makes a person with a post and whatever else a case is about."""

    def make(name="Trịnh Thị Mới", *, unit="SKH", position="CV", started_on=SINCE, is_head=False, **more):
        number = Person.objects.count() + 1
        person = Person.objects.create(
            code=f"CB{number:04d}",
            full_name=name,
            **{"managing_authority": province.authorities["SO"], "is_party_member": False, **more},
        )
        if position:
            person.appointments.create(
                unit=province.units.get(unit),
                position=province.positions[position],
                started_on=started_on,
                is_head=is_head,
                document="QĐ 12-QĐ/SNV",
            )
        return person

    return make


@pytest.fixture
def organisation_rule(province):
    """Departments are rated as organisations by the Party executive committee of the People's Committee."""
    return AuthorityRule.objects.create(
        rating_kind=RatingKind.ORGANISATION,
        order=1,
        line=Line.STATE,
        unit=province.units["UBND"],
        proposer=Proposer.ITSELF,
        appraising_unit=province.units["SNV"],
        deciding_collective=province.collectives["BCSD"],
        document="QĐ 799-QĐ/BCSĐ",
        started_on=SINCE,
    )
