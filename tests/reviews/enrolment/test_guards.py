"""Nobody rates himself; who is not rated has a ground; a round ends when every rating has ended."""

from datetime import date

import pytest

from criteria.models import Regulation
from orgs.models import Blocked, Forbidden, Refusal, RoleGrant, StandIn
from orgs.services.transitions import advance
from reviews.guards.enrolment import circumstance_recorded, cycle_has_ended, nobody_rates_himself
from reviews.models import Circumstance, Rating, Review
from reviews.selectors import pens
from reviews.services.enrolling.enrolment import enrol

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolled(cycle, officer):
    enrol(cycle=cycle, actor=officer)
    return cycle


def rating(province, short, kind="cadre"):
    return Rating.objects.get(person=province.people[short], kind=kind)


def test_nobody_rates_himself(enrolled, province):
    own = rating(province, "an")
    assert "chính anh/chị" in nobody_rates_himself(own, province.users["an"])
    assert nobody_rates_himself(own, province.users["nga"]) == ""


def test_nobody_rates_himself_through_a_stand_in(enrolled, province):
    own = rating(province, "an")
    StandIn.objects.create(absent=province.users["an"], substitute=province.users["binh"], document="GUQ 1")
    assert "thay mặt" in nobody_rates_himself(own, province.users["binh"])
    StandIn.objects.update(ended_on=date(2021, 1, 1), started_on=date(2020, 1, 1))
    assert nobody_rates_himself(own, province.users["binh"]) == ""


def test_a_collective_may_propose_for_itself(enrolled, province):
    own = Rating.objects.get(collective=province.collectives["TT-SKH"])
    assert nobody_rates_himself(own, province.users["an"]) == ""


@pytest.mark.parametrize(
    ("kind", "circumstance", "is_enough"),
    [
        ("party_member", "admitted_under_6_months", True),
        ("party_member", "exempt_from_activity", True),
        ("cadre", "appointed_under_6_months", True),
        ("cadre", "admitted_under_6_months", False),
        ("cadre", "maternity", False),
        ("cadre", "under_verification", False),
    ],
)
def test_exempt_needs_a_circumstance_that_the_regulation_names(enrolled, province, kind, circumstance, is_enough):
    row = rating(province, "an", kind)
    assert "trường hợp" in circumstance_recorded(row, province.users["giang"])
    Circumstance.objects.create(rating=row, kind=circumstance, document="QĐ 5-QĐ/TU")
    assert (circumstance_recorded(row, province.users["giang"]) == "") is is_enough


def test_six_months_are_no_ground_with_maternity_leave_recorded_too(enrolled, province):
    law = Regulation.objects.get(key="90/2020/NĐ-CP@2020-08-13")
    Rating.objects.filter(pk=rating(province, "an").pk).update(
        kind="state", subject_kind="civil_servant_leader", regulation=law
    )
    row = rating(province, "an", "state")
    Circumstance.objects.create(rating=row, kind="worked_under_6_months", document="QĐ 5-QĐ/TU")
    assert circumstance_recorded(row, province.users["giang"]) == ""
    Circumstance.objects.create(rating=row, kind="maternity", document="QĐ 6-QĐ/TU")
    assert "trường hợp" in circumstance_recorded(row, province.users["giang"])


def test_exempt_keeps_the_ground_with_its_clause(enrolled, province):
    row = rating(province, "an")
    with pytest.raises(Blocked):
        advance(row, "exempt", actor=province.users["giang"], version=row.version)
    Circumstance.objects.create(rating=row, kind="appointed_under_6_months", document="QĐ 5-QĐ/TU")
    done = advance(row, "exempt", actor=province.users["giang"], version=row.version)
    assert done.state == "not_rated"
    assert Rating.objects.get(pk=row.pk).not_rated_ground == (
        "Được bổ nhiệm chưa đủ 6 tháng tại thời điểm xếp loại: kiểm điểm nhưng chưa xếp loại. "
        "(Hướng dẫn 01-HD/TU ngày 23/11/2023 của Tỉnh ủy Kon Tum (địa phương); QĐ 5-QĐ/TU)"
    )


def test_a_withdrawn_circumstance_is_no_ground(enrolled, province):
    row = rating(province, "an")
    Circumstance.objects.create(
        rating=row, kind="appointed_under_6_months", document="QĐ 5", withdrawn_at="2024-12-01T00:00:00Z"
    )
    assert circumstance_recorded(row, province.users["giang"])


def test_closing_a_review_ends_its_ratings_whichever_body_appraises_them(enrolled, province):
    review = Review.objects.get(person=province.people["an"])
    acting = {"actor": province.users["giang"], "version": review.version}
    with pytest.raises(Refusal):
        advance(review, "close", note="Nghỉ hưu", **acting)
    advance(review, "close", note="Nghỉ hưu", document_ref="QĐ 7-QĐ/TU", **acting)
    assert rating(province, "an").state == "not_rated"
    other = rating(province, "an", "party_member")
    assert (other.state, "QĐ 7-QĐ/TU" in other.not_rated_ground) == ("not_rated", True)
    assert circumstance_recorded(other, province.users["giang"]) == ""


def test_only_the_officer_of_the_appraising_body_closes(enrolled, province):
    review = Review.objects.get(person=province.people["an"])
    for short in ("khanh", "nga", "an", "phuc"):
        with pytest.raises(Forbidden):
            advance(review, "close", actor=province.users[short], version=1, note="Nghỉ hưu", document_ref="QĐ 7")


def test_cycle_ends_with_its_ratings(enrolled, province):
    officer = province.users["giang"]
    assert "13 phiếu xếp loại" in cycle_has_ended(enrolled, officer)
    Rating.objects.exclude(person=province.people["an"]).update(state="archived", decided_grade="good")
    Rating.objects.filter(person=province.people["an"], kind="cadre").update(state="notice", decided_grade="good")
    Rating.objects.filter(person=province.people["an"], kind="party_member").update(state="not_rated")
    assert "1 phiếu xếp loại" in cycle_has_ended(enrolled, officer)
    Rating.objects.filter(state="notice").update(state="postponed")
    assert cycle_has_ended(enrolled, officer) == ""


def test_cycle_does_not_end_before_its_period(enrolled, province):
    enrolled.period_end_on = date(2999, 12, 31)
    Rating.objects.update(state="archived", decided_grade="good")
    assert "31/12/2999" in cycle_has_ended(enrolled, province.users["giang"])


def test_may_tells_who_holds_the_pen_and_what_stands_against_it(enrolled, province):
    row = rating(province, "an")
    assert pens.may(province.users["khanh"], row, "exempt") is None
    move = pens.may(province.users["giang"], row, "exempt")
    assert (move.is_open, len(move.reasons)) == (False, 1)
    assert pens.may(province.users["giang"], row, "postpone").is_open
    assert pens.may(province.users["giang"], row, "archive") is None


def test_a_grant_that_ends_takes_the_pen_away_at_once(enrolled, province):
    row = rating(province, "an")
    RoleGrant.objects.filter(user=province.users["giang"]).update(ended_on=date(2024, 1, 1))
    with pytest.raises(Forbidden):
        advance(row, "postpone", actor=province.users["giang"], version=row.version, note="Đang xác minh")
