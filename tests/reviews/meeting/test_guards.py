"""What stands in the way of a meeting, of a conclusion, of finishing: each guard on both sides of its line."""

import unicodedata
from datetime import date, timedelta

import pytest

from criteria.models import Regulation, SwappedDay
from criteria.selectors.rules.regulations import digest_of
from orgs.models import AuditEvent, Blocked, Forbidden, Refusal, Stale
from orgs.services.transitions import advance
from reviews.guards import meetings as guards
from reviews.models import AgendaItem, Attendance, FormOverride, Meeting, Prompt, Review, Venue
from reviews.services.meeting import meetings

THURSDAY = date(2024, 11, 21)


def heard_on(ring, held_on, circulated_on):
    """An's review as the session of a day heard it, drafts sent on another."""
    meeting = ring.convene(held_on=held_on, circulated_on=circulated_on)
    AgendaItem.objects.filter(meeting=meeting, review=ring.review("an")).update(is_heard=True)
    return ring.review("an"), meeting


@pytest.mark.parametrize(
    ("sent", "in_time"),
    [
        (date(2024, 11, 15), True),
        (date(2024, 11, 18), True),
        (date(2024, 11, 19), False),
        (date(2024, 11, 21), False),
        (None, False),
    ],
)
def test_drafts_go_out_three_working_days_before(ring, sent, in_time):
    review, _meeting = heard_on(ring, THURSDAY, sent)
    reason = guards.draft_circulated_in_time(review, ring.users["nga"])
    assert (reason == "") is in_time
    assert in_time or "Tập thể lãnh đạo Sở Kế hoạch và Đầu tư" in reason


@pytest.mark.parametrize(
    ("sent", "met", "in_time"),
    [
        (date(2024, 11, 15), date(2024, 11, 20), True),
        (date(2024, 11, 15), date(2024, 11, 19), False),
        (date(2024, 12, 30), date(2025, 1, 3), True),
        (date(2024, 12, 31), date(2025, 1, 3), False),
    ],
    ids=["over a weekend", "a day short over a weekend", "over New Year", "New Year is no working day"],
)
def test_weekends_and_holidays_do_not_count(ring, sent, met, in_time):
    review, _meeting = heard_on(ring, met, sent)
    assert (guards.draft_circulated_in_time(review, ring.users["nga"]) == "") is in_time


def test_day_swapped_by_a_document_counts_as_worked(ring):
    review, _meeting = heard_on(ring, date(2024, 11, 19), date(2024, 11, 15))
    assert guards.draft_circulated_in_time(review, ring.users["nga"])
    SwappedDay.objects.create(day=date(2024, 11, 16), is_working=True, document="Công văn hoán đổi ngày làm việc")
    assert guards.draft_circulated_in_time(review, ring.users["nga"]) == ""


def test_override_lets_the_form_pass_once_and_refuses_another_reason(ring):
    review, meeting = heard_on(ring, THURSDAY, THURSDAY)
    given = {"meeting": meeting, "guard": "draft_circulated_in_time", "actor": ring.users["an"]}
    # The second one is typed with separate accents, as some keyboards send it: the same reason.
    for form in ("NFC", "NFD"):
        meetings.let_pass(**given, reason=unicodedata.normalize(form, "Họp gấp theo yêu cầu của Tỉnh ủy"))
    with pytest.raises(Stale, match="Có người khác vừa sửa hội nghị này"):
        meetings.let_pass(**given, reason="Lý do khác")
    assert AuditEvent.objects.filter(action="meeting.let_pass").count() == 1
    assert guards.draft_circulated_in_time(review, ring.users["nga"]) == ""
    assert FormOverride.objects.get().reason == "Họp gấp theo yêu cầu của Tỉnh ủy"


@pytest.mark.parametrize("short", ["nga", "binh", "giang"])
def test_only_the_head_lets_pass(ring, short):
    with pytest.raises(Forbidden):
        meetings.let_pass(meeting=ring.convene(), guard="quorum_present", reason="x", actor=ring.users[short])
    assert not FormOverride.objects.exists()


