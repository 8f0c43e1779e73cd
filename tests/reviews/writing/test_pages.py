"""The writing pages: who may come in, what saving answers, and that no text is lost on the way."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from criteria.models import CycleFramework, Framework, Milestone
from orgs.services.transitions import start
from reviews.models import KeptText, Review, SectionAnswer, SectionNote
from reviews.services.writing.answers import save_section

DUTIES = "strengths.2"


def page(review, name="section_edit", *more, key=DUTIES):
    return reverse(f"reviews:{name}", args=[review.uuid, key, *more])


def write(client, review, words, version, **more):
    sent = {"duties": words, "duties_level": "good", "version": version, **more}
    return client.post(page(review), sent)


def autosave(client, review, words, version, **more):
    sent = {"duties": words, "version": version, "tab_id": "a", "client_seq": 1} | more
    return client.post(page(review, "section_autosave"), sent, headers={"X-Autosave": "1"})


@pytest.fixture
def an(client, round_of):
    client.force_login(round_of.users["an"])
    return client


def login(client, round_of, name):
    client.force_login(round_of.users[name])
    return client


def test_section_edit_shows_the_three_columns_and_what_is_saved(an, round_of):
    save_section(
        review=round_of.an,
        section_key=DUTIES,
        content={"duties": {"text": "Rà soát 112 thủ tục"}, "duties_level": {"level": "excellent"}},
        version=0,
        actor=round_of.users["an"],
    )
    shown = an.get(page(round_of.an)).content.decode()
    assert "Rà soát 112 thủ tục" in shown
    assert 'value="excellent" checked' in shown
    assert "I.2 Về thực hiện chức trách, nhiệm vụ được giao" in shown
    assert "Thực hiện Quy định 144-QĐ/TW" in shown
    assert 'name="version" value="1"' in shown
    assert shown.count('class="section"') == 12


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("an", 200),
        ("nga", 403),
        ("giang", 403),
        ("quan", 403),
        ("chi", 404),
        ("dung", 404),
        ("khanh", 404),
        ("tu", 404),
    ],
)
def test_section_edit_is_for_the_subject_alone(client, round_of, name, status):
    assert login(client, round_of, name).get(page(round_of.an)).status_code == status


@pytest.mark.parametrize("name", ["an", "nga"])
def test_section_edit_of_the_report_is_for_its_authors(client, round_of, name):
    answer = login(client, round_of, name).get(page(round_of.report, key="remedies"))
    assert answer.status_code == 200


def test_section_edit_of_an_unknown_section_is_404(an, round_of):
    assert an.get(page(round_of.an, key="strengths.9")).status_code == 404


def test_section_edit_tells_why_it_is_closed_when_the_review_was_submitted(an, round_of):
    Review.objects.filter(pk=round_of.an.pk).update(state="meeting")
    answer = an.get(page(round_of.an))
    assert answer.status_code == 403
    assert "Hội nghị kiểm điểm" in answer.content.decode()


def test_saving_without_javascript_keeps_the_text_and_stays(an, round_of):
    answer = write(an, round_of.an, "Nháp", 0)
    assert (answer.status_code, answer.url) == (302, page(round_of.an))
    assert SectionAnswer.objects.get().content == {"duties": {"text": "Nháp"}, "duties_level": {"level": "good"}}
    assert not SectionAnswer.objects.get().is_done


def test_done_leads_to_the_next_section_that_waits(an, round_of):
    answer = write(an, round_of.an, "Xong", 0, done="1")
    assert answer.url == page(round_of.an, key="strengths.3")
    assert SectionAnswer.objects.get().is_done


def test_done_with_a_gap_saves_and_leads_to_the_open_field(an, round_of):
    answer = an.post(page(round_of.an), {"duties": "Chưa chọn cấp độ", "version": 0, "done": "1"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_duties_level"' in shown
    assert SectionAnswer.objects.get().content == {"duties": {"text": "Chưa chọn cấp độ"}}
    assert not SectionAnswer.objects.get().is_done


def test_a_text_too_long_is_told_at_its_field_and_stays_on_the_page(an, round_of):
    answer = write(an, round_of.an, "x" * 200_001, 0)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_duties"' in shown
    assert "x" * 200_001 in shown
    assert not SectionAnswer.objects.exists()


def test_a_stale_save_answers_409_with_both_texts(an, round_of):
    write(an, round_of.an, "Bản thứ nhất", 0)
    answer = write(an, round_of.an, "Bản thứ hai", 0)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Bản thứ nhất" in shown
    assert "Bản thứ hai" in shown
    assert "Bản thứ nhất\n\nBản thứ hai</textarea>" in shown


def test_both_texts_made_into_one_are_saved_and_the_kept_one_is_settled(an, round_of):
    write(an, round_of.an, "Một", 0)
    write(an, round_of.an, "Hai", 0)
    kept = KeptText.objects.get()
    sent = {"duties": "Một\n\nHai", "duties_level": "good", "version": 1}
    answer = an.post(page(round_of.an, "section_conflict", kept.uuid), sent)
    assert answer.url == page(round_of.an)
    assert SectionAnswer.objects.get().content["duties"]["text"] == "Một\n\nHai"
    assert KeptText.objects.get().settled_at is not None
    assert str(kept.uuid) not in an.get(page(round_of.an)).content.decode()


def test_a_third_writer_during_the_comparison_is_a_conflict_again(an, round_of):
    write(an, round_of.an, "Một", 0)
    write(an, round_of.an, "Hai", 0)
    write(an, round_of.an, "Ba", 1)
    kept = KeptText.objects.get()
    answer = an.post(page(round_of.an, "section_conflict", kept.uuid), {"duties": "Một Hai", "version": 1})
    assert answer.status_code == 409
    assert "Ba" in answer.content.decode()
    assert "Một Hai" in answer.content.decode()
    assert KeptText.objects.filter(settled_at=None).count() == 2


def test_what_is_saved_can_stay_and_the_kept_text_is_put_aside(an, round_of):
    write(an, round_of.an, "Một", 0)
    write(an, round_of.an, "Hai", 0)
    kept = KeptText.objects.get()
    an.post(page(round_of.an, "section_keep_saved", kept.uuid))
    assert SectionAnswer.objects.get().content["duties"]["text"] == "Một"
    assert KeptText.objects.get().content["duties"]["text"] == "Hai"


def test_a_kept_text_belongs_to_its_author_alone(client, an, round_of):
    write(an, round_of.an, "Một", 0)
    write(an, round_of.an, "Hai", 0)
    address = page(round_of.an, "section_conflict", KeptText.objects.get().uuid)
    for name in ("nga", "giang", "tu"):
        assert login(client, round_of, name).get(address).status_code == 404


def test_the_writing_page_offers_the_kept_text(an, round_of):
    write(an, round_of.an, "Một", 0)
    write(an, round_of.an, "Hai", 0)
    assert (
        page(round_of.an, "section_conflict", KeptText.objects.get().uuid) in an.get(page(round_of.an)).content.decode()
    )


def test_autosave_answers_the_contract(an, round_of):
    answer = autosave(an, round_of.an, "Tự lưu", 0)
    assert answer.status_code == 200
    assert answer.json()["version"] == 1
    assert answer.json()["saved"] == f"Đã lưu {timezone.localtime():%H:%M}"
    assert answer.json()["forecast"].startswith("Nếu nộp lúc này:")


def test_autosave_in_conflict_answers_409_with_the_page_of_both_texts(an, round_of):
    autosave(an, round_of.an, "Trang một", 0)
    answer = autosave(an, round_of.an, "Trang hai", 0, tab_id="b")
    assert answer.status_code == 409
    both = an.get(answer.json()["conflict_url"]).content.decode()
    assert "Trang một" in both
    assert "Trang hai" in both


def test_autosave_after_the_button_was_pressed_changes_nothing(an, round_of):
    write(an, round_of.an, "Bản gửi bằng nút", 0, tab_id="a", client_seq=2, done="1")
    answer = autosave(an, round_of.an, "Bản tự lưu còn trên đường", 0, client_seq=1)
    assert answer.json()["version"] == 1
    assert SectionAnswer.objects.get().content["duties"]["text"] == "Bản gửi bằng nút"


def test_the_button_right_after_an_autosave_of_the_same_page_is_no_conflict(an, round_of):
    autosave(an, round_of.an, "Một", 0)
    answer = write(an, round_of.an, "Một hai", 0, tab_id="a", client_seq=2)
    assert answer.status_code == 302


def test_autosave_past_a_closing_day_keeps_a_draft_and_says_so(an, round_of):
    Milestone.objects.filter(step="self_review").update(
        is_closing=True, due_on=timezone.localdate() - timedelta(days=1)
    )
    Review.objects.update(state_since=timezone.now() - timedelta(days=9))
    answer = autosave(an, round_of.an, "Muộn", 0)
    assert answer.status_code == 422
    assert "bản nháp" in answer.json()["message"]
    assert "Muộn" in an.get(answer.json()["conflict_url"]).content.decode()


def test_autosave_without_a_login_is_401_and_works_after_logging_in_again(an, round_of):
    an.logout()
    answer = autosave(an, round_of.an, "Viết tiếp", 0)
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/json"
    an.force_login(round_of.users["an"])
    assert autosave(an, round_of.an, "Viết tiếp", 0).status_code == 200


@pytest.mark.parametrize(("name", "status"), [("nga", 403), ("giang", 403), ("tu", 404), ("dung", 404)])
def test_autosave_by_somebody_else_is_refused(client, round_of, name, status):
    answer = autosave(login(client, round_of, name), round_of.an, "Viết hộ", 0)
    assert answer.status_code == status
    assert not SectionAnswer.objects.exists()


@pytest.mark.parametrize("sent", [{"version": "x"}, {"version": "-1"}, {"client_seq": "9" * 30}, {"tab_id": "t" * 99}])
def test_autosave_reads_strange_fields_as_none(an, round_of, sent):
    assert autosave(an, round_of.an, "Chữ", **({"version": 0} | sent)).status_code == 200


def test_return_notes_stand_at_their_section(an, round_of):
    for key, words in ((DUTIES, "Nêu rõ số lượng"), ("strengths", "Chung cho mục I"), ("remedies", "Mục khác")):
        SectionNote.objects.create(
            review=round_of.an, section_key=key, text=words, source="return", author=round_of.users["nga"]
        )
    shown = an.get(page(round_of.an)).content.decode()
    assert "Nêu rõ số lượng" in shown
    assert "Chung cho mục I" in shown
    assert "Mục khác" not in shown
    assert "mark--exclamation" in shown


def test_level_cards_carry_the_texts_that_the_cycle_froze(an, round_of):
    texts = {level: f"Mô tả mức {level}" for level in ("excellent", "good", "average", "poor")}
    framework = Framework(
        title="Khung tiêu chí",
        issuer=round_of.province.units["TU"],
        regulation=round_of.cycle.regulation,
        subject="person",
        form_key="02B",
    )
    start(framework, "framework")
    framework.save()
    content = {"groups": [{"criteria": [{"item_key": "duties_level", "levels": texts}]}]}
    CycleFramework.objects.create(cycle=round_of.cycle, framework=framework, content=content)
    Review.objects.filter(pk=round_of.an.pk).update(framework=framework)
    shown = an.get(page(round_of.an)).content.decode()
    assert all(text in shown for text in texts.values())
    assert "Mô tả mức" not in an.get(page(round_of.an, key="strengths.1")).content.decode()


def test_without_javascript_there_is_a_plain_button_to_save(an, round_of):
    shown = an.get(page(round_of.an)).content.decode()
    plain = shown.partition("<noscript>")[2].partition("</noscript>")[0]
    assert "Lưu bản nháp" in plain
    assert 'type="submit"' in plain
    assert "name=" not in plain


def test_a_grade_that_no_rating_asks_for_may_be_left_blank(an, round_of):
    assert "Bỏ trống" not in an.get(page(round_of.an, key="grades")).content.decode()
    round_of.an.ratings.filter(kind="party_member").delete()
    shown = an.get(page(round_of.an, key="grades")).content.decode()
    assert 'id="id_party_member_grade_none"' in shown
    assert 'id="id_cadre_grade_none"' not in shown


def test_the_query_count_of_the_writing_page_does_not_grow_with_the_text(an, round_of, django_assert_max_num_queries):
    with django_assert_max_num_queries(30) as few:
        an.get(page(round_of.an))
    for number in range(1, 7):
        save_section(
            review=round_of.an, section_key=f"strengths.{number}", content={}, version=0, actor=round_of.users["an"]
        )
    with django_assert_max_num_queries(len(few)):
        an.get(page(round_of.an))
