"""The register: entered from a document within reach, remedied, withdrawn, shown to who keeps it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from orgs.models import AuditEvent, AuditText, Forbidden, Refusal, Stale
from registrations.models import Discipline, Finding, Shortcoming
from registrations.selectors.register.facts import visible_to
from registrations.services.register import facts as register

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 3)


def enter(province, model=Discipline, subject=None, actor="quan", **more):
    values = {"form": "canh_cao"} if model is Discipline else {"kind": "disunity"} if model is Finding else {}
    asked = {"document": "QĐ 33-QĐ/UBKT", "document_on": DAY, "text": "Chi tiết riêng tư"} | values | more
    subject = subject or province.people["chi"]
    return register.enter_fact(model=model, subject=subject, actor=province.users[actor], **asked)


@pytest.mark.parametrize("model", [Discipline, Finding, Shortcoming])
def test_fact_is_entered_and_recorded_without_its_words(province, model):
    row = enter(province, model)
    assert (row.person, row.document, row.entered_by) == (
        province.people["chi"],
        "QĐ 33-QĐ/UBKT",
        province.users["quan"],
    )
    event = AuditEvent.objects.get(action="register.enter")
    assert "riêng tư" not in event.payload
    assert AuditText.objects.get(event=event).value == "Chi tiết riêng tư"


@pytest.mark.parametrize(("shelf", "key"), [("people", "chi"), ("collectives", "TT-SKH"), ("units", "SKH")])
def test_fact_is_about_one_subject_of_any_kind(province, shelf, key):
    subject = getattr(province, shelf)[key]
    row = enter(province, subject=subject)
    assert subject in (row.person, row.collective, row.unit)
    assert [row.person, row.collective, row.unit].count(None) == 2


@pytest.mark.parametrize("actor", ["chi", "nga", "lan", "son", "phuc", "tu"])
def test_fact_is_refused_to_who_states_none(province, actor):
    with pytest.raises(Forbidden, match="Chỉ cơ quan kiểm tra"):
        enter(province, actor=actor)


def test_fact_is_refused_outside_ones_reach_and_about_oneself(province):
    with pytest.raises(Forbidden, match="Lê Thị Kim Chi nằm ngoài"):
        enter(province, actor="khanh")
    with pytest.raises(Forbidden, match="việc của chính mình"):
        enter(province, subject=province.people["khanh"], actor="khanh")
    assert enter(province, subject=province.people["em"], actor="khanh").person == province.people["em"]


@pytest.mark.parametrize("more", [{"document": "  "}, {"document_on": timezone.localdate() + timedelta(days=1)}])
def test_fact_is_refused_without_a_document_of_the_past(province, more):
    with pytest.raises(Refusal):
        enter(province, **more)
    assert not Discipline.objects.exists()


def test_shortcoming_is_remedied_once_after_it_was_named(province):
    row = enter(province, Shortcoming)
    asked = {"row": row, "document": "BC 4", "actor": province.users["quan"]}
    with pytest.raises(Refusal, match="trước ngày được chỉ ra"):
        register.remedy_shortcoming(**asked, remedied_on=DAY - timedelta(days=1), version=1)
    register.remedy_shortcoming(**asked, remedied_on=DAY, version=1)
    with pytest.raises(Stale):
        register.remedy_shortcoming(**asked, remedied_on=DAY, version=1)
    assert Shortcoming.objects.get().remedied_on == DAY


def test_fact_is_withdrawn_by_a_document_and_stays(province):
    row = enter(province)
    asked = {"row": row, "actor": province.users["quan"]}
    with pytest.raises(Refusal):
        register.withdraw_fact(**asked, document=" ", version=1)
    with pytest.raises(Forbidden):
        register.withdraw_fact(row=row, document="QĐ 50", version=1, actor=province.users["khanh"])
    register.withdraw_fact(**asked, document="QĐ 50", version=1)
    with pytest.raises(Stale):
        register.withdraw_fact(**asked, document="QĐ 51", version=2)
    assert Discipline.objects.get().withdrawal_document == "QĐ 50"


def test_rows_are_visible_within_reach_alone(province):
    own, other = enter(province), enter(province, subject=province.people["em"])
    assert set(visible_to(province.users["quan"], "discipline")) == {own, other}
    assert set(visible_to(province.users["khanh"], "discipline")) == {other}
    assert not visible_to(province.users["chi"], "discipline").exists()


def test_list_costs_the_same_for_one_row_and_for_three(province, client):
    client.force_login(province.users["quan"])
    page = reverse("registrations:fact_list", args=["discipline"])

    def cost():
        with CaptureQueriesContext(connection) as found:
            assert client.get(page).status_code == 200
        return len(found)

    enter(province)
    cost()
    first = cost()
    enter(province, subject=province.units["SKH"])
    enter(province, subject=province.collectives["TT-SKH"])
    assert cost() == first < 20


def test_pages_are_for_who_states_facts(province, client):
    page = reverse("registrations:fact_list", args=["finding"])
    for short, status in (("quan", 200), ("khanh", 200), ("chi", 403), ("lan", 403)):
        client.force_login(province.users[short])
        assert client.get(page).status_code == status
        assert client.get(reverse("registrations:fact_list", args=["gossip"])).status_code == 404


@pytest.mark.parametrize(
    ("kind", "model", "fields"),
    [
        ("discipline", Discipline, {"form": "khien_trach", "violation": "V1"}),
        ("finding", Finding, {"kind": "corruption", "self_detected": "on"}),
        ("shortcoming", Shortcoming, {"text": "Chậm giải ngân vốn đầu tư công"}),
    ],
)
def test_fact_is_entered_on_its_page_once(province, client, kind, model, fields):
    client.force_login(province.users["quan"])
    page = f"{reverse('registrations:fact_create', args=[kind])}?person={province.people['chi'].uuid}"
    shown = client.get(page)
    assert "Lê Thị Kim Chi" in shown.text
    body = fields | {"document": "KL 5-KL/UBKT", "document_on": "2024-06-03", "idempotency_key": "f-1"}
    refused = client.post(page, body | {"document_on": ""})
    assert refused.status_code == 422
    assert 'value="KL 5-KL/UBKT"' in refused.text
    assert client.post(page, body).status_code == client.post(page, body).status_code == 302
    assert model.objects.get().person == province.people["chi"]
    listed = client.get(reverse("registrations:fact_list", args=[kind]), {"q": "kim chi"})
    assert "KL 5-KL/UBKT" in listed.text


def test_fact_page_of_nobody_or_out_of_reach_is_not_found(province, client):
    client.force_login(province.users["khanh"])
    page = reverse("registrations:fact_create", args=["discipline"])
    for query in ("", "?person=khong-phai", f"?person={province.people['chi'].uuid}"):
        assert client.get(page + query).status_code == 404


def test_remedy_and_withdrawal_have_their_pages(province, client):
    row = enter(province, Shortcoming)
    client.force_login(province.users["quan"])
    remedy = reverse("registrations:fact_remedy", args=[row.uuid])
    leave = reverse("registrations:fact_withdraw", args=["shortcoming", row.uuid])
    assert client.get(remedy).status_code == client.get(leave).status_code == 200
    early = client.post(remedy, {"document": "BC 4", "remedied_on": "2024-01-01", "version": 1})
    assert early.status_code == 422
    assert client.post(remedy, {"document": "BC 4", "remedied_on": "2024-07-01", "version": 1}).status_code == 302
    assert client.post(leave, {"document": "QĐ 50", "version": 1}).status_code == 409
    assert client.post(leave, {"document": "QĐ 50", "version": 2}).status_code == 302
    client.force_login(province.users["khanh"])
    assert client.get(remedy).status_code == client.get(leave).status_code == 404
