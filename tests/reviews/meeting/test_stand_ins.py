"""In whose place an act was done: an absent person is named only where his office alone gave the right."""

import json

import pytest

from orgs import roles
from orgs.models import AuditEvent, Forbidden, RoleGrant, StandIn, User
from orgs.services.audit import record_event
from orgs.services.transitions import advance
from reviews.models import PeerGroup
from reviews.services.grading import quotas
from reviews.services.meeting import meetings
from reviews.services.writing.answers import save_section
from tests.cast import SINCE

pytestmark = pytest.mark.django_db
DOCUMENT = "QĐ 05-QĐ/TU"


def fresh(ring, short):
    return User.objects.get(pk=ring.users[short].pk)


def stand_in(ring, substitute, *absent):
    for short in absent:
        StandIn.objects.create(
            absent=ring.users[short], substitute=ring.users[substitute], document=DOCUMENT, started_on=SINCE
        )
    return fresh(ring, substitute)


def grant(ring, short, role, code):
    place = {"collective": ring.collectives[code]}
    RoleGrant.objects.create(user=ring.users[short], role=role, document=DOCUMENT, started_on=SINCE, **place)


def named(action):
    """Whom the last event of `action` names as absent."""
    event = AuditEvent.objects.filter(action=action).order_by("-id").first()
    return json.loads(event.payload).get("stands_in_for", [])


def postpone(ring, actor):
    review = ring.review("chi")
    advance(review, "postpone", actor=actor, version=review.version, note="Ốm")
    return named("review.postpone")


def test_absent_is_named_where_only_his_office_gave_the_right(ring):
    assert postpone(ring, stand_in(ring, "binh", "an")) == [str(ring.users["an"])]


def test_absent_is_not_named_where_the_actor_had_the_right_himself(ring):
    assert postpone(ring, stand_in(ring, "nga", "an")) == []


def test_only_the_absent_whose_office_counted_is_named(ring):
    assert postpone(ring, stand_in(ring, "binh", "dung", "an")) == [str(ring.users["an"])]


def test_who_stands_in_for_nobody_is_named_alone(ring):
    assert postpone(ring, ring.users["nga"]) == []


def test_substitute_of_a_substitute_gets_nothing(ring):
    stand_in(ring, "binh", "an")
    chi = stand_in(ring, "em", "binh")
    review = ring.review("chi")
    with pytest.raises(Forbidden):
        advance(review, "postpone", actor=chi, version=review.version, note="Ốm")


def test_act_of_the_chair_alone_names_him_even_for_the_secretary(ring):
    meeting = ring.convene()
    nga = stand_in(ring, "nga", "an")
    meetings.let_pass(meeting=meeting, guard="draft_circulated_in_time", reason="Khẩn", actor=nga)
    assert named("meeting.let_pass") == [str(ring.users["an"])]
    assert named("meeting.convene") == []
    meetings.bring_agenda_up_to_date(meeting=meeting, actor=nga)
    assert named("meeting.agenda") == []


def test_own_text_is_written_in_nobodys_place(ring):
    review = ring.review("binh")
    type(review).objects.filter(pk=review.pk).update(state="self_review")
    save_section(review=review, section_key="strengths.1", content={}, version=0, actor=stand_in(ring, "binh", "an"))
    assert named("review.section_saved") == []


def record_exception(ring, actor, code):
    group = PeerGroup.objects.filter(deciding_collective=ring.collectives[code]).select_related("ledger").first()
    quotas.record_exception(
        ledger=group.ledger, allowed=2, document=DOCUMENT, version=group.ledger.version, actor=actor
    )
    return named("quota.exception")


def test_recorder_of_his_own_body_acts_in_nobodys_place(ring):
    grant(ring, "chi", roles.RECORDER, "BTV-TU")
    chi = stand_in(ring, "chi", "lan")
    assert record_exception(ring, chi, "BTV-TU") == []
    assert record_exception(ring, chi, "BCSD") == [str(ring.users["lan"])]


@pytest.mark.parametrize(("by", "absent"), [((), True), ((roles.HEAD,), True), ((roles.OFFICER,), False)])
def test_object_without_reaches_is_judged_by_the_offices(ring, by, absent):
    binh = stand_in(ring, "binh", "an")
    record_event(actor=binh, action="test.act", object_type="test.Thing", object_id="1", by=by)
    assert named("test.act") == ([str(ring.users["an"])] if absent else [])
