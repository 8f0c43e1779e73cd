"""The page of one criterion: text beside the one above, autosave, two texts, buttons that save before they act."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from criteria.models import CriterionLevel, Framework, KeptCriterion
from criteria.selectors.frameworks.criterion_content import content_of
from tests.criteria.writing_frameworks.conftest import codes, one, page, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(login):
    return login("khanh")


def text(answer):
    return answer.content.decode()


def save(client, criterion, words, **more):
    body = {"version": seen(criterion), **words, **more}
    return client.post(page("criterion_autosave", criterion.uuid), body)


def test_page_shows_the_text_above_and_what_is_different(client, above, child, criterion):
    CriterionLevel.objects.filter(criterion=criterion, level="good").update(text="Hoàn thành mọi việc.")
    body = text(client.get(page("criterion_edit", criterion.uuid)))
    assert content_of(one(above, "2"))["text_good"] in body
    assert "<ins>" in body
    assert "<del>" in body
    assert 'name="target_good"' in body
    assert 'name="points_good"' not in body
    assert "giống ở đây" in body
    assert body.count('data-move="up"') == 3


@pytest.mark.parametrize(
    ("marking", "there", "gone"), [("points", "points_good", "target_good"), ("checklist", "text_good", "points_good")]
)
def test_fields_of_the_levels_follow_the_marking(client, child, criterion, marking, there, gone):
    Framework.objects.filter(pk=child.pk).update(marking=marking)
    body = text(client.get(page("criterion_edit", criterion.uuid)))
    assert f'name="{there}"' in body
    assert f'name="{gone}"' not in body


def test_breach_stands_on_the_page_with_its_clause_and_the_way_out(client, criterion):
    CriterionLevel.objects.filter(criterion=criterion, level="good").update(text="Hoàn thành mọi việc.")
    body = text(client.get(page("criterion_edit", criterion.uuid)))
    assert "Cách xử lý:" in body
    assert "Lấy nguyên văn của cấp trên" in body
    assert "01-HD/TU ngày 01/10/2024" in body
    assert "mark--exclamation" in body


def test_autosave_answers_with_the_new_version_and_what_the_check_says(client, child, criterion):
    first = save(client, criterion, {"text_good": "Khác hẳn."}, tab_id="a", client_seq="1").json()
    assert re.fullmatch(r"Đã lưu \d\d:\d\d", first["saved"])
    assert first["version"] == seen(criterion)
    assert "Tiêu chí 2" in first["forecast"]
    assert first["message"] == ""
    second = save(client, criterion, {"weight": "x", "text_good": "Khác nữa."}, tab_id="a", client_seq="2").json()
    assert second["message"] == "Trọng số: Viết một số, ví dụ 12,5."
    assert content_of(one(child, "2"))["text_good"] == "Khác nữa."


def test_autosave_that_was_overtaken_is_409_and_leads_to_both_texts(client, child, criterion):
    CriterionLevel.objects.filter(criterion=criterion, level="good").update(text="Của người khác")
    answer = client.post(page("criterion_autosave", criterion.uuid), {"version": "cũ", "text_good": "Của tôi"})
    assert answer.status_code == 409
    url = answer.json()["conflict_url"]
    body = text(client.get(url))
    assert "Của người khác" in body
    assert "Của tôi" in body
    merged = client.post(url, {"version": seen(criterion), "text_good": "Của cả hai"})
    assert merged.url == page("criterion_edit", criterion.uuid)
    assert content_of(one(child, "2"))["text_good"] == "Của cả hai"
    assert KeptCriterion.objects.get().settled_at is not None


def test_plain_save_that_was_overtaken_shows_both_texts(client, child, criterion):
    CriterionLevel.objects.filter(criterion=criterion, level="good").update(text="Của người khác")
    answer = client.post(page("criterion_edit", criterion.uuid), {"version": "cũ", "text_good": "Của tôi"})
    assert answer.status_code == 409
    body = text(answer)
    assert "Của người khác" in body
    assert "Của tôi" in body
    assert "Của người khác\n\nCủa tôi" in body
    kept = KeptCriterion.objects.get()
    again = client.post(page("criterion_conflict", kept.uuid), {"version": "cũ", "text_good": "Lại sai"})
    assert again.status_code == 409
    put_aside = client.post(page("criterion_keep_saved", kept.uuid))
    assert put_aside.url == page("framework_write", child.uuid)
    assert content_of(one(child, "2"))["text_good"] == "Của người khác"


def test_kept_text_stands_on_the_page_of_its_author_alone(login, child, criterion):
    client = login("khanh")
    client.post(page("criterion_edit", criterion.uuid), {"version": "cũ", "text_good": "Của tôi"})
    kept = KeptCriterion.objects.get()
    address = page("criterion_conflict", kept.uuid)
    assert address in text(client.get(page("criterion_edit", criterion.uuid)))
    client = login("phuc")
    assert address not in text(client.get(page("criterion_edit", criterion.uuid)))
    assert client.get(address).status_code == 404
    assert client.post(page("criterion_keep_saved", kept.uuid)).status_code == 404


def test_text_sent_after_the_issue_is_kept(client, child, criterion):
    version = seen(criterion)
    Framework.objects.filter(pk=child.pk).update(state="issued")
    answer = save(client, criterion, {"text_good": "Muộn", "version": version})
    assert answer.status_code == 422
    body = text(client.get(answer.json()["conflict_url"]))
    assert "Muộn" in body
    assert "Lưu nội dung này" not in body
    assert client.get(page("criterion_edit", criterion.uuid)).status_code == 403


def test_session_that_ended_keeps_the_text(client, child, criterion):
    words = {"version": seen(criterion), "text_good": "Viết khi phiên đã hết"}
    client.logout()
    plain = client.post(page("criterion_edit", criterion.uuid), words)
    assert plain.status_code == 401
    assert json.loads(plain.context["kept_body"])["text_good"] == ["Viết khi phiên đã hết"]
    assert plain.context["kept_path"] == page("criterion_edit", criterion.uuid)
    autosave = client.post(page("criterion_autosave", criterion.uuid), words, headers={"X-Autosave": "1"})
    assert (autosave.status_code, autosave["Content-Type"]) == (401, "application/json")


def test_wrong_figure_stays_in_its_field_and_the_rest_is_saved(client, child, criterion):
    words = {"version": seen(criterion), "weight": "nhiều", "text_good": "Câu mới."}
    answer = client.post(page("criterion_edit", criterion.uuid), words)
    assert answer.status_code == 422
    body = text(answer)
    assert 'value="nhiều"' in body
    assert 'href="#id_weight"' in body
    assert content_of(one(child, "2"))["text_good"] == "Câu mới."


def test_done_goes_on_to_the_next_criterion_and_after_the_last_to_the_outline(client, child):
    def done(code):
        row = one(child, code)
        return client.post(page("criterion_edit", row.uuid), {"version": seen(row), "done": "1"}).url

    assert done("1") == page("criterion_edit", one(child, "2").uuid)
    assert done("3") == page("framework_write", child.uuid)


def test_button_of_the_outline_saves_the_text_before_it_moves(client, child, criterion):
    words = {"version": seen(criterion), "writing": criterion.uuid, "title": "Tên mới", "text_good": "Chưa lưu"}
    answer = client.post(page("criterion_move", one(child, "1").uuid), {**words, "place": "down"})
    assert answer.url == f"{page('criterion_edit', criterion.uuid)}#outline"
    assert codes(child) == {"I": [], "II": ["1", "2"], "III": ["3"]}
    assert content_of(one(child, "2"))["text_good"] == "Chưa lưu"


def test_button_of_the_outline_moves_nothing_while_two_texts_stand_against_each_other(client, child, criterion):
    words = {"version": "cũ", "writing": criterion.uuid, "title": "Tên mới", "text_good": "Chưa lưu"}
    answer = client.post(page("criterion_move", one(child, "1").uuid), {**words, "place": "down"})
    assert answer.status_code == 409
    assert codes(child) == {"I": ["1"], "II": ["2"], "III": ["3"]}
    assert KeptCriterion.objects.get().content["text_good"] == "Chưa lưu"


def test_taking_over_on_the_page_uses_the_criterion_that_is_chosen_there(client, above, child, criterion):
    words = {"version": seen(criterion), "writing": criterion.uuid, "title": "Tên mới", "concretises": "3"}
    answer = client.post(page("criterion_take_over", criterion.uuid), words)
    assert answer.url == page("criterion_edit", criterion.uuid)
    assert content_of(one(child, "2"))["text_good"] == content_of(one(above, "3"))["text_good"]
    assert "Nội dung của khung cấp trên đã thay vào chỗ này" in text(client.get(answer.url))


def test_criterion_is_left_out_and_put_back_on_the_page(client, child, criterion):
    key = {"idempotency_key": "k1"}
    for _twice in range(2):
        answer = client.post(page("criterion_drop", criterion.uuid), key)
        assert answer.url == page("framework_write", child.uuid)
    body = text(client.get(answer.url))
    kept = KeptCriterion.objects.get()
    assert page("criterion_put_back", kept.uuid) in body
    assert "Thiếu tiêu chí bắt buộc 2" in body
    assert client.post(page("criterion_put_back", kept.uuid)).url == page("criterion_edit", criterion.uuid)
    assert codes(child)["II"] == ["2"]


def test_page_asks_as_often_for_one_criterion_as_for_many(client, frames, child, criterion):
    address = page("criterion_edit", criterion.uuid)
    client.get(address)
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(address)
        counts.append(len(found))
        for _each in range(3):
            client.post(page("criterion_add", criterion.group.uuid))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["chi", "an", "tu"])
def test_stranger_finds_no_draft(login, child, criterion, name):
    client = login(name)
    for address in ("criterion_edit", "criterion_autosave", "criterion_move", "criterion_drop", "criterion_take_over"):
        method = client.get if address == "criterion_edit" else client.post
        assert method(page(address, criterion.uuid)).status_code == 404
    assert codes(child) == {"I": ["1"], "II": ["2"], "III": ["3"]}
