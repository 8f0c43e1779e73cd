"""Nothing typed through the year is lost when the session ends, and no form counts twice however often it is sent."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape

from orgs.models import StoredFile
from registrations.models import (
    Discipline,
    Finding,
    Obstacle,
    PersonalPlanLine,
    ProgressNote,
    RunningRemark,
    Shortcoming,
    SupportRequest,
    Work,
    WorkChange,
    WorkDirection,
    YearResult,
)
from registrations.services.works import progress
from tests.access.played.tables import changed, everything
from tests.registrations.register.test_facts_register import enter
from tests.registrations.register.test_remarks import remark
from tests.registrations.remedies.test_remedies import name, planned, verified
from tests.registrations.results.written import late, result
from tests.registrations.works.test_registering import shortcoming
from tests.registrations.works.test_work_pages import at, typed
from tests.registrations.works.written import HARD, NEW, asked, draft, reported, running, today
from tests.resending import after_the_session_ended, form_of, offered
from tests.uploads import PDF

pytestmark = pytest.mark.django_db
KEPT = 'Nội dung đã gõ: ằ, ẫ, ợ, ữ — "trích dẫn" & <b>không phải thẻ</b>.'
DAY = "03/06/2024"


class Case(NamedTuple):
    """Who types KEPT into `field` of the page that `page(province)` makes, beside `more`; where it must stand then."""

    who: str
    page: Callable
    field: str
    model: type
    more: dict = {}
    stands_in: str = ""


def now():
    return f"{today():%d/%m/%Y}"


def planning(province):
    named = shortcoming(province)
    return at("plan_line_add", draft(province), "shortcoming"), {"shortcoming": named.pk}


def changing(province):
    work = running(province)
    return at("work_change", work), {
        key: value for key, value in typed(HARD).items() if key not in ("field", "support")
    }


def asking(province):
    return at("support_add", running(province)), {"body": province.units["UBND"].pk}


def solving(province):
    met = {"text": "Chưa có đơn giá.", "found_on": today() - timedelta(days=2)}
    return at("obstacle_solve", progress.report_obstacle(work=running(province), actor=province.users["an"], **met))


def about(page, who, *arguments):
    return lambda province: f"{at(page, *arguments)}?person={province.people[who].uuid}"


def correcting(province):
    row = enter(province)
    return at("fact_correct", "discipline", row)


CASES = {
    "hard work": Case("an", lambda p: at("work_add", draft(p, works=()), "hard"), "aim", Work, typed(HARD)),
    "new work": Case("an", lambda p: at("work_add", draft(p, works=()), "new"), "difficulties", Work, typed(NEW)),
    "work of a draft": Case("an", lambda p: at("work_edit", draft(p).works.get()), "aim", Work, typed(HARD)),
    "line of the plan": Case("an", planning, "measure", PersonalPlanLine),
    "note": Case("an", lambda p: at("note_add", running(p)), "text", ProgressNote, {"noted_on": now}),
    "obstacle": Case("an", lambda p: at("obstacle_add", running(p)), "text", Obstacle, {"found_on": now}),
    "way out": Case("an", solving, "solution", Obstacle, {"solved_on": now}),
    "support": Case("an", asking, "text", SupportRequest, {"due_on": now}),
    "answer": Case("ha", lambda p: at("support_answer", asked(p, running(p))), "answer", SupportRequest),
    "direction": Case(
        "giang",
        lambda p: at("direction_add", running(p)),
        "text",
        WorkDirection,
        {"document": "CV 4", "document_on": now},
    ),
    "change": Case("an", changing, "reason", WorkChange, {"aim": "Bàn giao 90 %."}),
    "outcome": Case(
        "an", lambda p: at("work_report", running(p)), "result", Work, {"outcome": "done", "finished_on": now}
    ),
    "verification": Case(
        "giang", lambda p: at("work_verify", reported(p)), "words", Work, {"outcome": "done"}, "verification"
    ),
    "result": Case("an", lambda _p: at("result_create"), "product", YearResult, {"done_on": now}),
    "result of the list": Case("chi", lambda _p: at("result_list"), "product", YearResult, {"done_on": now}),
    "result completed": Case("an", lambda p: at("result_edit", result(p)), "product", YearResult, {"done_on": now}),
    "result withdrawn": Case(
        "an", lambda p: at("result_withdraw", result(p)), "reason", YearResult, {}, "withdrawal_reason"
    ),
    "cause": Case(
        "giang", lambda p: at("result_cause", late(p)), "answer", YearResult, {"is_objective": "no"}, "cause_answer"
    ),
    "remark": Case("an", about("remark_create", "chi"), "text", RunningRemark, {"kind": "concern", "made_on": now}),
    "remark answered": Case("chi", lambda p: at("remark_answer", remark(p)), "answer", RunningRemark),
    "remark taken back": Case(
        "an", lambda p: at("remark_withdraw", remark(p)), "reason", RunningRemark, {}, "withdrawal_reason"
    ),
    "remedy planned": Case("an", lambda p: at("remedy_plan", name(p)), "measure", Shortcoming),
    "remedy reported": Case("an", lambda p: at("remedy_report", planned(p, name(p))), "report", Shortcoming),
    "discipline": Case(
        "quan",
        about("fact_create", "chi", "discipline"),
        "text",
        Discipline,
        {"document": "QĐ 33-QĐ/UBKT", "document_on": DAY, "form": "canh_cao"},
    ),
    "conclusion": Case(
        "quan",
        about("fact_create", "chi", "finding"),
        "text",
        Finding,
        {"document": "KL 3-KL/UBKT", "document_on": DAY, "kind": "disunity"},
    ),
    "named shortcoming": Case(
        "giang",
        about("fact_create", "an", "shortcoming"),
        "text",
        Shortcoming,
        {"document": "TB 5", "document_on": DAY},
    ),
    "correction": Case(
        "quan",
        correcting,
        "text",
        Discipline,
        {"document": "QĐ 33a", "document_on": DAY, "form": "khien_trach", "correction": "QĐ 35-QĐ/UBKT"},
    ),
}


class Opened(NamedTuple):
    """A form as its page drew it, filled in."""

    url: str
    body: dict


def opened(client, province, case):
    """Open the page as the person of the case and type."""
    client.force_login(province.users[case.who])
    found = case.page(province)
    url, more = found if isinstance(found, tuple) else (found, {})
    action, hidden = form_of(client.get(url), case.field)
    assert hidden["idempotency_key"]
    values = {key: value() if callable(value) else value for key, value in (more | case.more).items()}
    return Opened(action or url, hidden | values | {case.field: KEPT})


def standing(case):
    return case.model.objects.filter(**{case.stands_in or case.field: KEPT}).count()


@pytest.fixture(params=CASES.values(), ids=CASES)
def case(request):
    return request.param


def test_text_typed_before_the_session_ended_is_offered_after_the_login_and_sent_once(province, client, case):
    url, body = opened(client, province, case)
    before = everything()
    page = after_the_session_ended(client, url, body, case.who)
    assert (page.status_code, standing(case)) == (200, 0)
    assert "registrations" not in " ".join(changed(before))
    path, fields = offered(page)
    assert (path, fields[case.field]) == (url, [KEPT])
    assert set(fields) == set(body)
    sent = client.post(path, fields)
    assert (sent.status_code, standing(case)) == (302, 1)
    # The button of that page pressed once more: nothing is written, and it leads to the same place.
    after = everything()
    again = client.post(path, fields)
    assert (again.status_code, again.headers["Location"]) == (302, sent.headers["Location"])
    assert changed(after) == []


def test_form_pressed_twice_counts_once(province, client, case):
    url, body = opened(client, province, case)
    first = client.post(url, body)
    assert (first.status_code, standing(case)) == (302, 1)
    after = everything()
    second = client.post(url, body)
    assert (second.status_code, second.headers["Location"]) == (302, first.headers["Location"])
    assert (changed(after), standing(case)) == ([], 1)


def test_same_form_with_other_words_is_told_apart_and_keeps_them(province, client, case):
    """Back by the browser's button, typed anew and sent: the old key belongs to what was sent with it."""
    url, body = opened(client, province, case)
    assert client.post(url, body).status_code == 302
    after = everything()
    other = client.post(url, body | {case.field: f"{KEPT} Thêm một câu."})
    assert other.status_code in (403, 409, 422)
    # Beside the refusal, on the same page or on one of its own.
    assert "Thêm một câu." in other.text
    assert changed(after) == []
    assert standing(case) == 1