@pytest.mark.parametrize(
    ("guard", "reason"), [("explanation_sent", "Vội"), ("collective_reviewed_first", "Vội"), ("quorum_present", "  ")]
)
def test_only_matters_of_form_pass_and_only_with_a_reason(ring, guard, reason):
    with pytest.raises(Refusal):
        meetings.let_pass(meeting=ring.convene(), guard=guard, reason=reason, actor=ring.users["an"])
    assert not FormOverride.objects.exists()


def confirm_quorum(ring):
    row = Regulation.objects.get(pk=ring.cycle.regulation_id)
    content = row.content
    content["procedure"]["quorum"]["standing"] = "law"
    content["procedure"]["quorum"].pop("question", None)
    Regulation.objects.filter(pk=row.pk).update(content=content, content_sha256=digest_of(content))


@pytest.mark.parametrize(
    ("summoned", "present", "is_confirmed", "is_blocked"),
    [
        (3, 2, True, False),
        (3, 1, True, True),
        (6, 4, True, False),
        (6, 3, True, True),
        (5, 3, True, True),
        (0, 0, True, True),
        (3, 1, False, False),
        (3, 0, False, False),
    ],
)
def test_quorum_blocks_only_once_the_authority_confirmed_it(ring, summoned, present, is_confirmed, is_blocked):
    review, meeting = heard_on(ring, THURSDAY, date(2024, 11, 1))
    meeting.attendance.all().delete()
    people = list(ring.people.values())[:summoned]
    for place, person in enumerate(people):
        Attendance.objects.create(meeting=meeting, person=person, is_present=place < present)
    if is_confirmed:
        confirm_quorum(ring)
    reason = guards.quorum_present(Review.objects.select_related("cycle__regulation").get(pk=review.pk), None)
    assert bool(reason) is is_blocked
    assert not is_blocked or f"{present}/{summoned}" in reason


def test_quorum_that_is_missing_passes_by_the_head(ring):
    review, meeting = heard_on(ring, THURSDAY, date(2024, 11, 1))
    confirm_quorum(ring)
    review = Review.objects.select_related("cycle__regulation").get(pk=review.pk)
    assert guards.quorum_present(review, None)
    meetings.let_pass(meeting=meeting, guard="quorum_present", reason="Hai đồng chí đi học", actor=ring.users["an"])
    assert guards.quorum_present(review, None) == ""


@pytest.mark.parametrize(
    ("heard", "subject", "named"),
    [
        ([], "an", "Tập thể lãnh đạo Sở Kế hoạch và Đầu tư"),
        (["TT-SKH"], "an", ""),
        ([], "TT-SKH", ""),
        ([], "chi", ""),
    ],
)
def test_collective_is_reviewed_before_its_members(ring, heard, subject, named):
    for short in heard:
        ring.review(short).venues.update(heard_at="2024-11-21T08:00:00Z")
    reason = guards.collective_reviewed_first(ring.review(subject), None)
    assert named in reason
    assert bool(reason) is bool(named)


def test_postponed_collective_does_not_hold_its_members_up(ring):
    Review.objects.filter(pk=ring.review("TT-SKH").pk).update(state="postponed")
    assert guards.collective_reviewed_first(ring.review("an"), None) == ""


@pytest.mark.parametrize(("subject", "is_blocked"), [("an", False), ("binh", True), ("chi", True), ("TT-SKH", False)])
def test_head_is_reviewed_before_deputies_and_members(ring, subject, is_blocked):
    reason = guards.head_reviewed_first(ring.review(subject), None)
    assert bool(reason) is is_blocked
    assert not is_blocked or "Nguyễn Văn Ấn" in reason
    ring.review("an").venues.update(heard_at="2024-11-21T08:00:00Z")
    assert guards.head_reviewed_first(ring.review(subject), None) == ""


