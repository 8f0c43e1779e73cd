"""A quarter and a year under 366, enrolled by the rules: An leads a department, Chi does not."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from criteria.models import Cycle, Milestone, Plan, Regulation
from criteria.services.rules.regulations import load_shipped
from orgs.models import AuthorityRule, Proposer, RatingKind
from orgs.services.transitions import start
from reviews.models import Review
from reviews.services.enrolling.enrolment import enrol
from tests.cast import SINCE

LAW = "366-QĐ/TW@2025-08-30"
STEPS = ("self_review", "meeting", "finishing", "proposal", "appraisal", "decision")


def open_cycle(province, *, code, first, last, period="year", law=LAW):
    load_shipped()
    plan = Plan(issuer=province.units["TU"], year=last.year, title=f"Kế hoạch {code}", number="40-KH/TU")
    start(plan, "plan")
    plan.save()
    Plan.objects.filter(pk=plan.pk).update(state="issued")
    for place, step in enumerate(STEPS, start=1):
        Milestone.objects.create(plan=plan, step=step, due_on=timezone.localdate() + timedelta(days=6 * place))
    cycle = Cycle(
        code=code,
        title=f"Đánh giá, xếp loại {code}",
        plan=plan,
        regulation=Regulation.objects.get(key=law),
        period_kind=period,
        period_start_on=first,
        period_end_on=last,
        roster_on=last,
    )
    start(cycle, "cycle")
    cycle.save()
    Cycle.objects.filter(pk=cycle.pk).update(state="open", opened_at=timezone.now())
    cycle.refresh_from_db()
    return cycle


def enrolled(province, cycle):
    """The cycle with its reviews by short name."""
    enrol(cycle=cycle, actor=province.users["giang"])
    found = SimpleNamespace(province=province, users=province.users, cycle=cycle)
    for review in Review.objects.filter(cycle=cycle).select_related(
        "cycle__regulation", "person", "collective", "unit"
    ):
        short = next(
            (name for name, row in {**province.people, **province.collectives}.items() if row == review.subject), None
        )
        setattr(found, (short or review.code).replace("-", "_").lower(), review)
    return found


@pytest.fixture
def quarter(province):
    cycle = open_cycle(province, code="2026-Q3", first=date(2026, 7, 1), last=date(2026, 9, 30), period="quarter")
    return enrolled(province, cycle)


@pytest.fixture
def year(province):
    return enrolled(province, open_cycle(province, code="2026", first=date(2026, 1, 1), last=date(2026, 12, 31)))


@pytest.fixture
def local_year(province):
    """The same year under the illustration of a province: four marks, signs, an attestation."""
    return enrolled(
        province,
        open_cycle(province, code="2026", first=date(2026, 1, 1), last=date(2026, 12, 31), law="399-QĐ/TU@2025-08-27"),
    )


@pytest.fixture
def decree(province):
    """A round of the State side alone, under 335/2025/NĐ-CP; the province says who decides the State rating."""
    AuthorityRule.objects.create(
        rating_kind=RatingKind.STATE,
        proposer=Proposer.LEADERSHIP,
        appraising_unit=province.units["SNV"],
        deciding_collective=province.collectives["BCSD"],
        document="QĐ 799-QĐ/BCSĐ",
        started_on=SINCE,
    )
    law = "335/2025/NĐ-CP@2025-12-21"
    return enrolled(
        province, open_cycle(province, code="2026-CC", first=date(2026, 1, 1), last=date(2026, 12, 31), law=law)
    )
