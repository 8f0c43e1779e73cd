"""Comments are corrected by who keeps the meeting until its minutes are closed; what stood there before is kept."""

import pytest
from django.urls import reverse

from orgs.models import AuditEvent, AuditText, Forbidden, Refusal, Stale
from orgs.services.audit import broken_links
from orgs.services.transitions import advance
from reviews.models import Comment
from reviews.services.meeting import comments
from reviews.services.meeting.comments import Said

WRONG, RIGHT = "Chưa sát cơ sở", "Cần sát cơ sở hơn nữa"


@pytest.fixture
def meeting(ring):
    return ring.open()


@pytest.fixture
def comment(ring, meeting):
    item = ring.item(meeting, "an")
    return comments.add_comment(item=item, text=WRONG, speaker="Đồng chí Khách", actor=ring.users["nga"])


def correct(ring, comment, text=RIGHT, *, by="nga", version=1, **more):
    said = Said(text, **{"speaker": "Đồng chí Khách", **more})
    return comments.correct_comment(comment=comment, said=said, version=version, actor=ring.users[by])


def address(comment):
    item = comment.item
    return reverse("reviews:comment_edit", args=[item.meeting.uuid, item.uuid, comment.uuid])


def item_page(comment):
    return reverse("reviews:meeting_item", args=[comment.item.meeting.uuid, comment.item.uuid])


def words(answer):
    return answer.content.decode()


@pytest.mark.parametrize("short", ["nga", "an"])
def test_secretary_and_head_correct_and_the_old_text_is_kept(ring, comment, short):
    corrected = correct(ring, comment, by=short, speaker="", person=ring.people["binh"], section_key="strengths.2")

    assert (corrected.text, corrected.person, corrected.speaker) == (RIGHT, ring.people["binh"], "")
    assert (corrected.section_key, corrected.version, corrected.entered_by) == ("strengths.2", 2, ring.users["nga"])
    event = AuditEvent.objects.get(action="comment.correct")
    assert (event.actor, event.object_id) == (ring.users[short], str(comment.uuid))
    assert dict(event.texts.values_list("key", "value")) == {"text": WRONG, "speaker": "Đồng chí Khách"}
    assert broken_links() == []


@pytest.mark.parametrize("short", ["binh", "chi", "oanh", "giang", "khanh", "lan", "tu"])
def test_nobody_else_corrects(ring, comment, short):
    with pytest.raises(Forbidden):
        correct(ring, comment, by=short)
    assert Comment.objects.get().text == WRONG
    assert not AuditText.objects.filter(event__action="comment.correct").exists()


def test_second_tab_does_not_overwrite_the_first(ring, comment):
    correct(ring, comment)
    with pytest.raises(Stale):
        correct(ring, comment, "Chữ của tab thứ hai")
    assert Comment.objects.get().text == RIGHT


def test_closed_minutes_stay_as_they_are(ring, meeting, comment):
    for short in ("TT-SKH", "an", "binh"):
        ring.hear(meeting, short)
    meeting.refresh_from_db()
    advance(meeting, "close", actor=ring.users["nga"], version=meeting.version)
    with pytest.raises(Stale):
        correct(ring, comment)
    assert Comment.objects.get().text == WRONG


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": WRONG}, "text"),
        ({"speaker": " "}, "speaker"),
        ({"person": "an", "speaker": ""}, "person"),
    ],
)
def test_correction_needs_words_a_speaker_and_a_difference(ring, comment, change, field):
    if person := change.get("person"):
        change = change | {"person": ring.people[person]}
    with pytest.raises(Refusal) as refused:
        correct(ring, comment, **change)
    assert refused.value.field == field
    assert Comment.objects.get().version == 1


def test_page_corrects_and_shows_what_stood_there_to_its_keepers_alone(ring, login, comment):
    client = login("nga")
    assert address(comment) in words(client.get(item_page(comment)))
    assert WRONG in words(client.get(address(comment)))
    sent = {"speaker": "Đồng chí Khách", "text": RIGHT, "version": 1}
    answer = client.post(address(comment), sent)
    assert (answer.status_code, answer.url) == (302, item_page(comment))
    shown = words(client.get(item_page(comment)))
    assert f"<del>{WRONG} · Đồng chí Khách</del>" in shown or f"<del>Đồng chí Khách · {WRONG}</del>" in shown
    member = words(login("binh").get(item_page(comment)))
    assert RIGHT in member
    assert WRONG not in member
    assert address(comment) not in member
    assert login("binh").get(address(comment)).status_code == 403


def test_late_correction_is_a_conflict_that_shows_both_texts(ring, login, comment):
    correct(ring, comment)
    client = login("nga")
    answer = client.post(address(comment), {"speaker": "Đồng chí Khách", "text": "Chữ của tôi", "version": 1})
    assert answer.status_code == 409
    shown = words(answer)
    assert RIGHT in shown
    assert "Chữ của tôi" in shown
    assert 'name="version" value="2"' in shown


def test_comment_of_another_item_is_not_found_under_this_one(ring, login, meeting, comment):
    other = ring.item(meeting, "binh")
    wrong = reverse("reviews:comment_edit", args=[meeting.uuid, other.uuid, comment.uuid])
    assert login("nga").get(wrong).status_code == 404


def test_item_asks_the_same_for_one_and_for_three_corrected_comments(
    ring, login, comment, django_assert_max_num_queries
):
    client = login("nga")
    correct(ring, comment)
    client.get(item_page(comment))
    with django_assert_max_num_queries(40) as one:
        client.get(item_page(comment))
    for number in range(2):
        more = comments.add_comment(
            item=comment.item, text=f"Ý kiến {number}", speaker="Khách", actor=ring.users["nga"]
        )
        correct(ring, more)
    with django_assert_max_num_queries(40) as three:
        client.get(item_page(comment))
    assert len(three) == len(one)
