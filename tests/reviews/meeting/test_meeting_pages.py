"""The pages of meetings: who comes in, what they show, that nothing typed is lost, and how much they ask."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from orgs.services.transitions import advance
from reviews.models import Comment, FormOverride, Meeting, MeetingMode, SectionNote
from reviews.services.meeting import comments


def page(meeting, name="meeting_detail", *more):
    return reverse(f"reviews:{name}", args=[meeting.uuid, *more])


def text(answer):
    return answer.content.decode()


def queries(client, url):
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(url).status_code == 200
    return len(found)


@pytest.mark.parametrize(
    ("short", "status"),
    [
        ("an", 200),
        ("binh", 200),
        ("nga", 200),
        ("ha", 200),
        ("quan", 200),
        ("chi", 404),
        ("dung", 404),
        ("khanh", 404),
        ("lan", 404),
        ("tu", 404),
        ("phuc", 404),
    ],
)
@pytest.mark.parametrize("name", ["meeting_detail", "meeting_item"])
def test_meeting_is_read_by_its_own_and_by_who_watches(login, ring, short, status, name):
    meeting = ring.open()
    more = [ring.item(meeting, "an").uuid] if name == "meeting_item" else []
    assert login(short).get(page(meeting, name, *more)).status_code == status


@pytest.mark.parametrize(("short", "status"), [("an", 200), ("nga", 200), ("binh", 403), ("ha", 403), ("khanh", 404)])
@pytest.mark.parametrize("name", ["meeting_edit", "tally_enter"])
def test_forms_of_the_meeting_are_for_who_keeps_it(login, ring, short, status, name):
    assert login(short).get(page(ring.open(), name)).status_code == status


@pytest.mark.parametrize(("short", "status"), [("binh", 403), ("giang", 403), ("quan", 403), ("chi", 404), ("tu", 404)])
@pytest.mark.parametrize("name", ["meeting_agenda", "meeting_let_pass", "meeting_detail"])
def test_posts_of_the_wrong_people_change_nothing(login, ring, short, status, name):
    meeting = ring.convene()
    sent = {"version": 1, "guard": "quorum_present", "note": "x", "rest_present": "on"}
    assert login(short).post(page(meeting, name), sent).status_code == status
    assert not FormOverride.objects.exists()
    assert set(meeting.attendance.values_list("is_present", flat=True)) == {None}


def test_list_shows_sessions_and_where_to_convene(login, ring):
    shown = text(login("nga").get(reverse("reviews:meeting_list")))
    assert "Tập thể lãnh đạo Sở Kế hoạch và Đầu tư" in shown
    assert reverse("reviews:meeting_convene", args=[ring.cycle.uuid, ring.collectives["TT-SKH"].uuid]) in shown
    ring.open()
    shown = text(login("nga").get(reverse("reviews:meeting_list")))
    assert "0/3" in shown
    assert reverse("reviews:meeting_convene", args=[ring.cycle.uuid, ring.collectives["TT-SKH"].uuid]) not in shown
    assert "Chi ủy Chi bộ" not in text(login("tu").get(reverse("reviews:meeting_list")))


def test_list_asks_the_same_for_one_and_three_sessions(login, ring):
    url = reverse("reviews:meeting_list")
    first = ring.convene(mode=MeetingMode.RATING)
    Meeting.objects.update(state="closed")
    client = login("nga")
    client.get(url)
    one = queries(client, url)
    for _more in range(2):
        ring.convene(mode=MeetingMode.RATING)
        Meeting.objects.update(state="closed")
    assert queries(client, url) == one
    assert str(first.uuid) in text(client.get(url))


def test_list_is_filtered_by_state(login, ring):
    ring.convene()
    client = login("an")
    assert "/meetings/" in text(client.get(reverse("reviews:meeting_list"), {"state": "preparing"}))
    assert "0/3" not in text(client.get(reverse("reviews:meeting_list"), {"state": "closed"}))


def test_convening_through_the_page_leads_to_the_desk(login, ring):
    url = reverse("reviews:meeting_convene", args=[ring.cycle.uuid, ring.collectives["TT-SKH"].uuid])
    client = login("nga")
    assert "Nguyễn Văn Ấn" in text(client.get(url))
    sent = {
        "held_on": f"{timezone.localdate():%Y-%m-%d}",
        "mode": "both",
        "place": "Pho\u0300ng ho\u0323p 1",
        "chair": ring.people["an"].pk,
        "idempotency_key": str(uuid.uuid4()),
    }
    answers = [client.post(url, sent) for _time in range(2)]
    meeting = Meeting.objects.get()
    assert {answer.url for answer in answers} == {page(meeting)}
    assert (meeting.place, meeting.chair) == ("Phòng họp 1", ring.people["an"])


def test_convening_proposes_the_head_as_chair_and_the_secretary_of_the_collective(login, ring):
    url = reverse("reviews:meeting_convene", args=[ring.cycle.uuid, ring.collectives["TT-SKH"].uuid])
    form = login("an").get(url).context["form"]
    assert (form.initial["chair"], form.initial["secretary"]) == (ring.people["an"].pk, ring.people["nga"].pk)


def test_closing_is_asked_about_and_opening_is_not(login, ring):
    meeting = ring.convene("TT-SKH", mode=MeetingMode.RATING)
    question = 'data-confirm="Kết thúc hội nghị “Tập thể lãnh đạo Sở Kế hoạch và Đầu tư'
    shown = text(login("nga").get(page(meeting)))
    assert page(meeting, "meeting_act", "open") in shown
    assert "Khai mạc hội nghị “" not in shown
    advance(meeting, "open", actor=ring.users["nga"], version=meeting.version)
    ring.attend(meeting)
    assert question in text(login("nga").get(page(meeting)))


def test_convening_with_wrong_dates_keeps_what_was_typed(login, ring):
    url = reverse("reviews:meeting_convene", args=[ring.cycle.uuid, ring.collectives["TT-SKH"].uuid])
    today = timezone.localdate()
    sent = {"held_on": today, "mode": "both", "place": "Hội trường", "circulated_on": today + timedelta(days=2)}
    answer = login("nga").post(url, sent)
    assert answer.status_code == 422
    assert "Hội trường" in text(answer)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("short", ["binh", "giang", "khanh", "tu"])
def test_who_convenes_nothing_finds_no_page_to_do_it(login, ring, short):
    url = reverse("reviews:meeting_convene", args=[ring.cycle.uuid, ring.collectives["TT-SKH"].uuid])
    assert login(short).get(url).status_code == 404
    assert "task__act" not in text(login(short).get(reverse("reviews:meeting_create")))


def test_desk_shows_form_quorum_and_circulation(login, ring):
    today = timezone.localdate()
    shown = text(login("nga").get(page(ring.convene(held_on=today, circulated_on=today))))
    assert "2/3" in shown
    assert "Hướng dẫn 25-HD/BTCTW, mục 2" in shown
    assert "chưa thấy trong Quy định 124-QĐ/TW" in shown


def test_attendance_is_saved_from_the_desk(login, ring):
    meeting = ring.convene()
    an, binh = meeting.attendance.all()
    sent = {"version": 1, f"mark-{binh.pk}": "absent", f"reason-{binh.pk}": "Nghỉ ốm", "rest_present": "on"}
    answer = login("nga").post(page(meeting), sent)
    assert answer.url == page(meeting)
    an.refresh_from_db()
    binh.refresh_from_db()
    assert (an.is_present, binh.is_present, binh.reason) == (True, False, "Nghỉ ốm")


def test_attendance_without_a_reason_comes_back_with_the_course_typed(login, ring):
    meeting = ring.convene()
    binh = meeting.attendance.last()
    sent = {"version": 1, f"mark-{binh.pk}": "absent", "proceedings": "Đồng chí Ấn khai mạc"}
    answer = login("nga").post(page(meeting), sent)
    assert answer.status_code == 422
    assert "Đồng chí Ấn khai mạc" in text(answer)
    assert f"id_reason-{binh.pk}" in text(answer)


def test_attendance_saved_by_another_meanwhile_is_a_conflict_that_keeps_the_text(login, ring):
    meeting = ring.convene()
    ring.attend(meeting)
    answer = login("nga").post(page(meeting), {"version": 1, "proceedings": "Diễn biến tôi vừa gõ"})
    assert answer.status_code == 409
    assert "Diễn biến tôi vừa gõ" in text(answer)
    assert 'name="version" value="2"' in text(answer)


def test_form_without_a_version_is_refused(login, ring):
    meeting = ring.convene()
    assert login("nga").post(page(meeting), {"proceedings": "x"}).status_code == 409


def test_open_and_close_are_shown_with_their_reasons(login, ring):
    meeting = ring.convene()
    shown = text(login("nga").get(page(meeting)))
    assert reverse("reviews:meeting_act", args=[meeting.uuid, "open"]) in shown
    advance(meeting, "open", actor=ring.users["nga"], version=1)
    shown = text(login("nga").get(page(meeting)))
    assert "disabled" in shown
    assert reverse("reviews:meeting_act", args=[meeting.uuid, "close"]) not in shown
    assert "Nguyễn Văn Ấn" in shown.split('id="why-close"')[1].split("</div>")[0]


def test_act_opens_the_meeting_once(login, ring):
    meeting = ring.convene()
    sent = {"version": 1, "idempotency_key": str(uuid.uuid4())}
    client = login("nga")
    for _time in range(2):
        assert client.post(page(meeting, "meeting_act", "open"), sent).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.version) == ("open", 2)


def test_let_pass_is_offered_to_the_head_alone(login, ring):
    meeting = ring.convene()
    url = page(meeting, "meeting_let_pass")
    assert url in text(login("an").get(page(meeting)))
    assert url not in text(login("nga").get(page(meeting)))
    login("an").post(url, {"guard": "draft_circulated_in_time", "note": "Họp đột xuất theo yêu cầu Tỉnh ủy"})
    assert "Họp đột xuất theo yêu cầu Tỉnh ủy" in text(login("nga").get(page(meeting)))


def test_comment_and_hearing_through_the_pages(login, ring):
    meeting = ring.open("CU-SKH")
    item, client = ring.item(meeting, "an"), login("nga")
    url = page(meeting, "comment_add", item.uuid)
    sent = {
        "person": ring.people["binh"].pk,
        "section_key": "strengths.2",
        "text": "Chỉ đạo kịp thời",
        "idempotency_key": str(uuid.uuid4()),
    }
    for _time in range(2):
        assert client.post(url, sent).status_code == 302
    assert Comment.objects.get().text == "Chỉ đạo kịp thời"
    shown = text(client.get(page(meeting, "meeting_item", item.uuid)))
    assert "Trần Thị Bình · I.2" in shown
    answer = client.post(
        page(meeting, "item_hear", item.uuid),
        {"version": item.version, "answer": "Xin tiếp thu", "conclusion": "Đề nghị khắc phục"},
    )
    assert answer.url == page(meeting, "meeting_item", ring.item(meeting, "binh").uuid) or answer.url.startswith(
        page(meeting)
    )
    assert SectionNote.objects.get(review=item.review).text == "Đề nghị khắc phục"


def test_hearing_that_is_blocked_keeps_what_was_typed_and_names_every_reason(login, ring):
    cell = ring.open("CU-SKH", circulated_on=None)
    ring.hear(cell, "an")
    ring.hear(cell, "binh")
    item = ring.item(cell, "chi")
    answer = login("nga").post(
        page(cell, "item_hear", item.uuid),
        {"version": item.version, "answer": "Tôi xin tiếp thu", "conclusion": "Kết luận dài của đồng chí chủ trì"},
    )
    assert answer.status_code == 422
    assert "Kết luận dài của đồng chí chủ trì" in text(answer)
    assert "Tôi xin tiếp thu" in text(answer)
    assert "3" in text(answer).split("error-summary__title")[1].split("</ul>")[0]
    assert not ring.item(cell, "chi").is_heard


def test_hearing_with_an_old_version_is_a_conflict_that_keeps_the_text(login, ring):
    meeting = ring.open("CU-SKH")
    item = ring.item(meeting, "an")
    ring.hear(meeting, "an")
    answer = login("nga").post(
        page(meeting, "item_hear", item.uuid), {"version": item.version, "conclusion": "Chữ của tôi"}
    )
    assert answer.status_code == 409
    assert "Chữ của tôi" in text(answer)


def test_item_shows_who_must_be_heard_first_instead_of_the_form(login, ring):
    meeting = ring.open()
    shown = text(login("nga").get(page(meeting, "meeting_item", ring.item(meeting, "binh").uuid)))
    assert "Tập thể lãnh đạo Sở Kế hoạch và Đầu tư" in shown.split("alert-strip--warn")[1]
    assert 'name="conclusion"' not in shown


def test_member_reads_comments_and_gets_no_form(login, ring):
    meeting = ring.open()
    item = ring.item(meeting, "TT-SKH")
    comments.add_comment(item=item, text="Cần sát cơ sở hơn", speaker="Đồng chí Khách", actor=ring.users["nga"])
    shown = text(login("binh").get(page(meeting, "meeting_item", item.uuid)))
    assert "Cần sát cơ sở hơn" in shown
    assert "Đồng chí Khách" in shown
    assert 'name="text"' not in shown


def test_big_screen_shows_one_subject_to_who_keeps_the_meeting(login, ring):
    meeting = ring.open()
    url = page(meeting, "meeting_projector", ring.item(meeting, "an").uuid)
    shown = text(login("nga").get(url))
    assert "page projector" in shown
    assert "<h1>Nguyễn Văn Ấn</h1>" in shown
    assert login("binh").get(url).status_code == 403


def test_desk_asks_the_same_for_one_and_for_three_items(login, ring):
    meeting = ring.open()
    client = login("nga")
    client.get(page(meeting))
    three = queries(client, page(meeting))
    meeting.agenda.exclude(order=1).delete()
    assert queries(client, page(meeting)) == three


def test_session_is_changed_with_its_version(login, ring):
    meeting = ring.convene()
    sent = {"held_on": f"{meeting.held_on:%Y-%m-%d}", "mode": "both", "place": "Tầng 3", "version": 1}
    assert login("an").post(page(meeting, "meeting_edit"), sent).status_code == 302
    answer = login("an").post(page(meeting, "meeting_edit"), sent | {"place": "Tầng 5"})
    assert answer.status_code == 409
    assert "Tầng 5" in text(answer)
    meeting.refresh_from_db()
    assert meeting.place == "Tầng 3"
