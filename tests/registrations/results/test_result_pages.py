"""Pages of one result: what was typed stays, the history speaks in words, acts are shown to who holds them."""

import pytest
from django.urls import reverse

from orgs.services.files import carries_mark
from registrations.models import YearResult
from registrations.services.results import results as services
from tests.registrations.results.written import PRODUCT, confirmed, late, pdf, result, today, words
from tests.uploads import PDF

pytestmark = pytest.mark.django_db


def address(name, row):
    return reverse(f"registrations:{name}", args=[row.uuid])


def form(**more):
    return {"product": PRODUCT, "done_on": f"{today():%d/%m/%Y}", "version": 1, "idempotency_key": "p"} | more


def test_stale_page_keeps_what_was_typed_and_saving_again_is_a_choice(province, client):
    client.force_login(province.users["chi"])
    row = result(province, "chi")
    services.update_result(row=row, words=words(task="Bản khác"), version=1, actor=province.users["chi"])
    answer = client.post(address("result_edit", row), form(task="Việc tôi vừa gõ"))
    assert answer.status_code == 409
    assert "Việc tôi vừa gõ" in answer.text
    row.refresh_from_db()
    assert row.task == "Bản khác"
    again = client.post(address("result_edit", row), form(task="Việc tôi vừa gõ", version=2, idempotency_key="p-2"))
    assert again.status_code == 302
    row.refresh_from_db()
    assert (row.task, row.version) == ("Việc tôi vừa gõ", 3)


def test_history_names_each_act_in_words(province, client):
    row = confirmed(province, late(province))
    client.force_login(province.users["an"])
    page = client.get(address("result_detail", row)).text
    assert "Ghi nhận kết quả" in page
    assert "Xác nhận nguyên nhân khách quan" in page
    assert "result.add" not in page


@pytest.mark.parametrize(
    ("who", "seen"),
    [("an", {"result_edit", "result_withdraw", "result_evidence"}), ("giang", {"result_cause"}), ("quan", set())],
)
def test_page_shows_each_reader_the_acts_that_are_his(province, client, who, seen):
    row = late(province)
    client.force_login(province.users[who])
    page = client.get(address("result_detail", row)).text
    acts = {"result_edit", "result_withdraw", "result_evidence", "result_cause"}
    assert {name for name in acts if address(name, row) in page} == seen


def test_evidence_without_a_file_is_refused_and_a_wrong_one_named(province, client):
    client.force_login(province.users["an"])
    row = result(province)
    none = client.post(address("result_evidence", row), {"version": 1, "idempotency_key": "f-1"})
    assert none.status_code == 422
    wrong = {"file": pdf("anh.png", PDF), "version": 1, "idempotency_key": "f-2"}
    answer = client.post(address("result_evidence", row), wrong)
    assert answer.status_code == 422
    assert "anh.png" in answer.text


def test_beyond_is_claimed_on_the_page_with_its_evidence_in_one_act(province, client):
    client.force_login(province.users["chi"])
    claim = form(beyond_quantity="on", beyond_reason="Vượt 12 %.", files=[pdf("so-lieu.pdf")])
    del claim["version"]
    assert client.post(reverse("registrations:result_create"), claim).status_code == 302
    row = YearResult.objects.get()
    assert row.is_beyond
    page = client.get(address("result_detail", row)).text
    assert "so-lieu.pdf" in page
    assert "Vượt 12 %." in page


@pytest.mark.parametrize(
    ("text", "is_marked"),
    [
        ("12-BC/TU (Mật)", True), ("TUYỆT MẬT", True), ("Báo cáo tối mật số 3", True),
        ("15-BC/SKH", False), ("Đề án bảo mật dữ liệu", False), ("Mật độ dân số", False), ("", False),
    ],
)  # fmt: skip
def test_secrecy_mark_is_known_in_a_line_of_text(text, is_marked):
    assert carries_mark(text) is is_marked
