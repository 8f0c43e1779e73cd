"""Pages of registered work: the route before writing, refusals with the text kept, once only, the boards, the inbox."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orgs.models import Setting
from orgs.services.transitions import advance
from registrations.models import PersonalPlanLine, ProgressNote, Registration, Work
from registrations.services.works import outcomes, progress
from reviews.selectors.waiting.inbox import inbox_of
from tests.registrations.works.test_registering import shortcoming
from tests.registrations.works.written import (
    HARD,
    NEW,
    YEAR,
    asked,
    draft,
    fresh,
    received,
    reported,
    running,
    sent,
    today,
)
from tests.uploads import PDF

pytestmark = pytest.mark.django_db


def at(name, *things):
    return reverse(f"registrations:{name}", args=[getattr(thing, "uuid", thing) for thing in things])


def logged_in(client, province, who):
    client.force_login(province.users[who])
    return client


def typed(values):
    return {name: value.strftime("%d/%m/%Y") if hasattr(value, "strftime") else value for name, value in values.items()}


def test_route_is_shown_before_anything_is_written(client, province):
    page = logged_in(client, province, "an").get(at("registration_create")).text
    assert "Đăng ký của đồng chí được gửi đến Thường trực Tỉnh ủy (qua Ban Tổ chức Tỉnh ủy)." in page
    assert "QĐ 746-QĐ/TU ngày 01/12/2022" in page
    assert "không bắt buộc" in page


def test_registration_is_begun_once_however_often_the_form_arrives(client, province):
    logged_in(client, province, "an")
    body = {"year": YEAR, "idempotency_key": "khoa-mot"}
    first, again = (client.post(at("registration_create"), body) for _each in range(2))
    row = Registration.objects.get()
    assert first.headers["Location"] == again.headers["Location"] == at("registration_detail", row)


def test_account_without_a_person_registers_nothing(client, province):
    answer = logged_in(client, province, "phuc").post(at("registration_create"), {"year": YEAR})
    assert answer.status_code == 403
    assert not Registration.objects.exists()


@pytest.mark.parametrize("year", [YEAR - 5, YEAR + 9, "abc"])
def test_year_that_is_not_open_is_refused_in_the_form(client, province, year):
    answer = logged_in(client, province, "an").post(at("registration_create"), {"year": year})
    assert answer.status_code == 200
    assert answer.context["form"].errors["year"]


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"measures": ""}, "measures", "chưa có giải pháp thực hiện"),
        ({"finishes_on": f"31/12/{YEAR - 1}"}, "finishes_on", "trước khi bắt đầu"),
        ({"starts_on": "32/13/2024"}, "starts_on", "ngày"),
        ({"field": "weather"}, "field", ""),
    ],
)
def test_bad_work_is_shown_at_its_field_and_what_was_typed_stays(client, province, change, field, words):
    row = draft(province, works=())
    answer = logged_in(client, province, "an").post(at("work_add", row, "hard"), typed(HARD) | change)
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors[field])
    assert HARD["content"] in answer.text
    assert not Work.objects.exists()


def test_unfinished_work_is_kept_by_its_own_button_and_the_gaps_lead_to_their_fields(client, province):
    row = draft(province, works=())
    logged_in(client, province, "an").post(
        at("work_add", row, "new"), {"name": "Việc mới", "field": "other", "unfinished": 1}
    )
    work = Work.objects.get()
    page = client.get(at("registration_detail", row)).text
    assert f"{at('work_edit', work)}#id_measures" in page
    assert "disabled" in page


def test_part_of_the_form_that_does_not_exist_is_not_found(client, province):
    row = draft(province)
    logged_in(client, province, "an")
    assert client.get(at("work_add", row, "third")).status_code == 404
    assert client.get(at("plan_line_add", row, "middle")).status_code == 404


def test_stale_page_of_a_work_keeps_what_was_typed(client, province):
    work = draft(province).works.get()
    logged_in(client, province, "an")
    client.post(at("work_edit", work), typed(HARD) | {"version": work.version})
    answer = client.post(at("work_edit", work), typed(HARD) | {"version": work.version, "name": "Bản gõ sau"})
    assert answer.status_code == 409
    assert "Bản gõ sau" in answer.text
    assert fresh(work).name == HARD["name"]


def test_line_of_the_plan_takes_the_words_of_the_register_and_is_taken_out(client, province):
    from_register = shortcoming(province)
    row = draft(province)
    logged_in(client, province, "an")
    body = {"shortcoming": from_register.pk, "text": "", "measure": "Giao ban hằng tuần."}
    client.post(at("plan_line_add", row, "shortcoming"), body)
    line = PersonalPlanLine.objects.get()
    assert (line.text, line.shortcoming) == (from_register.text, from_register)
    assert "TB 15-TB/TU" in client.get(at("registration_detail", row)).text
    client.post(at("plan_line_remove", line), {"version": line.version})
    assert not PersonalPlanLine.objects.exists()


def test_send_button_names_who_receives_and_the_head_of_another_sees_nothing(client, province):
    row = draft(province)
    page = logged_in(client, province, "an").get(at("registration_detail", row)).text
    assert "Gửi đăng ký đến Thường trực Tỉnh ủy (qua Ban Tổ chức Tỉnh ủy)?" in page
    assert logged_in(client, province, "dung").get(at("registration_detail", row)).status_code == 404


def test_evidence_with_a_secrecy_mark_is_refused_by_its_name_and_the_note_stays(client, province):
    work = running(province)
    upload = SimpleUploadedFile("Báo cáo (Mật).pdf", PDF)
    body = {"noted_on": today().strftime("%d/%m/%Y"), "text": "Đã xong một nửa.", "files": upload}
    answer = logged_in(client, province, "an").post(at("note_add", work), body)
    assert answer.status_code == 422
    assert "Báo cáo (Mật).pdf" in answer.text
    assert "Đã xong một nửa." in answer.text
    assert not ProgressNote.objects.exists()


def test_evidence_is_served_as_an_attachment(client, province):
    work = running(province)
    body = {
        "noted_on": today().strftime("%d/%m/%Y"),
        "text": "Xong.",
        "files": SimpleUploadedFile("a.pdf", PDF),
    }
    logged_in(client, province, "an").post(at("note_add", work), body)
    page = client.get(at("work_detail", work)).text
    url = page.split("?download")[0].rsplit('href="', 1)[1]
    assert "attachment" in client.get(f"{url}?download").headers["Content-Disposition"]


def test_support_of_a_body_outside_the_line_is_refused_with_the_way_out(client, province):
    work = running(province)
    body = {"body": province.units["SYT"].pk, "text": "Hỗ trợ nhân lực.", "due_on": today().strftime("%d/%m/%Y")}
    answer = logged_in(client, province, "an").post(at("support_add", work), body)
    assert answer.status_code == 422
    assert "cơ quan cấp trên của đơn vị mình" in answer.text
    assert "Hỗ trợ nhân lực." in answer.text


def test_body_answers_what_it_was_asked_and_reads_the_work_but_not_the_plan(client, province):
    request = asked(province, running(province))
    logged_in(client, province, "ha")
    assert HARD["content"] in client.get(at("support_detail", request)).text
    assert client.get(at("registration_detail", request.work.registration)).status_code == 404
    answer = client.post(at("support_answer", request), {"answer": "Ban hành.", "version": request.version})
    assert answer.status_code == 302
    assert fresh(request).answer == "Ban hành."
    assert client.get(at("support_answer", request)).status_code == 403


def test_late_answer_is_marked_in_the_list_of_the_body(client, province):
    request = asked(province, running(province))
    type(request).objects.update(due_on=today() - timedelta(days=3))
    page = logged_in(client, province, "ha").get(at("support_list")).text
    assert "Quá hạn 3 ngày" in page


def test_change_is_shown_old_beside_new_and_consented_on_the_page(client, province):
    work = running(province)
    body = typed({name: HARD[name] for name in HARD if name not in ("field", "support")})
    body |= {"finishes_on": f"31/12/{YEAR}", "reason": "Chờ đơn giá.", "version": work.version}
    logged_in(client, province, "an").post(at("work_change", work), body)
    page = logged_in(client, province, "giang").get(at("work_detail", work)).text
    assert f"<del>20/12/{YEAR}</del> <ins>31/12/{YEAR}</ins>" in page
    work = fresh(work)
    client.post(at("work_consent", work), {"version": work.version})
    assert f"{fresh(work).finishes_on:%d/%m}" == "31/12"


def test_outcome_done_otherwise_is_no_choice_without_a_consented_change(client, province):
    work = running(province)
    page = logged_in(client, province, "an").get(at("work_report", work)).text
    assert 'value="changed"' not in page
    body = {"outcome": "changed", "result": "x", "finished_on": "01/02/2024", "version": work.version}
    assert client.post(at("work_report", work), body).status_code == 422


def test_receiver_verifies_on_the_page_and_records_the_weighing_by_its_document(client, province):
    work = reported(province)
    logged_in(client, province, "giang")
    client.post(
        at("work_verify", work),
        {"outcome": "done", "words": "Đúng.", "document": "BC 12", "version": work.version},
    )
    work = fresh(work)
    assert work.state == "verified"
    client.post(at("work_weigh", work), {"version": work.version, "document_ref": ""})
    assert fresh(work).state == "verified"
    client.post(at("work_weigh", work), {"version": work.version, "document_ref": "QĐ 9-QĐ/TU"})
    assert fresh(work).weighed_in == "QĐ 9-QĐ/TU"


def test_head_sees_who_registered_and_who_did_not_without_a_word_of_blame(client, province):
    sent(province, "binh")
    draft(province, "chi")
    page = logged_in(client, province, "an").get(at("registration_standing"))
    assert (page.context["standing"].people, page.context["standing"].registered) == (4, 1)
    assert "không bị phê bình" in page.text
    assert HARD["name"][:40] in page.text
    missing = client.get(at("registration_standing"), {"has": "no"})
    names = {str(person) for person in missing.context["page_obj"]}
    assert names == {"Lê Thị Kim Chi", "Ngô Thanh Nga", "Đặng Kiều Oanh"}
    assert [str(person) for person in client.get(at("registration_standing"), {"has": "yes"}).context["page_obj"]] == [
        "Trần Thị Bình"
    ]


def test_board_of_the_unit_is_off_until_it_is_switched_on_and_then_shows_no_plan(client, province):
    work = running(province)
    logged_in(client, province, "chi")
    assert HARD["name"] not in client.get(at("work_board")).text
    Setting.objects.create(key="unit_work_board", value=True)
    page = client.get(at("work_board")).text
    assert HARD["name"] in page
    assert HARD["support"] not in page
    assert client.get(at("work_detail", work)).status_code == 404
    assert HARD["name"] not in logged_in(client, province, "dung").get(at("work_board")).text


def test_list_of_the_receiver_is_searched_without_accents_and_filtered(client, province):
    sent(province, "an")
    received(province, "dung")
    logged_in(client, province, "giang")

    def found(**query):
        return [str(row.person) for row in client.get(at("registration_list"), query).context["page_obj"]]

    assert found(q="nguyen van an") == ["Nguyễn Văn Ấn"]
    assert found(q="so y te") == ["Phạm Quốc Dũng"]
    assert found(state="sent") == ["Nguyễn Văn Ấn"]
    assert found(year=YEAR - 1) == []


def keys(province, who):
    user = type(province.users[who]).objects.get(pk=province.users[who].pk)
    return {row.key.split("-")[0] + ("-sent" if row.key.endswith("sent") else "") for row in inbox_of(user).todo}


def test_inbox_names_what_waits_for_each_side(province):
    row = sent(province)
    assert "registration" in keys(province, "giang")
    row = advance(row, "return", actor=province.users["giang"], version=row.version, note="Chưa rõ.")
    assert "returned" in keys(province, "an")
    row = advance(row, "send", actor=province.users["an"], version=row.version)
    advance(row, "receive", actor=province.users["giang"], version=row.version)
    work = row.works.get()
    work = advance(work, "start", actor=province.users["an"], version=work.version)
    asked(province, work)
    assert "support" in keys(province, "ha")
    assert keys(province, "giang").isdisjoint({"registration", "work"})
    reported_work = reported(province, "dung")
    assert reported_work.state == "reported_done"
    assert "work" in keys(province, "giang")


def test_inbox_of_many_registrations_is_one_row(province):
    for who in ("an", "dung"):
        sent(province, who)
    row = Registration.objects.first()
    for number in range(1, 4):
        row.pk, row.uuid, row.year = None, uuid4(), YEAR - number
        row._state.adding = True
        row.save()
    assert "registrations-sent" in keys(province, "giang")


def test_page_of_a_registration_costs_the_same_with_one_work_and_with_three(client, province):
    def cost(row):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at("registration_detail", row)).status_code == 200
        return len(queries)

    one = received(province, "an")
    three = received(province, "dung", works=(("hard", HARD), ("new", NEW), ("new", NEW)))
    logged_in(client, province, "giang")
    cost(one)
    assert cost(one) == cost(three) <= 12


def full_course(province):
    """A work under way with everything once: a note with its file, obstacle, direction, request, change."""
    work, an = running(province), province.users["an"]
    progress.note_progress(
        work=work, noted_on=today(), text="Đã họp dân", actor=an, uploads=[SimpleUploadedFile("bien-ban.pdf", PDF)]
    )
    progress.report_obstacle(work=work, text="Chưa có đơn giá", found_on=today(), actor=an)
    asked(province, work)
    direction = {"document": "CV 12-CV/TU", "document_on": today(), "text": "Tập trung tháo gỡ"}
    progress.enter_direction(work=work, actor=province.users["giang"], **direction)
    work.refresh_from_db()
    values = {"aim": "Bàn giao 90 % mặt bằng."}
    outcomes.ask_change(work=work, values=values, reason="Chờ đơn giá", version=work.version, actor=an)
    return fresh(work)


@pytest.mark.parametrize("who", ["an", "giang"])
def test_page_of_a_work_stays_within_what_a_page_may_cost_and_shows_its_whole_course(client, province, who):
    page = at("work_detail", full_course(province))
    logged_in(client, province, who).get(page)
    with CaptureQueriesContext(connection) as queries:
        shown = client.get(page).text
    assert len(queries) <= 12
    for words in ("Đã họp dân", "bien-ban.pdf", "Chưa có đơn giá", "CV 12-CV/TU", "Ban hành đơn giá", "Chờ đơn giá"):
        assert words in shown, words


def test_evidence_of_the_outcome_and_of_a_note_each_stand_in_their_place(client, province):
    work = running(province)
    uploads = [SimpleUploadedFile("ghi-chu.pdf", PDF)]
    note = {"noted_on": today(), "text": "Đã họp dân", "uploads": uploads}
    progress.note_progress(work=work, actor=province.users["an"], **note)
    work = fresh(work)
    outcomes.report_outcome(
        work=work, outcome="done", result="Xong", finished_on=today(), version=work.version, actor=province.users["an"],
        uploads=[SimpleUploadedFile("nghiem-thu.pdf", PDF)],
    )  # fmt: skip
    page = logged_in(client, province, "giang").get(at("work_detail", work))
    assert [file.name for file in page.context["files"]] == ["nghiem-thu.pdf"]
    assert [file.name for file in page.context["course"].notes[0].files] == ["ghi-chu.pdf"]


def test_withdrawn_before_it_was_sent_goes_nowhere_any_more(client, province):
    row = draft(province)
    advance(row, "withdraw", actor=province.users["an"], version=row.version)
    page = logged_in(client, province, "an").get(at("registration_detail", row))
    assert (page.status_code, page.context["route"]) == (200, None)
    assert "Cơ quan tiếp nhận" not in page.text


def test_page_of_a_draft_reads_its_works_and_its_route_once(client, province):
    """Written in by one person: the guards of sending stand in it, and the rules that say where it goes."""
    row = draft(province)
    page = at("registration_detail", row)
    logged_in(client, province, "an").get(page)
    with CaptureQueriesContext(connection) as queries:
        assert "Gửi" in client.get(page).text
    tables = [query["sql"].split(' FROM "')[1].split('"')[0] for query in queries if ' FROM "' in query["sql"]]
    read_once = ("orgs_authorityrule", "orgs_delegation", "registrations_work", "registrations_registration")
    assert [tables.count(name) for name in read_once] == [1, 1, 1, 1]
    assert len(queries) <= 15


def test_board_says_what_it_is_for_and_leads_back(client, province):
    Setting.objects.create(key="unit_work_board", value=True)
    work = running(province)
    asked(province, work)
    page = logged_in(client, province, "chi").get(at("work_board")).text.split('id="main"')[1]
    assert work.name in page
    assert "Để học hỏi lẫn nhau" in page
    assert f'href="{at("registration_list")}"' in page
    assert "Ban hành đơn giá bồi thường." not in page
