"""The superior's working group at the meeting: it reads the page of its one subject and nothing else of the session."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from orgs.models import Message
from orgs.services.transitions import advance
from reviews.models import AgendaItem, Comment, Meeting, Review
from reviews.services.meeting import comments, deliveries, meetings
from tests.reviews.meeting import test_prompts as given

PAPER = "Quyết định số 90-QĐ/TU"


def follow(ring, prompt, short="khanh"):
    return deliveries.name_group_member(
        prompt=prompt, person=ring.people[short], task="Tổ trưởng", document=PAPER, actor=ring.users["giang"]
    )


def item_page(item, name="meeting_item", *more):
    return reverse(f"reviews:{name}", args=[item.meeting.uuid, item.uuid, *more])


def text(answer):
    return answer.content.decode()


@pytest.fixture
def followed(ring):
    """An is prompted and has explained; Khánh follows him; his leadership collective is convened."""
    prompt = given.sent(ring)
    follow(ring, prompt)
    return prompt, ring.convene()


# ----------------------------------------------------------------------------------------- this subject, no other


def test_the_group_reads_the_page_of_its_subject_and_of_no_other(ring, login, followed):
    _prompt, meeting = followed
    client = login("khanh")
    statuses = {short: client.get(item_page(ring.item(meeting, short))).status_code for short in ("an", "binh")}
    assert statuses == {"an": 200, "binh": 404}
    assert client.get(item_page(ring.item(meeting, "TT-SKH"))).status_code == 404


def test_a_group_of_a_collective_reads_the_collective_and_not_its_members(ring, login):
    follow(ring, given.sent(ring, "TT-SKH", "nga"))
    meeting = ring.convene()
    statuses = [
        login("khanh").get(item_page(ring.item(meeting, short))).status_code for short in ("TT-SKH", "an", "binh")
    ]
    assert statuses == [200, 404, 404]


@pytest.mark.parametrize("name", ["meeting_detail", "minutes", "meeting_edit"])
def test_the_session_itself_stays_closed_to_the_group(ring, login, followed, name):
    _prompt, meeting = followed
    assert login("khanh").get(reverse(f"reviews:{name}", args=[meeting.uuid])).status_code == 404


def test_the_session_is_on_no_list_of_the_group(ring, login, followed):
    _prompt, meeting = followed
    assert reverse("reviews:meeting_detail", args=[meeting.uuid]) in text(login("nga").get("/meetings"))
    assert str(meeting.uuid) not in text(login("khanh").get(reverse("reviews:meeting_list")))


def test_the_big_screen_is_not_for_the_group(ring, login, followed):
    _prompt, meeting = followed
    assert login("khanh").get(item_page(ring.item(meeting, "an"), "meeting_projector")).status_code == 404


def test_the_page_shows_the_subject_and_hides_its_neighbours(ring, login, followed):
    _prompt, meeting = followed
    item = ring.item(meeting, "an")
    shown = text(login("khanh").get(item_page(item))).split('id="main"')[1]
    assert "Nguyễn Văn Ấn" in shown
    assert "Vướng mặt bằng" in shown
    assert "Trần Thị Bình" not in shown
    assert reverse("reviews:meeting_detail", args=[meeting.uuid]) not in shown
    whole = text(login("nga").get(item_page(item))).split('id="main"')[1]
    assert "Trần Thị Bình" in whole
    assert reverse("reviews:meeting_detail", args=[meeting.uuid]) in whole


def test_the_group_reads_comments_and_conclusion_of_its_subject(ring, login, followed):
    _prompt, meeting = followed
    meeting.refresh_from_db()
    advance(meeting, "open", actor=ring.users["nga"], version=meeting.version)
    item = ring.item(meeting, "an")
    comments.add_comment(item=item, text="Cần nêu rõ mốc giải ngân.", actor=ring.users["nga"], speaker="Tập thể")
    Meeting.objects.filter(pk=meeting.pk).update(state="closed")
    AgendaItem.objects.filter(pk=item.pk).update(conclusion="Đã làm rõ trách nhiệm.", is_heard=True)
    shown = text(login("khanh").get(item_page(item)))
    assert "Cần nêu rõ mốc giải ngân." in shown
    assert "Đã làm rõ trách nhiệm." in shown
    assert "<textarea" not in shown.split('id="main"')[1]


@pytest.mark.parametrize(
    ("name", "form"),
    [("comment_add", {"text": "Tôi ghi thay."}), ("item_hear", {"answer": "x", "conclusion": "y", "version": 1})],
)
def test_the_group_writes_nothing_at_the_meeting(ring, login, followed, name, form):
    _prompt, meeting = followed
    meeting.refresh_from_db()
    advance(meeting, "open", actor=ring.users["nga"], version=meeting.version)
    item = ring.item(meeting, "an")
    assert login("khanh").post(item_page(item, name), form).status_code == 403
    assert login("khanh").post(item_page(ring.item(meeting, "binh"), name), form).status_code == 404
    assert not Comment.objects.exists()
    assert not AgendaItem.objects.filter(is_heard=True).exists()


# --------------------------------------------------------------------------------------------------- for how long


@pytest.mark.parametrize("end", ["released", "withdrawn", "cycle closed", "back to writing", "not prompted"])
def test_the_page_closes_when_the_right_to_it_ends(ring, login, end):
    prompt = given.issued(ring)
    member = follow(ring, prompt)
    item = ring.item(ring.convene(), "an")
    assert login("khanh").get(item_page(item)).status_code == 200
    if end == "released":
        deliveries.release_group_member(member=member, actor=ring.users["giang"])
    elif end == "withdrawn":
        advance(prompt, "withdraw", actor=ring.users["giang"], version=prompt.version, note="Nhầm", document_ref="CV 9")
    elif end == "cycle closed":
        type(ring.cycle).objects.filter(pk=ring.cycle.pk).update(closed_at=timezone.now())
    elif end == "back to writing":
        Review.objects.filter(pk=prompt.review_id).update(state="self_review")
    else:
        type(prompt).objects.filter(pk=prompt.pk).update(state="draft")
    assert login("khanh").get(item_page(item)).status_code == 404


@pytest.mark.parametrize("state", ["meeting", "finishing", "finished"])
def test_the_page_stays_open_until_the_review_is_finished(ring, login, followed, state):
    prompt, meeting = followed
    Review.objects.filter(pk=prompt.review_id).update(state=state)
    assert login("khanh").get(item_page(ring.item(meeting, "an"))).status_code == 200


def test_each_place_that_hears_the_subject_is_read(ring, login):
    follow(ring, given.sent(ring))
    items = [ring.item(ring.convene(code), "an") for code in ("CU-SKH", "TT-SKH")]
    shown = text(login("khanh").get(reverse("reviews:prompt_detail", args=[ring.review("an").prompts.get().uuid])))
    for item in items:
        assert login("khanh").get(item_page(item)).status_code == 200
        assert item_page(item) in shown


# ------------------------------------------------------------------------------------------------ finding the way


def test_the_prompt_leads_the_group_to_the_session_once_there_is_one(ring, login):
    prompt = given.sent(ring)
    follow(ring, prompt)
    url = reverse("reviews:prompt_detail", args=[prompt.uuid])
    waiting = "Phiên kiểm điểm đối tượng này sẽ hiện ở đây"
    assert waiting in text(login("khanh").get(url))
    item = ring.item(ring.convene(), "an")
    shown = text(login("khanh").get(url))
    assert (item_page(item) in shown, waiting in shown) == (True, False)
    others = [text(login(short).get(url)) for short in ("an", "giang", "nga")]
    assert not any(waiting in page or item_page(item) in page for page in others)


def test_the_group_is_told_of_the_session_and_again_when_it_is_moved(ring, followed):
    prompt, meeting = followed
    told = Message.objects.filter(recipient=ring.users["khanh"], dedup_key__contains="prompt-session")
    assert told.get().subject == (
        f"Nguyễn Văn Ấn (đồng chí theo dõi trong tổ công tác) được kiểm điểm ngày {meeting.held_on:%d/%m/%Y}"
    )
    assert told.get().url == reverse("reviews:prompt_detail", args=[prompt.uuid])
    meeting.refresh_from_db()
    words = meetings.Convened(held_on=meeting.held_on + timezone.timedelta(days=3), circulated_on=meeting.circulated_on)
    meetings.change_session(meeting=meeting, convened=words, version=meeting.version, actor=ring.users["nga"])
    assert told.count() == 2


def test_who_left_the_group_or_follows_another_is_not_told(ring):
    prompt = given.issued(ring)
    deliveries.release_group_member(member=follow(ring, prompt), actor=ring.users["giang"])
    follow(ring, given.issued(ring, "dung"), "em")
    ring.convene()
    assert not Message.objects.filter(dedup_key__contains="prompt-session").exists()


def test_the_page_costs_the_group_as_much_with_three_items_as_with_one(ring, login, followed):
    _prompt, meeting = followed
    client, url = login("khanh"), item_page(ring.item(meeting, "an"))
    client.get(url)
    with CaptureQueriesContext(connection) as whole:
        client.get(url)
    meeting.agenda.exclude(review=ring.review("an")).delete()
    with CaptureQueriesContext(connection) as alone:
        client.get(url)
    assert len(whole) == len(alone)