def test_every_venue_is_named_that_has_not_heard(ring):
    review = ring.review("an")
    reason = guards.every_venue_held(review, None)
    assert "Chi ủy Chi bộ Sở Kế hoạch và Đầu tư" in reason
    assert "Tập thể lãnh đạo Sở Kế hoạch và Đầu tư" in reason
    Venue.objects.filter(review=review).update(heard_at="2024-11-21T08:00:00Z")
    assert guards.every_venue_held(review, None) == ""


@pytest.mark.parametrize(
    ("state", "is_blocked"), [("draft", False), ("issued", True), ("explained", False), ("withdrawn", False)]
)
def test_explanation_is_sent_before_the_meeting(ring, state, is_blocked):
    review = ring.review("an")
    Prompt.objects.create(
        cycle=ring.cycle,
        review=review,
        authority=ring.collectives["BTV-TU"],
        advisory_unit=ring.units["BTCTU"],
        workflow_name="prompt",
        state=state,
    )
    meeting = ring.convene()
    assert bool(guards.explanation_sent(review, None)) is is_blocked
    reason = guards.explanations_sent(meeting, None)
    assert bool(reason) is is_blocked
    assert not is_blocked or "Nguyễn Văn Ấn" in reason
    if is_blocked:
        with pytest.raises(Blocked):
            advance(meeting, "open", actor=ring.users["nga"], version=meeting.version)
        assert Meeting.objects.get().state == "preparing"


def test_agenda_must_not_be_empty_and_must_keep_the_order(ring):
    meeting = ring.convene()
    assert guards.agenda_in_order(meeting, None) == ""
    last, first = meeting.agenda.get(order=3), meeting.agenda.get(order=1)
    meeting.agenda.filter(pk=last.pk).update(order=99)
    meeting.agenda.filter(pk=first.pk).update(order=100)
    assert guards.agenda_in_order(meeting, None)
    meeting.agenda.all().delete()
    assert guards.agenda_in_order(meeting, None)


def test_attendance_is_complete_before_the_meeting_closes(ring):
    meeting = ring.convene()
    assert "2" in guards.attendance_recorded(meeting, None)
    ring.mark(meeting, "an", True)
    assert "1" in guards.attendance_recorded(meeting, None)
    ring.mark(meeting, "binh", False)
    assert guards.attendance_recorded(meeting, None) == ""


def test_absent_and_unsubmitted_do_not_keep_the_meeting_open(ring):
    meeting = ring.convene()
    for short in ("TT-SKH", "an", "binh"):
        assert str(ring.review(short).subject) in guards.every_subject_heard(meeting, None)
    ring.mark(meeting, "binh", False)
    assert "Trần Thị Bình" not in guards.every_subject_heard(meeting, None)
    Review.objects.filter(pk__in=[ring.review("TT-SKH").pk, ring.review("an").pk]).update(state="self_review")
    assert guards.every_subject_heard(meeting, None) == ""


def test_conclude_gathers_every_reason_at_once(ring):
    review = ring.review("binh")
    with pytest.raises(Blocked) as blocked:
        advance(review, "conclude", actor=ring.users["nga"], version=review.version)
    assert len(blocked.value.reasons) == 3
    assert ring.review("binh").state == "meeting"


@pytest.mark.parametrize("move", ["conclude", "return", "postpone"])
@pytest.mark.parametrize("short", ["binh", "chi", "khanh", "dung", "quan", "tu"])
def test_moves_of_the_venue_are_not_for_others(ring, short, move):
    review = ring.review("binh")
    with pytest.raises(Forbidden):
        advance(review, move, actor=ring.users[short], version=review.version, note="Lý do")


def test_postponed_review_comes_back_for_another_session(ring):
    review = ring.review("binh")
    postponed = advance(review, "postpone", actor=ring.users["nga"], version=review.version, note="Đang điều trị")
    meeting = ring.convene(held_on=THURSDAY, circulated_on=THURSDAY - timedelta(days=9))
    assert not meeting.agenda.filter(review=review).exists()
    advance(postponed, "resume", actor=ring.users["nga"], version=postponed.version)
    meetings.bring_agenda_up_to_date(meeting=meeting, actor=ring.users["nga"])
    assert meeting.agenda.get(review=review).order == 3
