"""The page of one review and its preview: what each person may see of it, and the plain moves."""

import pytest
from django.urls import reverse
from django.utils import timezone

from orgs.models import AuditEvent
from orgs.services.transitions import start
from reviews.models import KeptText, Prompt, PromptItem, Rating, Review
from reviews.services.meeting.meetings import return_review
from reviews.services.writing.answers import save_section
from tests.reviews.writing.conftest import form_data, full_answers, make_cycle, make_review


def address(review, name="review_detail", *more):
    return reverse(f"reviews:{name}", args=[review.uuid, *more])


def shown(client, user, url, status=200):
    client.force_login(user)
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


READERS = [("an", 200), ("nga", 200), ("oanh", 200), ("giang", 200), ("ha", 200), ("quan", 200)]
STRANGERS = [("chi", 404), ("dung", 404), ("em", 404), ("khanh", 404), ("lan", 404), ("son", 404), ("tu", 404)]


@pytest.mark.parametrize("name", ["review_detail", "review_preview"])
@pytest.mark.parametrize(("who", "status"), [*READERS, *STRANGERS])
def test_a_review_being_written_is_seen_by_its_readers_alone(client, round_of, name, who, status):
    Rating.objects.filter(review=round_of.an).update(copy_unit=round_of.province.units["SNV"])
    shown(client, round_of.users[who], address(round_of.an, name), status)


def test_the_page_says_where_the_review_stands_and_what_it_needs(client, round_of):
    page = shown(client, round_of.users["an"], address(round_of.an))
    for words in ("Nguyễn Văn Ấn", round_of.an.code, "Các mục: 0 trên 12 đã xong", "Chi ủy Chi bộ Sở Kế hoạch"):
        assert words in page
    assert address(round_of.an, "section_edit", "strengths.1") in page


def test_a_reader_who_may_not_write_gets_no_link_to_write(client, round_of):
    page = shown(client, round_of.users["giang"], address(round_of.an))
    assert "/sections/" not in page
    assert address(round_of.an, "review_submit") not in page


def test_grades_of_the_chain_are_hidden_from_the_subject_until_the_notice(client, round_of):
    Rating.objects.filter(review=round_of.chi, kind="cadre").update(
        proposed_grade="good", appraised_grade="completed", self_grade="excellent", state="appraisal"
    )
    chi, giang = round_of.users["chi"], round_of.users["giang"]
    hidden = shown(client, chi, address(round_of.chi))
    assert 'class="grade grade--excellent"' in hidden
    assert 'class="grade grade--good"' not in hidden
    assert 'class="grade grade--completed"' not in hidden
    assert 'class="grade grade--completed"' in shown(client, giang, address(round_of.chi))
    decided = Rating.objects.filter(review=round_of.chi, kind="cadre")
    decided.update(state="notice", decided_grade="good")
    assert 'class="grade grade--good"' not in shown(client, chi, address(round_of.chi))
    decided.update(notified_at=timezone.now())
    assert 'class="grade grade--good"' in shown(client, chi, address(round_of.chi))


def test_the_history_tells_the_same_act_in_a_row_once(client, round_of):
    for version in range(3):
        save_section(
            review=round_of.an,
            section_key="remedies",
            content={"remedies": {"text": f"Bản {version}"}},
            version=version,
            actor=round_of.users["an"],
        )
    page = shown(client, round_of.users["an"], address(round_of.an))
    assert AuditEvent.objects.filter(action="review.section_saved").count() == 3
    assert page.count("Viết vào một mục") == 1


def test_prompts_and_kept_texts_stand_on_the_page(client, round_of):
    prompt = Prompt(
        cycle=round_of.cycle,
        review=round_of.an,
        authority=round_of.province.collectives["BTV-TU"],
        advisory_unit=round_of.province.units["BTCTU"],
    )
    start(prompt, "prompt")
    prompt.save()
    Prompt.objects.update(state="issued")
    PromptItem.objects.create(prompt=prompt, order=1, text="Làm rõ giải ngân")
    PromptItem.objects.create(prompt=prompt, order=2, text="Đã rút lại", withdrawn_at=timezone.now())
    kept = KeptText.objects.create(
        review=round_of.an, user=round_of.users["an"], section_key="remedies", content={}, reason="conflict"
    )
    page = shown(client, round_of.users["an"], address(round_of.an))
    assert "Làm rõ giải ngân" in page
    assert "Đã rút lại" not in page
    assert str(kept.uuid) in page
    assert str(kept.uuid) not in shown(client, round_of.users["nga"], address(round_of.an))


