"""Who decides and in which group a rating counts, when delegations, overrides and shared positions say otherwise."""

from datetime import date

import pytest

from orgs.models import AuthorityOverride, AuthorityRule, Delegation, DelegationRecall, Position, RatingKind
from reviews.models import PeerGroup, Rating, Review
from reviews.selectors.enrolling.derived_circumstances import is_under_six_months, months_later
from reviews.selectors.enrolling.enrolment import EnrolmentPlan
from reviews.services.enrolling.enrolment import enrol
from tests.cast import SINCE

pytestmark = pytest.mark.django_db


def cadre(province, short):
    return Rating.objects.get(person=province.people[short], kind="cadre")


@pytest.fixture
def delegation(province):
    return Delegation.objects.create(
        from_collective=province.collectives["BTV-TU"],
        to_collective=province.collectives["BCSD"],
        rating_kind=RatingKind.CADRE,
        managing_authority=province.authorities["BTVTU"],
        document="QĐ 1200-QĐ/TU",
        started_on=SINCE,
    )


def test_a_delegated_body_decides_and_its_quota_is_used(cycle, officer, province, delegation):
    enrol(cycle=cycle, actor=officer)
    row = cadre(province, "an")
    assert row.deciding_collective.code == row.group.deciding_collective.code == "BCSD"
    assert "QĐ 1200-QĐ/TU" in row.authority_ground
    assert not PeerGroup.objects.filter(deciding_collective__code="BTV-TU").exists()


def test_one_person_taken_back_is_decided_by_the_delegating_body(cycle, officer, province, delegation):
    DelegationRecall.objects.create(
        delegation=delegation, person=province.people["an"], document="CV 7-CV/TU", started_on=SINCE
    )
    enrol(cycle=cycle, actor=officer)
    assert cadre(province, "an").deciding_collective.code == "BTV-TU"
    assert cadre(province, "dung").deciding_collective.code == "BCSD"
    # Same position, another deciding body: another quota.
    assert cadre(province, "an").group != cadre(province, "dung").group


def test_an_override_names_the_bodies_of_one_person(cycle, officer, province):
    AuthorityOverride.objects.create(
        rating_kind=RatingKind.CADRE,
        person=province.people["chi"],
        appraising_unit=province.units["SNV"],
        deciding_collective=province.collectives["BCSD"],
        document="TB 3-TB/TU",
        started_on=SINCE,
    )
    enrol(cycle=cycle, actor=officer)
    row = cadre(province, "chi")
    assert (row.subject_kind, row.deciding_collective.code) == ("non_leader", "BCSD")
    assert row.group.title == "Không giữ chức vụ lãnh đạo, quản lý - Sở Kế hoạch và Đầu tư"
    assert row.group.order > cadre(province, "an").group.order


def test_equivalent_positions_share_a_group_named_after_the_highest(cycle, officer, province, newcomer):
    province.positions["TB"] = Position.objects.create(
        code="TB", name="Trưởng ban", rank=9, peer_code="giam_doc_so", is_leading=True
    )
    person = newcomer(position="TB", managing_authority=province.authorities["BTVTU"])
    enrol(cycle=cycle, actor=officer)
    group = Rating.objects.get(person=person).group
    assert group == cadre(province, "an").group
    assert group.title == "Trưởng ban và tương đương"


def test_a_rule_that_ended_before_the_roster_date_names_nobody(cycle, officer, province):
    AuthorityRule.objects.filter(rating_kind="cadre").update(ended_on=date(2024, 11, 1))
    enrol(cycle=cycle, actor=officer)
    assert not Rating.objects.filter(kind="cadre").exists()
    assert Review.objects.filter(person=province.people["an"]).exists()


def test_the_plan_writes_nothing(cycle, province):
    plan = EnrolmentPlan(cycle)
    assert (len(plan.new_reviews), len(plan.new_ratings), plan.unchanged) == (17, 13, 0)
    assert [row for row in plan.forms if row[0] == "02-D"] == [("02-D", 2, 2)]
    assert [total for _label, total, _new in plan.kinds] == [3, 8, 2]
    assert not Review.objects.exists()


def test_the_plan_of_one_person_holds_that_person_alone(cycle, province):
    plan = EnrolmentPlan(cycle, only=province.people["an"])
    assert [row.subject for row in plan.found] == [province.people["an"]]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 7, 1), 6, date(2025, 1, 1)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2024, 12, 15), 6, date(2025, 6, 15)),
        (date(2024, 6, 30), 6, date(2024, 12, 30)),
    ],
)
def test_months_later_keeps_the_day_or_takes_the_last(day, months, later):
    assert months_later(day, months) == later


@pytest.mark.parametrize(
    ("since", "under"), [(None, False), (date(2024, 6, 30), False), (date(2024, 7, 1), True), (date(2025, 1, 1), True)]
)
def test_six_months_are_full_on_the_last_day(since, under):
    assert is_under_six_months(since, date(2024, 12, 31)) is under
