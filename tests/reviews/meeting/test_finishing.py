"""After the meeting: conclusions answered, differences shown, the text finished; returning with notes."""

import uuid

import pytest
from django.urls import reverse

from orgs.models import AuditEvent, Blocked, Forbidden, Refusal, Stale
from orgs.selectors.word_differences import ADDED, GONE, KEPT, Piece, pieces
from orgs.services.transitions import advance
from reviews.models import Review, SectionAnswer, SectionNote, Snapshot
from reviews.selectors.writing.differences import differences
from reviews.selectors.writing.forms import form_of, part_of
from reviews.services.writing import finishing
from reviews.services.writing.finishing import Answered


@pytest.fixture
def heard(ring):
    """An's review, heard at both places, being finished."""
    ring.hear_cell_and_work("TT-SKH", "an")
    return ring.review("an")


def notes(review):
    return list(SectionNote.objects.filter(review=review, source="meeting").order_by("id"))


def answer_all(ring, review):
    given = {str(note.uuid): Answered("Đã bổ sung", "") for note in notes(review)}
    finishing.answer_notes(review=review, answers=given, actor=ring.users["an"])


def write(review, words):
    item = part_of(form_of(review), "shortcomings").items[0]
    SectionAnswer.objects.update_or_create(
        review=review, section_key="shortcomings", defaults={"content": {item.key: {"text": words}}}
    )


def page(review, name="finishing"):
    return reverse(f"reviews:{name}", args=[review.uuid])


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("một hai", "một hai", [Piece(KEPT, "một hai")]),
        ("", "một", [Piece(ADDED, "một")]),
        ("một", "", [Piece(GONE, "một")]),
        ("", "", []),
        (
            "giải ngân còn chậm",
            "giải ngân rất chậm",
            [Piece(KEPT, "giải ngân"), Piece(GONE, "còn"), Piece(ADDED, "rất"), Piece(KEPT, "chậm")],
        ),
    ],
)
def test_pieces_tell_word_by_word_what_changed(old, new, found):
    assert pieces(old, new) == found


def test_differences_compare_with_what_the_meeting_saw(ring):
    write(ring.review("an"), "Giải ngân còn chậm")
    ring.hear_cell_and_work("TT-SKH", "an")
    review = ring.review("an")
    assert differences(review) == []
    write(review, "Giải ngân rất chậm")
    (row,) = differences(review)
    assert [piece.kind for piece in row.pieces] == [KEPT, GONE, ADDED, KEPT]


def test_there_is_nothing_to_compare_before_the_meeting(ring):
    write(ring.review("an"), "Chậm")
    assert differences(ring.review("an")) == []


def test_review_is_finished_when_every_conclusion_is_answered(ring, heard):
    with pytest.raises(Blocked, match="2"):
        advance(heard, "finish", actor=ring.users["an"], version=heard.version)
    first = notes(heard)[0]
    finishing.answer_note(note=first, answer="Đã tiếp thu", actor=ring.users["an"])
    with pytest.raises(Blocked, match="1"):
        advance(heard, "finish", actor=ring.users["an"], version=heard.version)
    finishing.answer_note(note=notes(heard)[1], answer="Đã bổ sung số liệu", actor=ring.users["an"])
    done = advance(heard, "finish", actor=ring.users["an"], version=heard.version)
    assert done.state == "finished"
    assert done.finished_at is not None
    assert Snapshot.objects.filter(review=heard, kind="finished").count() == 1


def test_answering_is_written_into_the_history(ring, heard):
    answer_all(ring, heard)
    event = AuditEvent.objects.get(action="review.answer_conclusion")
    assert event.object_id == str(heard.uuid)
    assert sorted(row.value for row in event.texts.all()) == ["Đã bổ sung", "Đã bổ sung"]


def test_same_answers_twice_write_nothing_more(ring, heard):
    answer_all(ring, heard)
    before = list(SectionNote.objects.values_list("answered_at", flat=True))
    given = {str(note.uuid): Answered("Đã bổ sung", "Đã bổ sung") for note in notes(heard)}
    assert finishing.answer_notes(review=heard, answers=given, actor=ring.users["an"]) == []
    assert list(SectionNote.objects.values_list("answered_at", flat=True)) == before


def test_answer_that_somebody_changed_meanwhile_is_refused_with_all_others(ring):
    ring.hear_cell_and_work("TT-SKH")
    review = ring.review("TT-SKH")
    note = notes(review)[0]
    finishing.answer_note(note=note, answer="Của thư ký", actor=ring.users["nga"])
    with pytest.raises(Stale):
        finishing.answer_notes(
            review=review, answers={str(note.uuid): Answered("Của thủ trưởng", "")}, actor=ring.users["an"]
        )
    note.refresh_from_db()
    assert note.answer == "Của thư ký"


def test_empty_answer_reopens_its_conclusion(ring, heard):
    answer_all(ring, heard)
    first = notes(heard)[0]
    finishing.answer_notes(review=heard, answers={str(first.uuid): Answered(" ", "Đã bổ sung")}, actor=ring.users["an"])
    first.refresh_from_db()
    assert (first.answer, first.answered_at) == ("", None)
    with pytest.raises(Refusal):
        finishing.answer_note(note=first, answer="  ", actor=ring.users["an"])


