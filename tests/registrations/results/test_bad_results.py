"""Bad input on the pages of the log of results: refused at its field, what was typed stays, nothing is written."""

from datetime import timedelta
from typing import NamedTuple

import pytest
from django.urls import reverse

from tests.access.played.tables import changed, everything
from tests.registrations.results.written import ago, late, pdf, result, today
from tests.registrations.works.test_registering import closed_cycle

pytestmark = pytest.mark.django_db
TYPED = "Báo cáo tôi vừa gõ vào đây"
NO_DAY, FUTURE = "31/02/2026", "01/01/2999"


def day(days_ago):
    return f"{ago(days_ago):%d/%m/%Y}"


def year_before():
    """The year before all days of this file: on 2 January five days ago lies in last year."""
    return ago(10).year - 1


def closed_day():
    return f"20/12/{year_before()}"


class Bad(NamedTuple):
    """What is sent to a page, and the field that must be named; days are asked for when the test runs."""

    page: str
    body: dict
    field: str
    who: str = "an"


DONE = {"product": TYPED, "done_on": lambda: day(5)}
BEYOND = DONE | {"beyond_quantity": "on", "beyond_reason": "Vượt 12 %.", "document": "15-BC/SKH"}
EDGES = [
    ("nothing made", {"product": "   ", "done_on": lambda: day(5), "document": TYPED}, "product"),
    ("no day at all", {"product": TYPED}, "done_on"),
    ("no such day", DONE | {"done_on": NO_DAY}, "done_on"),
    ("done in a day to come", DONE | {"done_on": FUTURE}, "done_on"),
    ("due on no day", DONE | {"planned_on": "cuối quý"}, "planned_on"),
    ("finished before start", DONE | {"started_on": lambda: day(1)}, "done_on"),
    ("due before start", {"product": TYPED, "started_on": lambda: day(1), "planned_on": lambda: day(3)}, "planned_on"),
    ("done in a closed year", DONE | {"done_on": closed_day}, "done_on"),
    ("due in a closed year", {"product": TYPED, "planned_on": closed_day}, "done_on"),
    ("no such axis", DONE | {"axis": "7"}, "axis"),
    ("marked product", DONE | {"product": f"{TYPED} (Mật)"}, "product"),
    ("marked document", DONE | {"document": "12-BC/TU (Tối mật)"}, "document"),
    ("marked task", DONE | {"task": "TUYỆT MẬT"}, "task"),
    ("beyond without reason", BEYOND | {"beyond_reason": " "}, "beyond_reason"),
    ("beyond without evidence", BEYOND | {"document": ""}, "document"),
    ("beyond what is not done", BEYOND | {"done_on": "", "planned_on": lambda: day(-5)}, "done_on"),
    ("earlier without a due day", BEYOND | {"beyond_time": "on"}, "planned_on"),
    ("earlier than a day before", BEYOND | {"beyond_time": "on", "planned_on": lambda: day(6)}, "planned_on"),
    ("cause of what is on time", DONE | {"cause": "Bão số 6.", "planned_on": lambda: day(1)}, "cause"),
    ("cause of what has no due day", DONE | {"cause": "Bão số 6."}, "cause"),
]
ACTS = [
    ("withdrawn without a reason", Bad("result_withdraw", {"reason": "  "}, "reason")),
    ("cause without an answer", Bad("result_cause", {"answer": TYPED}, "is_objective", "giang")),
    ("declined without words", Bad("result_cause", {"is_objective": "no", "answer": " "}, "answer", "giang")),
    ("no file", Bad("result_evidence", {}, "file")),
    ("file of another kind", Bad("result_evidence", {"file": ("anh.png", b"MZ\x90")}, "file")),
    ("empty file", Bad("result_evidence", {"file": ("trong.pdf", b"")}, "file")),
    ("marked file", Bad("result_evidence", {"file": ("Báo cáo MẬT.pdf", None)}, "file")),
]


def sent(body):
    """The body with its days and files as they are on the day of the test."""
    found = {name: value() if callable(value) else value for name, value in body.items()}
    for name, value in found.items():
        if isinstance(value, tuple):
            found[name] = pdf(value[0]) if value[1] is None else pdf(*value)
    return found


def refused(client, page, body, field):
    before = everything()
    answer = client.post(page, sent(body) | {"version": 1, "idempotency_key": "xau"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert f"id_{field}" in answer.text
    assert changed(before) == []
    return answer


@pytest.mark.parametrize(("body", "field"), [row[1:] for row in EDGES], ids=[row[0] for row in EDGES])
def test_what_cannot_stand_is_refused_when_it_is_added(province, client, body, field):
    closed_cycle(province, year_before())
    client.force_login(province.users["an"])
    assert TYPED in refused(client, reverse("registrations:result_create"), body, field).text


@pytest.mark.parametrize(("body", "field"), [row[1:] for row in EDGES], ids=[row[0] for row in EDGES])
def test_what_cannot_stand_is_refused_when_it_is_mended(province, client, body, field):
    row = result(province, product="Bản đã lưu")
    closed_cycle(province, year_before())
    client.force_login(province.users["an"])
    assert TYPED in refused(client, reverse("registrations:result_edit", args=[row.uuid]), body, field).text
    row.refresh_from_db()
    assert row.product == "Bản đã lưu"


@pytest.mark.parametrize("bad", [row[1] for row in ACTS], ids=[row[0] for row in ACTS])
def test_act_on_a_result_is_refused_at_its_field(province, client, bad):
    row = late(province)
    client.force_login(province.users[bad.who])
    refused(client, reverse(f"registrations:{bad.page}", args=[row.uuid]), bad.body, bad.field)


def test_row_of_a_closed_year_says_when_it_was_closed_and_keeps_the_words(province, client):
    day_done = today().replace(year=today().year - 1, month=12, day=20)
    row = result(province, done_on=day_done)
    closed_cycle(province, day_done.year)
    client.force_login(province.users["an"])
    page = reverse("registrations:result_edit", args=[row.uuid])
    answer = refused(client, page, DONE, "done_on")
    (told,) = answer.context["form"].errors["done_on"]
    assert str(day_done.year) in told
    assert TYPED in answer.text


def test_two_fields_of_the_list_lead_a_refusal_to_the_whole_form(province, client):
    client.force_login(province.users["chi"])
    tomorrow = f"{today() + timedelta(days=1):%d/%m/%Y}"
    answer = client.post(reverse("registrations:result_create"), {"product": TYPED, "done_on": tomorrow})
    assert (answer.status_code, TYPED in answer.text, 'name="planned_on"' in answer.text) == (422, True, True)
