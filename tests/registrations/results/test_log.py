"""The log of results: two fields are enough, what cannot be is refused at its field, nothing is deleted."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from orgs.models import AuditEvent, Forbidden, Refusal, Stale, StoredFile
from registrations.models import YearResult
from registrations.selectors.results import results as selectors
from registrations.services.results import results as services
from tests.registrations.results.written import PRODUCT, ago, confirmed, late, pdf, result, today, words
from tests.registrations.works.test_registering import closed_cycle

pytestmark = pytest.mark.django_db


def update(province, row, who="an", **more):
    given = {"row": row, "version": row.version, "actor": province.users[who]}
    return services.update_result(words=words(**more), **given)


def test_product_and_day_are_enough(province):
    row = result(province, "chi")
    assert (row.person, row.product, row.done_on, row.planned_on) == (province.people["chi"], PRODUCT, today(), None)
    assert row.is_on_time is None
    assert not row.is_beyond
    event = AuditEvent.objects.get(action="result.add")
    assert "giải ngân" not in event.payload


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"product": "  "}, "product"),
        ({"done_on": None}, "done_on"),
        ({"done_on": timezone.localdate() + timedelta(days=1)}, "done_on"),
        ({"started_on": ago(1), "done_on": ago(2)}, "done_on"),
        ({"started_on": ago(1), "done_on": None, "planned_on": ago(2)}, "planned_on"),
        ({"document": "12-BC/TU (Mật)"}, "document"),
        ({"product": "Báo cáo TUYỆT MẬT"}, "product"),
        ({"beyond_quantity": True, "document": "15-BC/SKH"}, "beyond_reason"),
        ({"beyond_quantity": True, "beyond_reason": "Vượt 12 %."}, "document"),
        ({"beyond_quality": True, "beyond_reason": "Tốt.", "done_on": None, "planned_on": ago(3)}, "done_on"),
        ({"beyond_time": True, "beyond_reason": "Sớm.", "document": "15-BC"}, "planned_on"),
        ({"beyond_time": True, "beyond_reason": "Sớm.", "document": "15-BC", "planned_on": ago(3)}, "planned_on"),
        ({"cause": "Bão."}, "cause"),
        ({"cause": "Bão.", "planned_on": timezone.localdate()}, "cause"),
    ],
    ids=[
        "no product", "no day", "day to come", "finished before start", "due before start", "marked document",
        "marked product", "beyond without reason", "beyond without evidence", "beyond and not done",
        "early without a due day", "early and late", "cause without a due day", "cause of what was on time",
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_kept(province, more, field):
    with pytest.raises(Refusal) as refusal:
        result(province, **more)
    assert refusal.value.field == field
    assert not YearResult.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [("anh.pdf", b"MZ\x90 khong phai PDF"), ("bao-cao [Mật].pdf", b"%PDF-1.7"), ("rong.pdf", b"")],
    ids=["wrong content", "marked name", "empty"],
)
def test_wrong_evidence_is_refused_by_its_name_with_the_whole_result(province, name, content):
    with pytest.raises(Refusal, match="bao-cao|anh|rong") as refusal:
        result(province, uploads=[pdf(name, content)])
    assert refusal.value.field == "file"
    assert not YearResult.objects.exists()
    assert not StoredFile.objects.exists()


def test_beyond_the_requirement_stands_on_a_document_or_on_a_file(province):
    claim = {"beyond_quantity": True, "beyond_reason": "52/45 hộ, vượt 15 %."}
    by_document = result(province, **claim, document="15-BC/SKH")
    by_file = result(province, **claim, uploads=[pdf()])
    assert by_document.is_beyond
    assert by_file.is_beyond
    assert [file.name for file in selectors.evidence_of(by_file)] == ["minh-chung.pdf"]
    due = today() + timedelta(days=10)
    early = result(province, beyond_time=True, beyond_reason="Sớm 10 ngày.", document="16-BC", planned_on=due)
    assert (early.is_beyond, early.is_on_time) == (True, True)


def test_claim_beyond_may_be_added_later_on_the_evidence_that_stands(province):
    row = result(province, uploads=[pdf()])
    row = update(province, row, beyond_quality=True, beyond_reason="Được Bộ khen.")
    assert (row.is_beyond, row.version) == (True, 2)


@pytest.mark.parametrize("who", ["an", "binh", "giang", "khanh", "nga", "quan", "phuc", "tu"])
def test_result_is_written_by_who_reached_it_alone(province, who):
    row = result(province, "chi")
    actor = province.users[who]
    given = {"row": row, "version": 1, "actor": actor}
    with pytest.raises(Forbidden):
        services.add_result(subject=province.people["chi"], words=words(), actor=actor)
    with pytest.raises(Forbidden):
        services.update_result(words=words(task="Khác"), **given)
    with pytest.raises(Forbidden):
        services.attach_result_evidence(upload=pdf(), **given)
    with pytest.raises(Forbidden):
        services.withdraw_result(reason="Sai.", **given)
    row.refresh_from_db()
    assert (YearResult.objects.count(), row.version, row.task, row.withdrawn_at) == (1, 1, "", None)


def test_result_of_a_collective_is_written_by_its_head_and_its_secretary(province):
    assert result(province, "an", subject="TT-SKH").subject == province.collectives["TT-SKH"]
    assert result(province, "nga", subject="TT-SKH").entered_by == province.users["nga"]
    for who in ("binh", "chi", "dung", "giang"):
        with pytest.raises(Forbidden):
            result(province, who, subject="TT-SKH")


def test_stale_page_writes_nothing(province):
    row = result(province)
    update(province, row, task="Lần một")
    with pytest.raises(Stale):
        update(province, row, task="Lần hai")
    row.refresh_from_db()
    assert row.task == "Lần một"


def test_withdrawn_result_stays_with_its_reason_and_changes_no_more(province):
    row = result(province)
    given = {"row": row, "version": 1, "actor": province.users["an"]}
    with pytest.raises(Refusal) as refusal:
        services.withdraw_result(reason=" ", **given)
    assert refusal.value.field == "reason"
    row = services.withdraw_result(reason="Ghi trùng.", **given)
    assert (row.withdrawal_reason, YearResult.objects.count()) == ("Ghi trùng.", 1)
    with pytest.raises(Stale):
        update(province, row)
    filters = selectors.Filters(whose="mine")
    assert not selectors.listed(province.users["an"], filters)
    assert list(selectors.listed(province.users["an"], selectors.Filters(stand="withdrawn"))) == [row]


def test_day_of_a_closed_year_is_refused_and_its_results_stand_still(province):
    day = date(today().year - 1, 12, 20)
    row = result(province, done_on=day)
    closed_cycle(province, day.year)
    with pytest.raises(Refusal, match=str(day.year)) as refusal:
        result(province, done_on=day)
    assert refusal.value.field == "done_on"
    with pytest.raises(Refusal):
        update(province, row, done_on=today())
    with pytest.raises(Refusal):
        services.withdraw_result(row=row, reason="Sai.", version=1, actor=province.users["an"])
    assert result(province, done_on=date(day.year + 1, 1, 1)).pk


def test_change_of_days_or_cause_asks_the_superior_anew(province):
    row = confirmed(province, late(province))
    same = {"planned_on": row.planned_on, "done_on": row.done_on, "cause": row.cause}
    row = update(province, row, **same, task="Báo cáo quý")
    assert row.is_cause_objective is True
    row = update(province, row, **same | {"done_on": ago(3)})
    assert (row.is_cause_objective, row.cause_answer, row.cause_answered_by) == (None, "", None)


def test_two_taps_on_the_list_keep_a_result_once(province, client):
    client.force_login(province.users["chi"])
    page = client.get(reverse("registrations:result_list"))
    assert f'value="{today():%d/%m/%Y}"' in page.text
    body = {"product": PRODUCT, "done_on": f"{today():%d/%m/%Y}", "idempotency_key": "r-1"}
    for _ in range(2):
        answer = client.post(reverse("registrations:result_create"), body)
        assert answer.headers["Location"] == reverse("registrations:result_list")
    assert YearResult.objects.get().person == province.people["chi"]
    assert PRODUCT in client.get(reverse("registrations:result_list")).text


def test_refused_form_keeps_what_was_typed_and_names_the_field(province, client):
    client.force_login(province.users["chi"])
    body = {"product": PRODUCT, "done_on": "", "idempotency_key": "r-2"}
    answer = client.post(reverse("registrations:result_create"), body)
    assert answer.status_code == 422
    assert PRODUCT in answer.text
    assert "done_on" in answer.context["form"].errors
    assert not YearResult.objects.exists()


def test_pages_of_one_result_complete_it_attach_and_withdraw(province, client):
    client.force_login(province.users["an"])
    row = result(province)
    edit = reverse("registrations:result_edit", args=[row.uuid])
    body = {"product": PRODUCT, "done_on": f"{today():%d/%m/%Y}", "document": "15-BC/SKH", "axis": "1", "version": 1}
    assert client.post(edit, body | {"idempotency_key": "e-1"}).status_code == 302
    attach = reverse("registrations:result_evidence", args=[row.uuid])
    assert client.post(attach, {"file": pdf(), "version": 2, "idempotency_key": "e-2"}).status_code == 302
    page = client.get(reverse("registrations:result_detail", args=[row.uuid])).text
    assert "15-BC/SKH" in page
    assert "minh-chung.pdf" in page
    leave = reverse("registrations:result_withdraw", args=[row.uuid])
    assert client.post(leave, {"reason": "Nhầm.", "version": 2, "idempotency_key": "e-3"}).status_code == 409
    assert client.post(leave, {"reason": "Nhầm.", "version": 3, "idempotency_key": "e-4"}).status_code == 302
    assert client.get(edit).status_code == 403
    row.refresh_from_db()
    assert (row.document, row.axis, row.withdrawal_reason) == ("15-BC/SKH", "1", "Nhầm.")


def test_head_writes_for_his_collective_on_the_same_page(province, client):
    client.force_login(province.users["an"])
    body = {"product": PRODUCT, "done_on": f"{today():%d/%m/%Y}", "collective": province.collectives["TT-SKH"].pk}
    client.post(reverse("registrations:result_create"), body | {"idempotency_key": "c-1"})
    assert YearResult.objects.get().collective == province.collectives["TT-SKH"]
    client.force_login(province.users["chi"])
    answer = client.post(reverse("registrations:result_create"), body | {"idempotency_key": "c-2"})
    assert answer.status_code == 302
    assert YearResult.objects.order_by("-pk").first().person == province.people["chi"]