@pytest.mark.parametrize("short", ["nga", "binh", "oanh", "giang", "khanh", "tu"])
def test_only_the_author_answers_and_finishes(ring, heard, short):
    with pytest.raises(Forbidden):
        finishing.answer_note(note=notes(heard)[0], answer="Hộ", actor=ring.users[short])
    with pytest.raises(Forbidden):
        advance(heard, "finish", actor=ring.users[short], version=heard.version)


def test_answers_are_written_while_finishing_only(ring, heard):
    Review.objects.filter(pk=heard.pk).update(state="finished")
    with pytest.raises(Stale):
        finishing.answer_note(note=notes(heard)[0], answer="Muộn", actor=ring.users["an"])


@pytest.mark.parametrize(
    ("short", "status"), [("an", 200), ("nga", 200), ("giang", 200), ("quan", 200), ("chi", 404), ("khanh", 404)]
)
def test_page_of_finishing_is_read_by_who_reads_the_review(login, ring, heard, short, status):
    answer = login(short).get(page(heard))
    assert answer.status_code == status
    assert ('name="answer-' in text(answer)) is (short == "an")


def test_page_shows_differences_conclusions_and_why_it_cannot_be_finished(login, ring, heard):
    write(heard, "Giải ngân chậm")
    shown = text(login("an").get(page(heard)))
    assert "<ins>Giải ngân chậm</ins>" in shown
    assert "Hội nghị nhất trí với bản kiểm điểm" in shown
    assert "còn 2 nội dung" in shown
    assert f'action="{page(heard, "review_finish")}"' not in shown


def test_answers_and_finishing_through_the_page_once(login, ring, heard):
    client = login("an")
    form = {f"answer-{note.uuid}": "Đã tiếp thu" for note in notes(heard)}
    assert client.post(page(heard), form).url == page(heard)
    shown = text(client.get(page(heard)))
    assert "Đã tiếp thu" in shown
    sent = {"version": heard.version, "idempotency_key": str(uuid.uuid4())}
    for _time in range(2):
        answer = client.post(page(heard, "review_finish"), sent)
        assert answer.url == reverse("reviews:review_detail", args=[heard.uuid])
    assert ring.review("an").state == "finished"


def test_finishing_too_early_leads_back_with_the_reason(login, ring, heard):
    client = login("an")
    answer = client.post(page(heard, "review_finish"), {"version": heard.version}, follow=True)
    assert answer.redirect_chain[0][0] == page(heard)
    assert "còn 2 nội dung" in text(answer)


def test_answers_saved_by_another_meanwhile_come_back_with_mine(login, ring):
    ring.hear_cell_and_work("TT-SKH")
    review = ring.review("TT-SKH")
    note = notes(review)[0]
    finishing.answer_note(note=note, answer="Của thư ký", actor=ring.users["nga"])
    answer = login("an").post(page(review), {f"answer-{note.uuid}": "Của tôi", f"seen-{note.uuid}": ""})
    assert answer.status_code == 409
    assert "Của tôi" in text(answer)
    note.refresh_from_db()
    assert note.answer == "Của thư ký"


def test_answer_with_lines_is_seen_as_it_was_saved(login, ring, heard):
    client, note = login("an"), notes(heard)[0]
    client.post(page(heard), {f"answer-{note.uuid}": "Dòng một\r\nDòng hai"})
    note.refresh_from_db()
    assert note.answer == "Dòng một\nDòng hai"
    seen = "Dòng một\r\nDòng hai"
    answer = client.post(page(heard), {f"answer-{note.uuid}": "Dòng một", f"seen-{note.uuid}": seen})
    assert answer.status_code == 302
    note.refresh_from_db()
    assert note.answer == "Dòng một"


@pytest.mark.parametrize(
    ("short", "status"), [("nga", 200), ("an", 200), ("giang", 403), ("quan", 403), ("khanh", 404), ("tu", 404)]
)
def test_return_page_is_for_the_venue(login, ring, short, status):
    review = ring.review("binh")
    assert login(short).get(page(review, "review_return")).status_code == (404 if short == "giang" else status)


def test_return_through_the_page_keeps_notes_and_refuses_without_a_reason(login, ring):
    review = ring.review("an")
    client, url = login("nga"), page(review, "review_return")
    form = {"section-strengths.2": "Bổ sung số liệu", "version": review.version}
    refused = client.post(url, form)
    assert refused.status_code == 422
    assert "Bổ sung số liệu" in text(refused)
    assert client.post(url, form | {"note": "Thiếu số liệu"}).status_code == 302
    assert ring.review("an").state == "self_review"
    assert SectionNote.objects.get(review=review, source="return").section_key == "strengths.2"
    assert client.get(url).status_code == 403


def test_return_with_an_old_version_changes_nothing(login, ring):
    review = ring.review("an")
    answer = login("nga").post(page(review, "review_return"), {"note": "Lý do", "version": review.version + 5})
    assert answer.status_code == 409
    assert "Lý do" in text(answer)
    assert ring.review("an").state == "meeting"