def test_files_that_were_chosen_are_asked_for_again_and_the_text_stays(province, client):
    case = CASES["note"]
    url, body = opened(client, province, case)
    chosen = [SimpleUploadedFile(f"biên bản {number}.pdf", PDF) for number in (1, 2)]
    page = after_the_session_ended(client, url, body | {"files": chosen}, case.who)
    assert page.context["files"] == {"files": ["biên bản 1.pdf", "biên bản 2.pdf"]}
    assert "Chọn lại: biên bản 1.pdf, biên bản 2.pdf" in page.text
    assert 'enctype="multipart/form-data"' in page.text
    assert '<input type="file" class="form-control" id="kept-file-1" name="files" multiple>' in page.text
    path, fields = offered(page)
    assert client.post(path, fields | {"files": [SimpleUploadedFile("biên bản 1.pdf", PDF)]}).status_code == 302
    note = ProgressNote.objects.get()
    assert (note.text, StoredFile.objects.filter(object_id=str(note.uuid)).count()) == (KEPT, 1)


def test_form_of_a_file_alone_is_refused_at_its_field_where_it_is_not_chosen_again(province, client):
    row = result(province)
    client.force_login(province.users["an"])
    url = at("result_evidence", row)
    _action, hidden = form_of(client.get(url), "file")
    page = after_the_session_ended(client, url, hidden | {"file": SimpleUploadedFile("anh.pdf", PDF)}, "an")
    path, fields = offered(page)
    answer = client.post(path, fields)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])
    assert client.post(path, fields | {"file": SimpleUploadedFile("anh.pdf", PDF)}).status_code == 302


