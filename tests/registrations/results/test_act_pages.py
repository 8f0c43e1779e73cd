"""The small forms about one result say on their button what they do, and what follows from it."""

import pytest
from django.urls import reverse

from tests.registrations.results.written import late, result

pytestmark = pytest.mark.django_db


def address(name, row):
    return reverse(f"registrations:{name}", args=[row.uuid])


@pytest.mark.parametrize(
    ("who", "name", "words"),
    [
        ("an", "result_evidence", "Đính kèm minh chứng"),
        ("an", "result_withdraw", "Rút kết quả"),
        ("giang", "result_cause", "Trả lời về nguyên nhân"),
        ("an", "result_edit", "Lưu"),
    ],
)
def test_button_names_the_act(province, client, who, name, words):
    row = late(province)
    client.force_login(province.users[who])
    page = client.get(address(name, row)).text
    assert f'<button type="submit" class="btn btn-primary">{words}</button>' in page


def test_who_withdraws_reads_that_it_stays_in_the_log(province, client):
    row = result(province)
    client.force_login(province.users["an"])
    page = client.get(address("result_withdraw", row)).text
    assert "Kết quả này không được tính nữa, nhưng vẫn nằm trong sổ kèm lý do" in page
    refused = client.post(address("result_withdraw", row), {"reason": " ", "version": row.version})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])
    client.post(address("result_withdraw", row), {"reason": "Ghi nhầm", "version": row.version})
    assert "Ghi nhầm" in client.get(address("result_detail", row)).text
