"""The remedy of a named shortcoming: planned, reported, verified by another, closed; who may, who may not, when."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from orgs import access
from orgs.models import Appointment, AuditEvent, Blocked, Forbidden, Message, Refusal, Stale, StoredFile, UnitSuccession
from orgs.services import outbox
from orgs.services.transitions import advance
from registrations.models import Origin, Shortcoming
from registrations.selectors.remedies import remedies as selectors
from registrations.services.register.facts import enter_fact, withdraw_fact
from registrations.services.remedies import naming, remedies, reminders
from registrations.services.remedies.naming import NamedIn, Plan
from reviews.tasks import send_reminders
from tests.uploads import PDF

pytestmark = pytest.mark.django_db
NAMED_ON = date(2023, 12, 28)
PROMPT = NamedIn(Origin.PROMPT, "reviews.PromptItem", "7d3c", "Gợi ý kiểm điểm số 12-CV/TU")


@pytest.fixture
def row(province):
    return name(province)


def name(province, subject=None, **more):
    given = {
        "subject": subject or province.people["an"],
        "text": "Chậm giải ngân vốn đầu tư công.",
        "named_in": PROMPT,
        "document": "12-CV/TU",
        "document_on": NAMED_ON,
        "actor": province.users["giang"],
    }
    return naming.name_shortcoming(**given | more)


def planned(province, row, actor="an", **more):
    plan = Plan(**{"measure": "Giao ban hằng tuần.", "due_on": date(2024, 6, 30)} | more)
    return remedies.plan_remedy(row=row, plan=plan, version=row.version, actor=province.users[actor])


def reported(province, row):
    row = planned(province, row)
    return remedies.report_remedy(row=row, report="Đã giải ngân 96%.", version=row.version, actor=province.users["an"])


def verified(province, row, actor="giang"):
    row = reported(province, row)
    return advance(row, "verify", actor=province.users[actor], version=row.version, document_ref="BC 30-BC/BTCTU")


def test_shortcoming_named_in_a_prompt_is_an_open_row_that_keeps_where_it_comes_from(province, row):
    assert (row.person, row.state, row.workflow_name) == (province.people["an"], "open", "remedy")
    assert (row.origin, row.origin_type, row.origin_id) == ("prompt", "reviews.PromptItem", "7d3c")
    assert row.origin_title == "Gợi ý kiểm điểm số 12-CV/TU"
    event = AuditEvent.objects.get(action="remedy.name")
    assert "giải ngân" not in event.payload


def test_shortcoming_named_again_by_the_same_record_stays_one_row(province, row):
    assert name(province) == row
    assert name(province, text="Việc khác.") != row
    assert name(province, subject=province.collectives["TT-SKH"]) != row
    withdraw_fact(row=row, document="CV 15", version=row.version, actor=province.users["giang"])
    assert name(province).pk != row.pk


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"text": "  "}, "text"),
        ({"document": " "}, "document"),
        ({"document_on": timezone.localdate() + timedelta(days=1)}, "document_on"),
        ({"plan": Plan(due_on=NAMED_ON - timedelta(days=1))}, "due_on"),
    ],
    ids=["no text", "no document", "document of tomorrow", "due before named"],
)
def test_naming_refuses_what_is_no_fact_with_its_field(province, more, field):
    with pytest.raises(Refusal) as refusal:
        name(province, **more)
    assert refusal.value.field == field
    assert not Shortcoming.objects.exists()


def test_remedy_goes_from_plan_to_report_verification_and_end(province, row):
    row = verified(province, row)
    assert (row.state, row.remedied_on, row.remedy_document) == ("verified", timezone.localdate(), "BC 30-BC/BTCTU")
    row.refresh_from_db()
    assert row.verified_by == province.users["giang"]
    assert row.reported_by == province.users["an"]
    row = advance(row, "close", actor=province.users["giang"], version=row.version)
    assert (row.state, row.is_final) == ("closed", True)


@pytest.mark.parametrize("actor", ["binh", "chi", "khanh", "nga", "lan", "son", "tu", "phuc"])
def test_plan_is_refused_to_whom_it_does_not_concern(province, row, actor):
    with pytest.raises(Forbidden):
        planned(province, row, actor)
    row.refresh_from_db()
    assert row.measure == ""


def test_report_belongs_to_who_mends_and_needs_a_plan(province, row):
    asked = {"row": row, "report": "Đã xong.", "version": row.version}
    with pytest.raises(Forbidden):
        remedies.report_remedy(**asked, actor=province.users["giang"])
    with pytest.raises(Blocked, match="Ghi biện pháp và việc đã làm"):
        remedies.report_remedy(**asked, actor=province.users["an"])
    row.refresh_from_db()
    assert (row.state, row.report) == ("open", "")


def test_verification_belongs_to_another_than_who_mends_and_rests_on_a_document(province, row):
    row = reported(province, row)
    given = {"name": "verify", "version": row.version}
    with pytest.raises(Forbidden):
        advance(row, **given, actor=province.users["an"], document_ref="BC 1")
    with pytest.raises(Refusal, match="số, ngày văn bản"):
        advance(row, **given, actor=province.users["giang"])
    row.owner = province.people["giang"]
    row.save()
    with pytest.raises(Blocked, match="chính mình"):
        advance(row, **given, actor=province.users["giang"], document_ref="BC 1")
    row.refresh_from_db()
    assert (row.state, row.remedied_on) == ("reported", None)


def test_report_that_is_returned_is_open_again_with_the_reason(province, row):
    row = reported(province, row)
    with pytest.raises(Refusal):
        advance(row, "return", actor=province.users["quan"], version=row.version)
    row = advance(row, "return", actor=province.users["quan"], version=row.version, note="Chưa có số liệu quý II.")
    assert (row.state, row.reported_at, row.report) == ("open", None, "Đã giải ngân 96%.")


def test_shortcoming_that_comes_back_is_opened_again_by_a_document(province, row):
    row = verified(province, row)
    row = advance(
        row, "reopen", actor=province.users["quan"], version=row.version, document_ref="KL 9-KL/UBKT", note="Tái phạm."
    )
    assert (row.state, row.remedied_on, row.remedy_document, row.verified_by) == ("open", None, "", None)


def test_stale_page_changes_nothing(province, row):
    planned(province, row)
    with pytest.raises(Stale):
        remedies.plan_remedy(row=row, plan=Plan("Khác"), version=row.version, actor=province.users["an"])
    with pytest.raises(Stale):
        remedies.write_report(row=row, report="Xong", version=row.version, actor=province.users["an"])
    assert Shortcoming.objects.get().measure == "Giao ban hằng tuần."


def test_plan_refuses_an_owner_from_elsewhere_and_an_empty_measure(province):
    body = name(province, subject=province.collectives["TT-SKH"])
    with pytest.raises(Refusal, match="Phạm Quốc Dũng không thuộc") as refusal:
        planned(province, body, owner=province.people["dung"])
    assert refusal.value.field == "owner"
    with pytest.raises(Refusal) as refusal:
        planned(province, body, measure=" ")
    assert refusal.value.field == "measure"
    assert planned(province, body, owner=province.people["binh"]).owner == province.people["binh"]


def test_who_is_named_for_a_part_of_the_collective_mends_it(province):
    body = planned(province, name(province, subject=province.collectives["TT-SKH"]), owner=province.people["binh"])
    row = remedies.report_remedy(row=body, report="Đã xong.", version=body.version, actor=province.users["binh"])
    assert row.state == "reported"


def test_evidence_is_kept_for_the_readers_of_the_row_alone(province, client, row):
    upload = SimpleUploadedFile("minh-chung.pdf", PDF)
    kept = remedies.attach_evidence(row=row, upload=upload, version=row.version, actor=province.users["an"])
    for short, status in (("an", 200), ("giang", 200), ("quan", 200), ("binh", 404), ("tu", 404)):
        client.force_login(province.users[short])
        assert client.get(reverse("orgs:file_open", args=[kept.uuid])).status_code == status


@pytest.mark.parametrize(
    ("file_name", "content"),
    [("virus.exe", b"MZ"), ("ket-qua.pdf", b"PK\x03\x04"), ("Báo cáo MẬT.pdf", PDF), ("trong.pdf", b"")],
)
def test_evidence_of_a_wrong_kind_is_refused_and_nothing_kept(province, row, file_name, content):
    with pytest.raises(Refusal):
        remedies.attach_evidence(
            row=row,
            upload=SimpleUploadedFile(file_name, content),
            version=row.version,
            actor=province.users["an"],
        )
    assert not StoredFile.objects.exists()
    row.refresh_from_db()
    assert row.version == 1


def test_row_of_a_person_goes_with_him_to_another_agency(province):
    chi, an, dung = (province.people[short] for short in ("chi", "an", "dung"))
    row = name(province, subject=chi)
    assert selectors.visible_to(province.users["an"]).filter(pk=row.pk).exists()
    assert not selectors.visible_to(province.users["dung"]).exists()
    Appointment.objects.filter(person=chi).update(unit=province.units["SYT"])
    for short, is_seen in (("an", False), ("dung", True), ("chi", True), ("khanh", True)):
        user = type(an.account).objects.get(pk=province.users[short].pk)
        assert selectors.visible_to(user).filter(pk=row.pk).exists() == is_seen, short
    assert dung.account.pk == province.users["dung"].pk


def test_row_of_a_body_goes_on_with_the_body_that_followed_it(province):
    row = name(province, subject=province.collectives["TT-SKH"])
    user = province.users["dung"]
    assert not selectors.visible_to(user).exists()
    UnitSuccession.objects.create(
        predecessor=province.units["SKH"],
        successor=province.units["SYT"],
        happened_on=date(2024, 7, 1),
        document="NQ 5-NQ/HĐND",
    )
    assert selectors.visible_to(user).get() == row
    row = planned(province, row, "dung")
    row = remedies.report_remedy(row=row, report="Đã xong.", version=row.version, actor=user)
    assert row.state == "reported"


def test_head_sees_the_open_rows_of_the_collective_and_its_members(province):
    name(province, subject=province.collectives["TT-SKH"])
    name(province, subject=province.people["binh"])
    name(province, subject=province.people["dung"])
    late = name(province, subject=province.people["binh"], text="Việc cũ.", plan=Plan(due_on=NAMED_ON))
    seen = selectors.visible_to(province.users["an"])
    assert {row.subject for row in seen} == {province.collectives["TT-SKH"], province.people["binh"]}
    assert selectors.counts_of(seen) == {
        "open": 3, "reported": 0, "verified": 0, "closed": 0, "late": 1, "undated": 2,
    }  # fmt: skip
    found = selectors.matching(seen, selectors.Filters(is_late=True))
    assert list(found) == [late]
    undated = selectors.matching(seen, selectors.Filters(is_undated=True))
    assert late not in undated
    assert undated.count() == 2


def test_member_of_the_collective_reads_its_rows_and_writes_none(province):
    row = name(province, subject=province.collectives["TT-SKH"])
    user = province.users["binh"]
    assert selectors.visible_to(user).filter(pk=row.pk).exists()
    assert access.roles_on(user, row) == {"member"}
    with pytest.raises(Forbidden):
        planned(province, row, "binh")


def test_reminders_go_to_who_mends_and_when_late_to_the_head_too(province):
    day = timezone.localdate()
    name(province, subject=province.people["chi"], plan=Plan("Học", None, day + timedelta(days=3)))
    assert reminders.send_reminders() == 1
    assert reminders.send_reminders() == 0
    told = Message.objects.get()
    assert told.recipient == province.users["chi"]
    assert told.subject == "Cần khắc phục (Lê Thị Kim Chi): còn 3 ngày"
    assert reminders.send_reminders(today=day + timedelta(days=10)) == 2
    assert set(Message.objects.values_list("recipient__username", flat=True)) == {"chi", "an"}


def test_reminders_of_a_collective_reach_its_head_and_stop_when_it_is_reported(province):
    day = timezone.localdate()
    row = name(province, subject=province.collectives["TT-SKH"], plan=Plan("Rà soát", None, day))
    assert reminders.send_reminders() == 1
    assert Message.objects.get().recipient == province.users["an"]
    row = remedies.report_remedy(row=row, report="Đã xong.", version=row.version, actor=province.users["an"])
    assert reminders.send_reminders(today=day + timedelta(days=8)) == 0


def test_row_entered_without_a_remedy_names_nothing_and_cannot_be_mended(province):
    row = enter_fact(
        model=Shortcoming,
        subject=province.people["chi"],
        document="TB 5",
        document_on=NAMED_ON,
        is_none=True,
        actor=province.users["quan"],
    )
    assert (row.workflow_name, row.state) == ("nothing_named", "stated")
    with pytest.raises(Stale):
        advance(row, "verify", actor=province.users["quan"], version=row.version, document_ref="BC 1")
    row = withdraw_fact(row=row, document="TB 6", version=row.version, actor=province.users["quan"])
    assert (row.state, row.withdrawal_document) == ("withdrawn", "TB 6")


# -- pages


def test_list_counts_filters_and_leads_to_the_row(province, client, row):
    client.force_login(province.users["an"])
    page = reverse("registrations:remedy_list")
    shown = client.get(page).text
    assert "Chậm giải ngân vốn đầu tư công." in shown
    assert reverse("registrations:remedy_detail", args=[row.uuid]) in shown
    assert "Chậm giải ngân" not in client.get(page, {"state": "closed"}).text
    assert "Chậm giải ngân" in client.get(page, {"q": "giải ngân"}).text
    assert "Chậm giải ngân" not in client.get(page, {"year": "2022"}).text
    assert client.get(page, {"year": "hai nghìn"}).status_code == 200
    client.force_login(province.users["chi"])
    assert "Chậm giải ngân" not in client.get(page).text


@pytest.mark.parametrize("short", ["an", "giang"])
def test_list_costs_the_same_for_one_row_and_for_three(province, client, row, short):
    client.force_login(province.users[short])
    page = reverse("registrations:remedy_list")

    def cost():
        with CaptureQueriesContext(connection) as found:
            assert client.get(page).status_code == 200
        return len(found)

    cost()
    first = cost()
    name(province, text="Thứ hai.")
    name(province, subject=province.collectives["TT-SKH"], text="Thứ ba.")
    assert cost() == first <= 12


def test_pages_carry_a_remedy_from_its_plan_to_its_end(province, client, row):
    detail = reverse("registrations:remedy_detail", args=[row.uuid])

    def send(short, page, **body):
        client.force_login(province.users[short])
        row.refresh_from_db()
        key = {"version": row.version, "idempotency_key": f"{page}-{row.version}"}
        return client.post(reverse(f"registrations:{page}", args=[row.uuid, *body.pop("more", ())]), key | body)

    owner = str(province.people["an"].uuid)
    wrong = send("an", "remedy_plan", measure="Giao ban.", owner=owner, due_on="31/02/2024")
    assert (wrong.status_code, "Giao ban." in wrong.text) == (422, True)
    early = send("an", "remedy_plan", measure="Giao ban.", owner=owner, due_on="01/01/2020")
    assert "Hạn khắc phục không thể trước ngày được chỉ ra." in early.text
    assert send("an", "remedy_plan", measure="Giao ban.", owner=owner, due_on="30/06/2024").status_code == 302
    assert send("an", "remedy_evidence", file=SimpleUploadedFile("a.pdf", PDF)).status_code == 302
    assert send("an", "remedy_report", report="Đã giải ngân 96%.").status_code == 302
    assert "a.pdf" in client.get(detail).text
    refused = send("an", "fact_remedy", remedied_on="01/07/2024", document="BC 3")
    assert refused.status_code == 403
    assert send("giang", "fact_remedy", remedied_on="01/07/2024", document="BC 30-BC/BTCTU").status_code == 302
    assert send("giang", "remedy_act", more=["close"]).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.remedied_on, row.verified_by.username) == ("closed", date(2024, 7, 1), "giang")
    told = client.get(detail).text
    assert "BC 30-BC/BTCTU" in told
    for words in ("Lập biện pháp", "Đính kèm minh chứng", "Đã chỉ ra"):
        assert words in told
    assert "remedy." not in told


def test_writing_pages_say_why_they_are_closed(province, client, row):
    verified(province, row)
    client.force_login(province.users["an"])
    for page in ("remedy_plan", "remedy_report", "remedy_evidence"):
        shown = client.get(reverse(f"registrations:{page}", args=[row.uuid]))
        assert shown.status_code == 403
        assert "Đã xác nhận khắc phục" in shown.text


@pytest.mark.parametrize("way", ["command", "beat", "daily"])
def test_reminders_go_out_whichever_way_the_day_is_rung_in(province, way):
    name(province, subject=province.people["chi"], plan=Plan("Học", None, timezone.localdate() + timedelta(days=3)))
    if way == "command":
        call_command("send_reminders", stdout=StringIO())
    elif way == "beat":
        send_reminders()
    else:
        outbox.enqueue(kind="daily", dedup_key="daily:test")
        outbox.drain()
    told = Message.objects.get()
    assert (told.recipient, told.subject) == (province.users["chi"], "Cần khắc phục (Lê Thị Kim Chi): còn 3 ngày")