def test_wrong_password_loses_neither_the_text_nor_the_names_of_the_files(province, client):
    case = CASES["note"]
    url, body = opened(client, province, case)
    client.logout()
    kept = client.post(url, body | {"files": SimpleUploadedFile("biên bản.pdf", PDF)})
    hidden = form_of(kept, "password")[1]
    wrong = client.post(reverse("orgs:login"), hidden | {"username": "an", "password": "sai"})
    assert form_of(wrong, "password")[1] == hidden
    assert json.loads(hidden["kept_files"]) == {"files": ["biên bản.pdf"]}


@pytest.mark.parametrize("names", ["{", "5", '["a"]', '{"a": 1}'])
def test_names_of_files_that_the_page_never_wrote_are_left_aside(province, client, names):
    case = CASES["note"]
    url, body = opened(client, province, case)
    client.logout()
    hidden = form_of(client.post(url, body), "password")[1] | {"kept_files": names}
    page = client.post(reverse("orgs:login"), hidden | {"username": "an", "password": "Mat-khau-thu-2024"})
    assert (page.status_code, page.context["files"]) == (200, {})
    assert 'type="file"' not in page.text


def test_who_logs_in_instead_sends_nothing_in_the_name_of_the_other(province, client):
    case = CASES["note"]
    url, body = opened(client, province, case)
    page = after_the_session_ended(client, url, body, "dung")
    path, fields = offered(page)
    assert client.post(path, fields).status_code == 404
    assert not ProgressNote.objects.exists()


def test_reason_of_an_act_that_is_refused_stands_on_the_page_that_follows(province, client):
    """A move without a page of its own goes back to its document: what was typed goes with the refusal."""
    row = verified(province, name(province))
    client.force_login(province.users["giang"])
    body = {"version": row.version, "note": KEPT, "document_ref": "  "}
    answer = client.post(at("remedy_act", row, "reopen"), body, follow=True)
    row.refresh_from_db()
    assert row.state == "verified"
    told = [str(message) for message in answer.context["messages"]]
    assert len(told) == 2
    assert "Hãy ghi số, ngày văn bản" in told[0]
    assert told[1] == f"Nội dung đã nhập: {KEPT}"
    assert escape(KEPT) in answer.text


def test_act_that_is_carried_out_says_nothing_of_what_was_typed(province, client):
    row = verified(province, name(province))
    client.force_login(province.users["giang"])
    body = {"version": row.version, "note": KEPT, "document_ref": "CV 7-CV/BTCTU"}
    answer = client.post(at("remedy_act", row, "reopen"), body, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["Đã thực hiện."]
