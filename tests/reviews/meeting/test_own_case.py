"""Nobody is judge in his own case: the acts upon a review, a rating, a prompt, by its subject or his stand-in."""

import pytest
from django.urls import reverse

from orgs import roles
from orgs.models import Blocked, Forbidden, RoleGrant, StandIn, User
from orgs.services.transitions import advance
from reviews.models import Rating
from reviews.selectors.writing.tallies_stated import scopes_of
from reviews.services.grading.gradings import Opinion, write_grade
from reviews.services.meeting.prompts import MatterText, PromptText, create_prompt
from reviews.services.writing.tasks_stated import may_state
from reviews.workflow import PROMPT, RATING, REVIEW
from tests.cast import SINCE

pytestmark = pytest.mark.django_db
DOCUMENT = "QĐ 05-QĐ/TU"
OWN = "việc của chính mình"
# Acts of the subject himself, and those that only record what a meeting did or a letter says.
OF_THE_SUBJECT = {("review", "submit"), ("review", "finish"), ("rating", "petition"), ("prompt", "send")}
OF_THE_MEETING = {("review", "conclude")}


def grant(ring, short, role, **place):
    RoleGrant.objects.create(user=ring.users[short], role=role, document=DOCUMENT, started_on=SINCE, **place)
    return User.objects.get(pk=ring.users[short].pk)


def stand_in(ring, substitute, absent):
    StandIn.objects.create(
        absent=ring.users[absent], substitute=ring.users[substitute], document=DOCUMENT, started_on=SINCE
    )
    return User.objects.get(pk=ring.users[substitute].pk)


def test_every_act_of_a_judge_asks_whether_the_case_is_his_own():
    judging = {"nobody_judges_himself", "nobody_rates_himself"}
    open_rows = {
        (flow.name, row.name)
        for flow in (REVIEW, RATING, PROMPT)
        for row in flow.transitions
        if not judging & set(row.guards)
    }
    assert open_rows == OF_THE_SUBJECT | OF_THE_MEETING


@pytest.mark.parametrize(("name", "more"), [("postpone", {"note": "Ốm"}), ("return", {"note": "Thiếu"})])
def test_head_does_not_hold_up_his_own_review(ring, name, more):
    review = ring.review("an")
    head = ring.users["an"]
    with pytest.raises(Blocked, match=OWN):
        advance(review, name, actor=head, version=review.version, **more)
    assert advance(review, name, actor=ring.users["nga"], version=review.version, **more).state != review.state


def test_stand_in_of_the_head_does_not_hold_up_the_heads_review(ring):
    binh = stand_in(ring, "binh", "an")
    own, other = ring.review("an"), ring.review("binh")
    with pytest.raises(Blocked, match="thay mặt"):
        advance(own, "postpone", actor=binh, version=own.version, note="Ốm")
    with pytest.raises(Blocked, match=OWN):
        advance(other, "postpone", actor=binh, version=other.version, note="Ốm")


def test_postponed_review_is_resumed_and_closed_by_others(ring):
    officer = grant(ring, "an", roles.OFFICER, unit=ring.units["BTCTU"])
    review = ring.review("an")
    review = advance(review, "postpone", actor=ring.users["nga"], version=review.version, note="Ốm")
    for name in ("resume", "close"):
        with pytest.raises(Blocked, match=OWN):
            advance(review, name, actor=officer, version=review.version, note="Hết", document_ref=DOCUMENT)
    assert advance(review, "resume", actor=ring.users["nga"], version=review.version).state == "self_review"


def test_page_of_the_own_review_shows_the_act_with_its_reason(ring, login):
    address = reverse("reviews:review_detail", args=[ring.review("an").uuid])
    assert OWN in login("an").get(address).text
    assert OWN not in login("nga").get(address).text
    assert login("an").get(reverse("reviews:review_return", args=[ring.review("an").uuid])).status_code == 403


def test_officer_postpones_and_ends_no_rating_of_his_own(ring):
    rating = ring.rating("an", "cadre")
    officer = grant(ring, "an", roles.OFFICER, unit=ring.units["BTCTU"])
    for name in ("postpone", "exempt"):
        with pytest.raises(Blocked, match=OWN):
            advance(rating, name, actor=officer, version=rating.version, note="Ốm")
    assert Rating.objects.get(pk=rating.pk).state == "proposal"


def test_stand_in_writes_no_grade_for_whom_he_stands_in(ring):
    rating = ring.rating("an", "cadre")
    binh = stand_in(ring, "binh", "an")
    with pytest.raises(Forbidden, match="thay mặt"):
        write_grade(rating=rating, step="proposal", opinion=Opinion("good", ""), version=rating.version, actor=binh)


def test_officer_prompts_not_himself(ring):
    officer = grant(ring, "an", roles.OFFICER, unit=ring.units["BTCTU"])
    with pytest.raises(Forbidden, match=OWN):
        create_prompt(
            review=ring.review("an"),
            authority=ring.collectives["BTV-TU"],
            advisory_unit=ring.units["BTCTU"],
            text=PromptText(items=(MatterText("Giải trình"),)),
            actor=officer,
        )


def test_officer_states_no_numbers_about_himself_after_submitting(ring):
    officer = grant(ring, "an", roles.OFFICER, unit=ring.units["BTCTU"])
    assert scopes_of(ring.review("an"))
    assert may_state(ring.review("an"), officer) == ""
    assert may_state(ring.review("binh"), grant(ring, "an", roles.OFFICER, unit=ring.units["SNV"])) == roles.OFFICER
