"""The gate before the meeting: what holds it shut, what the secretary is told, and each way out that he is offered."""

import pytest
from django.urls import reverse

from orgs.models import Blocked, User
from orgs.services.transitions import advance
from reviews.models import Meeting, PromptList, Review
from reviews.services.meeting import explanations, prompt_lists
from tests.reviews.meeting import test_prompts as given

OWED = "Chưa gửi báo cáo giải trình: Nguyễn Văn Ấn."
NOT_NOTED = "Báo cáo giải trình chưa được ghi nhận là đạt yêu cầu: Nguyễn Văn Ấn."


def is_open(meeting):
    """Whether the secretary can open the session now; tried and kept."""
    fresh = Meeting.objects.get(pk=meeting.pk)
    try:
        advance(fresh, "open", actor=fresh_secretary(), version=fresh.version)
    except Blocked:
        return False
    return True


def fresh_secretary():
    return User.objects.get(username="nga")


def send(ring, prompt):
    given.explain(ring, prompt)
    advance(prompt, "send", actor=ring.users["an"], version=prompt.version)


def postpone(ring, prompt):
    review = Review.objects.get(pk=prompt.review_id)
    advance(review, "postpone", actor=ring.users["nga"], version=review.version, note="Đi công tác dài ngày")


def withdraw(ring, prompt):
    papers = {"note": "Nhầm đối tượng", "document_ref": "130-CV/TU"}
    advance(prompt, "withdraw", actor=ring.users["giang"], version=prompt.version, **papers)


def ask_for_the_note(ring, *, is_needed=True):
    row = PromptList.objects.get()
    prompt_lists.set_note_needed(prompt_list=row, is_needed=is_needed, version=row.version, actor=ring.users["giang"])


def note(ring, prompt, mark="sufficient"):
    words = "" if mark == "sufficient" else "Thiếu minh chứng"
    return explanations.note_explanation(
        prompt=prompt, mark=mark, text=words, version=prompt.version, actor=ring.users["giang"]
    )


# ------------------------------------------------------------------------------------------------ the report is owed


@pytest.mark.parametrize("way_out", [send, postpone, withdraw], ids=lambda way: way.__name__)
def test_each_way_out_that_is_named_opens_the_meeting(ring, way_out):
    prompt = given.issued(ring)
    meeting = ring.convene()
    assert not is_open(meeting)
    way_out(ring, prompt)
    assert is_open(meeting)


def test_the_secretary_reads_who_owes_and_what_can_be_done(ring, login):
    given.issued(ring)
    meeting = ring.convene()
    shown = login("nga").get(reverse("reviews:meeting_detail", args=[meeting.uuid])).content.decode()
    assert OWED in shown
    for way_out in ("Đề nghị gửi ngay", "hoãn kiểm điểm đối tượng đó", "thu hồi gợi ý"):
        assert way_out in shown


def test_a_button_from_an_old_page_is_refused_with_the_reason(ring, login):
    meeting = ring.convene()
    given.issued(ring)
    address = reverse("reviews:meeting_act", args=[meeting.uuid, "open"])
    answer = login("nga").post(address, {"version": meeting.version}, follow=True)
    assert [str(said).startswith(OWED) for said in answer.context["messages"]] == [True]
    assert Meeting.objects.get(pk=meeting.pk).state == "preparing"


def test_every_subject_that_owes_is_named(ring):
    given.issued(ring)
    given.issued(ring, "TT-SKH")
    meeting = ring.convene()
    with pytest.raises(Blocked) as refused:
        advance(meeting, "open", actor=ring.users["nga"], version=meeting.version)
    told = " ".join(map(str, refused.value.reasons))
    assert ("Nguyễn Văn Ấn" in told, "Tập thể lãnh đạo Sở Kế hoạch và Đầu tư" in told) == (True, True)


@pytest.mark.parametrize("short", ["dung", "TT-SYT"])
def test_what_others_owe_holds_up_nobody(ring, short):
    given.issued(ring, short)
    assert is_open(ring.convene())


def test_a_draft_holds_up_nobody(ring):
    given.draft(ring)
    assert is_open(ring.convene())


def test_a_report_that_was_returned_is_owed_again(ring):
    prompt = given.sent(ring)
    advance(prompt, "return", actor=ring.users["giang"], version=prompt.version, note="Bổ sung")
    assert not is_open(ring.convene())


def test_the_report_is_asked_for_at_each_place_that_hears_the_subject(ring):
    given.issued(ring)
    cell, work = ring.convene("CU-SKH"), ring.convene()
    assert (is_open(cell), is_open(work)) == (False, False)


def test_a_second_part_of_the_list_holds_up_its_own_subjects(ring):
    given.sent(ring)
    given.issued(ring, "TT-SKH")
    meeting = ring.convene()
    with pytest.raises(Blocked) as refused:
        advance(meeting, "open", actor=ring.users["nga"], version=meeting.version)
    assert "Nguyễn Văn Ấn" not in " ".join(map(str, refused.value.reasons))


# -------------------------------------------------------------------------------------------- the note of the officer


@pytest.mark.parametrize("mark", ["", "more_needed", "sufficient"])
@pytest.mark.parametrize("is_needed", [False, True], ids=["not asked for", "asked for"])
def test_the_note_counts_only_where_the_list_asks_for_it(ring, mark, is_needed):
    prompt = given.sent(ring)
    if is_needed:
        ask_for_the_note(ring)
    if mark:
        note(ring, prompt, mark)
    assert is_open(ring.convene()) is (mark == "sufficient" or not is_needed)


def test_switched_off_again_the_meeting_opens(ring):
    given.sent(ring)
    ask_for_the_note(ring)
    meeting = ring.convene()
    assert not is_open(meeting)
    ask_for_the_note(ring, is_needed=False)
    assert is_open(meeting)


def test_the_secretary_reads_that_the_note_is_missing_and_who_gives_it(ring, login):
    given.sent(ring)
    ask_for_the_note(ring)
    meeting = ring.convene()
    shown = login("nga").get(reverse("reviews:meeting_detail", args=[meeting.uuid])).content.decode()
    assert (NOT_NOTED in shown, "Cán bộ tham mưu ghi nhận hoặc trả lại" in shown) == (True, True)


def test_a_note_that_fell_with_the_return_is_needed_anew(ring):
    prompt = given.sent(ring)
    ask_for_the_note(ring)
    prompt = note(ring, prompt)
    prompt = advance(prompt, "return", actor=ring.users["giang"], version=prompt.version, note="Bổ sung")
    prompt = advance(prompt, "send", actor=ring.users["an"], version=prompt.version)
    meeting = ring.convene()
    assert not is_open(meeting)
    note(ring, prompt)
    assert is_open(meeting)


def test_who_was_put_off_is_waited_for_by_no_note_either(ring):
    prompt = given.sent(ring)
    ask_for_the_note(ring)
    meeting = ring.convene()
    postpone(ring, prompt)
    assert is_open(meeting)


def test_the_review_itself_is_not_concluded_past_the_gate(ring):
    """The list asked for the note after the session was opened: the subject still is not passed on."""
    given.sent(ring)
    meeting = ring.open("CU-SKH")
    ring.hear(meeting, "an")
    work = ring.open()
    ask_for_the_note(ring)
    ring.hear(work, "TT-SKH")
    with pytest.raises(Blocked, match="chưa ghi nhận báo cáo giải trình"):
        ring.hear(work, "an")
    assert ring.review("an").state == "meeting"