def test_last_year_stands_beside_this_year_with_the_same_items_only(client, round_of):
    old = make_cycle(round_of.province, round_of.cycle.regulation, year=2023)
    before = make_review(round_of.province, old, "an", "02B")
    texts = {"shortcomings": {"text": "Năm ngoái còn chậm"}, "causes": {"text": "Do chủ quan"}}
    save_section(review=before, section_key="shortcomings", content=texts, version=0, actor=round_of.users["an"])
    an = round_of.users["an"]
    page = shown(client, an, address(round_of.an, "section_edit", "shortcomings"))
    assert "“Năm ngoái còn chậm”" in page
    assert address(before, "review_preview") in page
    assert "Năm ngoái" not in shown(client, an, address(round_of.an, "section_edit", "remedies"))


def test_the_preview_is_the_very_document(client, round_of):
    for key, content in full_answers(round_of.an).items():
        save_section(review=round_of.an, section_key=key, content=content, version=0, actor=round_of.users["an"])
    page = shown(client, round_of.users["an"], address(round_of.an, "review_preview"))
    form = form_data("02B")
    for words in ("BẢN KIỂM ĐIỂM CÁ NHÂN", "Mẫu 02B-HD KĐ.ĐG 2023", "NGƯỜI TỰ KIỂM ĐIỂM", "Ngày sinh: 01/03/1971"):
        assert words in page
    for section in form["sections"]:
        assert f"{section['number']}. {section['title']}" in page
        for item in section["items"]:
            assert item["kind"] != "text" or f"Nội dung mục {item['key']}" in page


def post(client, user, review, move, **more):
    client.force_login(user)
    return client.post(address(review, "review_act", move), {"version": review.version} | more)


def test_a_plain_move_needs_its_reason_and_leaves_a_trace(client, round_of):
    giang = round_of.users["giang"]
    post(client, giang, round_of.an, "postpone")
    round_of.an.refresh_from_db()
    assert round_of.an.state == "self_review"
    answer = post(client, giang, round_of.an, "postpone", note="Đang điều trị dài ngày")
    round_of.an.refresh_from_db()
    assert (answer.status_code, round_of.an.state) == (302, "postponed")
    assert "Đang điều trị dài ngày" in shown(client, giang, address(round_of.an))


@pytest.mark.parametrize(
    ("name", "move", "status"),
    [
        ("ha", "postpone", 403),
        ("tu", "postpone", 404),
        ("giang", "submit", 404),
        ("an", "submit", 404),
        ("an", "x", 404),
    ],
)
def test_other_moves_and_other_people_are_turned_away(client, round_of, name, move, status):
    Rating.objects.filter(review=round_of.an).update(copy_unit=round_of.province.units["SNV"])
    assert post(client, round_of.users[name], round_of.an, move, note="Lý do").status_code == status
    round_of.an.refresh_from_db()
    assert round_of.an.state == "self_review"


def test_a_returned_review_tells_who_returned_it_and_why(client, round_of):
    an, nga = round_of.users["an"], round_of.users["nga"]
    Review.objects.filter(pk=round_of.an.pk).update(state="meeting", submitted_at=timezone.now())
    round_of.an.refresh_from_db()
    return_review(review=round_of.an, move_note="Chưa rõ trách nhiệm", notes={}, version=round_of.an.version, actor=nga)
    page = shown(client, an, address(round_of.an))
    assert "<strong>Trả lại để bổ sung</strong> · Ngô Thanh Nga" in page
    assert '<p class="kept-lines">Chưa rõ trách nhiệm</p>' in page
    Review.objects.filter(pk=round_of.an.pk).update(state="meeting")
    assert "<strong>Trả lại để bổ sung</strong>" not in shown(client, an, address(round_of.an))


@pytest.mark.parametrize(
    ("who", "state", "name", "is_there"),
    [
        ("an", "self_review", "review_submit", True),
        ("an", "meeting", "review_submit", False),
        ("an", "finishing", "finishing", True),
        ("nga", "finishing", "finishing", False),
        ("nga", "meeting", "review_return", True),
        ("nga", "self_review", "review_return", False),
        ("giang", "meeting", "review_return", False),
    ],
)
def test_the_page_leads_to_the_act_that_is_next_for_this_person(client, round_of, who, state, name, is_there):
    Review.objects.filter(pk=round_of.an.pk).update(state=state)
    page = shown(client, round_of.users[who], address(round_of.an))
    assert (f'href="{address(round_of.an, name)}"' in page) is is_there


def test_a_stale_move_is_409(client, round_of):
    Review.objects.filter(pk=round_of.an.pk).update(version=5)
    assert post(client, round_of.users["giang"], round_of.an, "postpone", note="Lý do").status_code == 409
