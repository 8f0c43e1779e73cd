"""A criterion proposed from a row of the catalogue: its origin, who proposes, how a framework takes it up."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from criteria.models import Criterion, CriterionGroup, CriterionProposal, Framework, Regulation
from criteria.selectors.frameworks import proposals as selectors
from criteria.services.frameworks import proposals as services
from criteria.services.rules.regulations import load_shipped
from orgs.models import AuditEvent, Forbidden, Refusal
from orgs.services.transitions import start
from registrations.views.catalogue.proposals import origin_of
from tests.registrations.catalogue.held import verified
from tests.registrations.works.written import HARD, YEAR, received

pytestmark = pytest.mark.django_db
NEXT = timezone.localdate().year + 1


def proposed(province, work, *, actor="giang", unit="TU", **more):
    values = {"year": NEXT, "title": "Tháo gỡ điểm nghẽn mặt bằng", "reason": "Đã chứng minh hiệu quả."} | more
    return services.propose_criterion(
        issuer=province.units[unit], origin=origin_of(work), actor=province.users[actor], **values
    )


def written_framework(province, unit="TU"):
    """A draft of the body with one group."""
    load_shipped()
    regulation = Regulation.objects.get(key="124-QĐ/TW@2023-10-04")
    row = Framework(
        title="Khung tiêu chí", issuer=province.units[unit], regulation=regulation, subject="person", form_key="02B"
    )
    start(row, "framework")
    row.save()
    group = CriterionGroup.objects.create(framework=row, order=1, number="I", title="Kết quả", group_key="results")
    return row, group


def test_proposal_keeps_where_it_comes_from_in_words_and_by_identity(province):
    work = verified(province)
    row = proposed(province, work)
    assert (row.origin_kind, row.origin_uuid) == ("registrations.Work", work.uuid)
    assert row.origin.startswith(f"“{HARD['name']}” (Nguyễn Văn Ấn")
    assert f"đăng ký năm {YEAR}" in row.origin
    assert "kết quả được xác nhận:" in row.origin
    event = AuditEvent.objects.get(object_id=str(row.uuid))
    assert event.action == "criterion.proposed"


def test_work_that_is_not_verified_is_proposed_without_an_outcome(province):
    work = received(province).works.get()
    assert "kết quả được xác nhận" not in proposed(province, work).origin


@pytest.mark.parametrize("who", ["an", "ha", "lan", "minh", "quan", "tu"])
def test_who_does_not_prepare_the_frameworks_of_the_body_proposes_none(province, who):
    work = received(province).works.get()
    with pytest.raises(Forbidden):
        proposed(province, work, actor=who)
    assert not CriterionProposal.objects.exists()


@pytest.mark.parametrize(("more", "field"), [({"title": " "}, "title"), ({"year": NEXT - 2}, "year")])
def test_proposal_without_a_title_or_for_a_past_year_is_refused_at_its_field(province, more, field):
    work = received(province).works.get()
    with pytest.raises(Refusal) as refused:
        proposed(province, work, **more)
    assert refused.value.field == field


def test_same_work_is_proposed_once_a_body_and_year_until_it_is_set_aside(province):
    work = received(province).works.get()
    first = proposed(province, work)
    with pytest.raises(Refusal, match="đã được đề nghị"):
        proposed(province, work)
    assert proposed(province, work, year=NEXT + 1).pk != first.pk
    services.set_aside(proposal=first, reason="Đã có tiêu chí tương tự.", actor=province.users["giang"])
    assert proposed(province, work).pk != first.pk


def test_database_itself_holds_one_proposal_of_one_origin(province):
    row = proposed(province, received(province).works.get())
    row.pk, row.uuid = None, None
    with pytest.raises(IntegrityError), transaction.atomic():
        CriterionProposal.objects.create(
            issuer=row.issuer, year=row.year, title="Khác", origin=row.origin, origin_kind=row.origin_kind,
            origin_uuid=row.origin_uuid, proposed_by=province.users["giang"],
        )  # fmt: skip


def test_draft_takes_it_up_as_a_criterion_and_the_origin_stays_with_it(province):
    row = proposed(province, received(province).works.get())
    framework, group = written_framework(province)
    assert [found.pk for found in selectors.shown_beside(framework)] == [row.pk]
    made = services.take_up(proposal=row, group=group, actor=province.users["giang"])
    assert made.title == "Tháo gỡ điểm nghẽn mặt bằng"
    assert selectors.origin_of(framework, made.uuid).origin == row.origin
    (shown,) = selectors.shown_beside(framework)
    assert shown.settled_at is not None
    assert shown.stands


def test_taken_up_once_and_only_by_the_body_itself(province):
    row = proposed(province, received(province).works.get())
    _framework, group = written_framework(province)
    with pytest.raises(Forbidden):
        services.take_up(proposal=row, group=group, actor=province.users["ha"])
    services.take_up(proposal=row, group=group, actor=province.users["giang"])
    with pytest.raises(Refusal, match="đã có người xử lý"):
        services.take_up(proposal=row, group=group, actor=province.users["giang"])
    assert Criterion.objects.count() == 1


def test_framework_of_another_body_does_not_take_it_up(province):
    row = proposed(province, received(province).works.get())
    _framework, group = written_framework(province, "BTCTU")
    with pytest.raises(Refusal, match="cơ quan khác"):
        services.take_up(proposal=row, group=group, actor=province.users["giang"])
    assert not Criterion.objects.exists()


def test_set_aside_needs_a_reason_and_leaves_the_writing_page(province):
    row = proposed(province, received(province).works.get())
    framework, _group = written_framework(province)
    with pytest.raises(Refusal) as refused:
        services.set_aside(proposal=row, reason=" ", actor=province.users["giang"])
    assert refused.value.field == "reason"
    services.set_aside(proposal=row, reason="Trùng tiêu chí II.3.", actor=province.users["giang"])
    assert selectors.shown_beside(framework) == []


def test_officer_proposes_from_the_row_and_the_writing_page_takes_it_up(client, province):
    work = verified(province)
    framework, group = written_framework(province)
    client.force_login(province.users["giang"])
    address = reverse("registrations:criterion_propose", args=[work.uuid])
    page = client.get(address)
    assert page.context["form"].initial["title"] == HARD["name"]
    assert page.context["form"].initial["issuer"] == province.units["TU"].pk
    assert address in client.get(reverse("registrations:catalogue")).content.decode()
    body = {"issuer": province.units["TU"].pk, "year": NEXT, "title": "Bàn giao mặt bằng đúng hạn", "reason": "",
            "idempotency_key": "a1", "version": work.version}  # fmt: skip
    assert client.post(address, body).status_code == 302
    row = CriterionProposal.objects.get()
    write = reverse("criteria:framework_write", args=[framework.uuid])
    assert row.origin in client.get(write).content.decode().replace("&quot;", '"')
    taken = client.post(
        reverse("criteria:proposal_take", args=[row.uuid]),
        {"group": group.uuid, "framework": framework.uuid, "idempotency_key": "a2"},
    )
    made = Criterion.objects.get()
    assert taken.url == reverse("criteria:criterion_edit", args=[made.uuid])
    assert row.origin in client.get(taken.url).content.decode()


def test_refusals_come_back_to_the_pages_with_their_words(client, province):
    work = received(province).works.get()
    row = proposed(province, work)
    framework, _group = written_framework(province)
    client.force_login(province.users["giang"])
    address = reverse("registrations:criterion_propose", args=[work.uuid])
    body = {"issuer": province.units["TU"].pk, "year": NEXT, "title": "Lần nữa", "idempotency_key": "b1"}
    again = client.post(address, body)
    assert again.status_code == 422
    assert "Lần nữa" in again.content.decode()
    take = reverse("criteria:proposal_take", args=[row.uuid])
    answer = client.post(take, {"framework": framework.uuid, "idempotency_key": "b2"}, follow=True)
    assert "Chọn nhóm" in answer.content.decode()
    aside = reverse("criteria:proposal_aside", args=[row.uuid])
    answer = client.post(aside, {"framework": framework.uuid, "reason": "Trùng.", "idempotency_key": "b3"})
    assert answer.url == f"{reverse('criteria:framework_write', args=[framework.uuid])}#proposals"
    row.refresh_from_db()
    assert row.set_aside == "Trùng."
