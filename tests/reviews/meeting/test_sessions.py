"""Sessions: convening, the agenda in the legal order, attendance, hearing one after the other, closing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from orgs.models import AuditEvent, Blocked, Forbidden, Message, Refusal, Stale
from orgs.services.transitions import advance
from reviews.models import AgendaItem, Meeting, MeetingMode, Review, SectionNote, Snapshot
from reviews.services.meeting import comments, meetings


def names(meeting):
    rows = meeting.agenda.select_related("review__person", "review__collective").order_by("order")
    return [str(item.review.subject) for item in rows]


def test_agenda_keeps_the_legal_order_and_members_are_summoned(ring):
    meeting = ring.convene()
    assert names(meeting) == ["Tập thể lãnh đạo Sở Kế hoạch và Đầu tư", "Nguyễn Văn Ấn", "Trần Thị Bình"]
    assert [str(row.person) for row in meeting.attendance.all()] == ["Nguyễn Văn Ấn", "Trần Thị Bình"]
    assert (meeting.state, meeting.number) == ("preparing", 1)


def test_cell_summons_the_subjects_who_are_not_on_its_committee(ring):
    meeting = ring.convene("CU-SKH")
    assert names(meeting)[0] == "Nguyễn Văn Ấn"
    summoned = {str(row.person) for row in meeting.attendance.all()}
    assert {"Nguyễn Văn Ấn", "Trần Thị Bình", "Lê Thị Kim Chi", "Ngô Thanh Nga", "Đặng Kiều Oanh"} == summoned


def test_everybody_summoned_is_told_once_and_again_when_the_day_moves(ring):
    meeting = ring.convene()
    told = Message.objects.filter(dedup_key__contains=str(meeting.uuid))
    assert {row.recipient.username for row in told} == {"an", "binh"}
    assert told.first().subject.startswith("Hội nghị kiểm điểm")
    moved = meetings.Convened(held_on=meeting.held_on + timedelta(days=1), circulated_on=meeting.circulated_on)
    meetings.change_session(meeting=meeting, convened=moved, version=meeting.version, actor=ring.users["nga"])
    assert told.all().count() == 4


@pytest.mark.parametrize("short", ["binh", "chi", "oanh", "giang", "khanh", "dung", "tu"])
def test_only_head_and_secretary_convene(ring, short):
    with pytest.raises(Forbidden):
        ring.convene(actor=short)
    assert not Meeting.objects.exists()


def test_party_secretary_convenes_the_cell(ring):
    assert ring.convene("CU-SKH", actor="oanh").collective.code == "CU-SKH"


def test_second_session_waits_until_the_first_is_closed(ring):
    ring.convene()
    with pytest.raises(Refusal, match="chưa kết thúc|chưa đóng|not closed"):
        ring.convene()


def test_drafts_are_not_sent_after_the_meeting(ring):
    today = timezone.localdate()
    with pytest.raises(Refusal) as refused:
        ring.convene(circulated_on=today + timedelta(days=1))
    assert refused.value.field == "circulated_on"


def test_circulation_day_goes_to_the_reviews_on_the_agenda(ring):
    meeting = ring.convene()
    assert ring.review("an").circulated_on == meeting.circulated_on
    assert ring.review("chi").circulated_on is None


def test_agenda_takes_in_a_late_head_before_the_members(ring):
    Review.objects.filter(pk=ring.review("an").pk).update(state="postponed")
    meeting = ring.convene()
    assert "Nguyễn Văn Ấn" not in names(meeting)
    ring.submit("an")
    meetings.bring_agenda_up_to_date(meeting=meeting, actor=ring.users["nga"])
    assert names(meeting) == ["Tập thể lãnh đạo Sở Kế hoạch và Đầu tư", "Nguyễn Văn Ấn", "Trần Thị Bình"]
    assert list(meeting.agenda.values_list("order", flat=True)) == [1, 2, 3]


def test_agenda_brought_up_to_date_twice_is_the_same(ring):
    meeting = ring.open()
    ring.hear(meeting, "TT-SKH")
    for _time in range(2):
        meetings.bring_agenda_up_to_date(meeting=meeting, actor=ring.users["nga"])
    assert list(meeting.agenda.values_list("order", flat=True)) == [1, 2, 3]
    assert meeting.agenda.get(order=1).is_heard


def test_session_for_grades_alone_opens_without_an_agenda(ring):
    meeting = ring.convene(mode=MeetingMode.RATING)
    assert not meeting.agenda.exists()
    assert advance(meeting, "open", actor=ring.users["nga"], version=meeting.version).state == "open"


def test_change_of_a_session_is_refused_with_an_old_version(ring):
    meeting = ring.convene()
    convened = meetings.Convened(held_on=meeting.held_on, place="Phòng họp số 1")
    meetings.change_session(meeting=meeting, convened=convened, version=1, actor=ring.users["nga"])
    with pytest.raises(Stale):
        meetings.change_session(meeting=meeting, convened=convened, version=1, actor=ring.users["an"])


def test_absence_needs_a_reason_and_nothing_is_half_recorded(ring):
    meeting = ring.convene()
    first, second = meeting.attendance.all()
    presence = {first.pk: meetings.Presence(True), second.pk: meetings.Presence(False, "  ")}
    with pytest.raises(Refusal) as refused:
        meetings.record_attendance(
            meeting=meeting, presence=presence, proceedings="", version=1, actor=ring.users["nga"]
        )
    assert refused.value.field == f"reason-{second.pk}"
    assert set(meeting.attendance.values_list("is_present", flat=True)) == {None}


def test_attendance_is_refused_with_an_old_version(ring):
    meeting = ring.convene()
    ring.attend(meeting)
    with pytest.raises(Stale):
        meetings.record_attendance(meeting=meeting, presence={}, proceedings="", version=1, actor=ring.users["nga"])


def test_who_was_heard_cannot_be_marked_absent_afterwards(ring):
    meeting = ring.open("CU-SKH")
    ring.hear(meeting, "an")
    with pytest.raises(Refusal, match="Nguyễn Văn Ấn"):
        ring.attend(meeting, absent=["an"])


def test_comment_needs_words_and_a_speaker_and_never_comes_from_the_subject(ring):
    meeting = ring.open()
    item, nga = ring.item(meeting, "an"), ring.users["nga"]
    for given, field in (
        ({"text": " ", "person": ring.people["binh"]}, "text"),
        ({"text": "Cần quyết liệt hơn"}, "speaker"),
        ({"text": "Tôi làm tốt", "person": ring.people["an"]}, "person"),
    ):
        with pytest.raises(Refusal) as refused:
            comments.add_comment(item=item, actor=nga, **given)
        assert refused.value.field == field
    assert not item.comments.exists()


def test_comment_is_kept_in_composed_letters(ring):
    meeting = ring.open()
    comment = comments.add_comment(
        item=ring.item(meeting, "an"),
        text="Ca\u0302\u0300n quye\u0302\u0301t lie\u0323\u0302t hơn",
        person=ring.people["binh"],
        actor=ring.users["nga"],
    )
    comment.refresh_from_db()
    assert comment.text == "Cần quyết liệt hơn"


def test_comment_is_refused_before_the_session_opens(ring):
    meeting = ring.convene()
    with pytest.raises(Stale):
        comments.add_comment(
            item=ring.item(meeting, "an"), text="Tốt", person=ring.people["binh"], actor=ring.users["nga"]
        )


@pytest.mark.parametrize("short", ["binh", "chi", "giang", "quan", "khanh", "tu"])
def test_only_who_keeps_the_meeting_writes_into_it(ring, short):
    meeting = ring.open()
    with pytest.raises(Forbidden):
        ring.hear(meeting, "TT-SKH", actor=short)
    with pytest.raises(Forbidden):
        comments.add_comment(item=ring.item(meeting, "an"), text="x", speaker="y", actor=ring.users[short])


def test_review_leaves_the_meeting_when_its_last_venue_has_heard_it(ring):
    cell = ring.open("CU-SKH")
    ring.hear(cell, "an")
    assert ring.review("an").state == "meeting"
    work = ring.open()
    ring.hear(work, "TT-SKH")
    ring.hear(work, "an", "Khắc phục việc chậm giải ngân")
    review = ring.review("an")
    assert review.state == "finishing"
    assert Snapshot.objects.filter(review=review, kind="meeting").count() == 1
    notes = SectionNote.objects.filter(review=review, source="meeting").values_list("text", flat=True)
    assert list(notes) == ["Hội nghị nhất trí với bản kiểm điểm", "Khắc phục việc chậm giải ngân"]
    assert AuditEvent.objects.filter(action="review.hear", object_id=str(review.uuid)).count() == 2


@pytest.mark.parametrize(
    ("heard", "then", "named"),
    [
        ([], "an", "Tập thể lãnh đạo Sở Kế hoạch và Đầu tư"),
        ([], "binh", "Tập thể lãnh đạo Sở Kế hoạch và Đầu tư"),
        (["TT-SKH"], "binh", "Nguyễn Văn Ấn"),
    ],
)
def test_nobody_is_heard_before_his_turn(ring, heard, then, named):
    meeting = ring.open()
    for short in heard:
        ring.hear(meeting, short)
    with pytest.raises(Refusal, match=named):
        ring.hear(meeting, then)
    assert not ring.item(meeting, then).is_heard


def test_absent_subject_gets_another_session(ring):
    meeting = ring.open("CU-SKH", absent=["chi"])
    ring.hear(meeting, "an")
    with pytest.raises(Refusal, match="Lê Thị Kim Chi"):
        ring.hear(meeting, "chi")
    ring.hear(meeting, "binh")
    meeting = Meeting.objects.get(pk=meeting.pk)
    advance(meeting, "close", actor=ring.users["nga"], version=meeting.version)
    again = ring.convene("CU-SKH")
    assert again.number == 2
    assert "Lê Thị Kim Chi" in names(again)
    assert "Trần Thị Bình" not in names(again)


def test_hearing_needs_a_conclusion_a_submitted_text_and_the_present_version(ring):
    meeting = ring.open("CU-SKH")
    item = ring.item(meeting, "an")
    with pytest.raises(Refusal) as refused:
        ring.hear(meeting, "an", "   ")
    assert refused.value.field == "conclusion"
    Review.objects.filter(pk=item.review_id).update(state="self_review")
    with pytest.raises(Refusal, match="Nguyễn Văn Ấn"):
        ring.hear(meeting, "an")
    Review.objects.filter(pk=item.review_id).update(state="meeting")
    with pytest.raises(Stale):
        meetings.hear(item=item, answer="", conclusion="Tốt", version=item.version + 1, actor=ring.users["nga"])
    assert not SectionNote.objects.filter(review=item.review).exists()


def test_conclusion_written_anew_replaces_the_one_nobody_answered(ring):
    meeting = ring.open("CU-SKH")
    ring.hear(meeting, "an", "Nhầm")
    ring.hear(meeting, "an", "Đúng")
    assert list(SectionNote.objects.filter(review=ring.review("an")).values_list("text", flat=True)) == ["Đúng"]


def test_returned_for_completion_with_notes_and_told_at_once(ring):
    review = ring.review("an")
    moved = meetings.return_review(
        review=review,
        move_note="Thiếu số liệu",
        notes={"strengths.2": "Nêu số thủ tục", "shortcomings": "  "},
        version=review.version,
        actor=ring.users["nga"],
    )
    assert moved.state == "self_review"
    assert list(SectionNote.objects.filter(review=review).values_list("section_key", "text", "source")) == [
        ("strengths.2", "Nêu số thủ tục", "return")
    ]
    message = Message.objects.get(recipient=ring.users["an"], is_urgent=True)
    assert (message.body, message.url) == ("Thiếu số liệu", f"/reviews/{review.uuid}")


def test_return_needs_a_reason_and_writes_no_note_without(ring):
    review = ring.review("an")
    with pytest.raises(Refusal):
        meetings.return_review(
            review=review, move_note=" ", notes={"shortcomings": "x"}, version=review.version, actor=ring.users["nga"]
        )
    assert not SectionNote.objects.filter(review=review).exists()


def test_returned_to_the_meeting_the_last_venue_hears_again(ring):
    work = ring.hear_cell_and_work("TT-SKH", "an")
    review = ring.review("an")
    meetings.return_review(
        review=review, move_note="Cần làm rõ", notes={}, version=review.version, actor=ring.users["nga"]
    )
    assert list(review.venues.filter(heard_at=None).values_list("collective__code", flat=True)) == ["TT-SKH"]
    assert not ring.item(work, "an").is_heard
    ring.hear(work, "an", "Đã làm rõ")
    assert ring.review("an").state == "finishing"


def test_meeting_closes_when_everybody_present_was_heard(ring):
    meeting = ring.open()
    with pytest.raises(Blocked, match="Nguyễn Văn Ấn"):
        advance(meeting, "close", actor=ring.users["nga"], version=meeting.version)
    cell = ring.open("CU-SKH")
    ring.hear(cell, "an")
    ring.hear(cell, "binh")
    for short in ("TT-SKH", "an", "binh"):
        ring.hear(meeting, short)
    closed = advance(Meeting.objects.get(pk=meeting.pk), "close", actor=ring.users["an"], version=meeting.version)
    assert closed.state == "closed"
    assert closed.closed_at is not None


def test_closed_meeting_is_not_written_into(ring):
    meeting = ring.convene(mode=MeetingMode.RATING)
    Meeting.objects.filter(pk=meeting.pk).update(state="closed")
    with pytest.raises(Stale):
        ring.attend(meeting)
    with pytest.raises(Stale):
        meetings.bring_agenda_up_to_date(meeting=meeting, actor=ring.users["nga"])
    assert not AgendaItem.objects.filter(meeting=meeting).exists()
