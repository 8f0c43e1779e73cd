"""The configuration of this floor in Django admin: saves with an event, deletes nothing, imports the same way."""

import json

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from orgs.models import AuditEvent, ManagingAuthority, Person, RoleGrant, Unit, UnitKind
from orgs.resources import PersonResource, UnitResource
from tests.orgs.imports import books

pytestmark = pytest.mark.django_db
OURS = [model for model in admin.site._registry if model._meta.app_label == "orgs"]


def name(model, page):
    return f"admin:orgs_{model._meta.model_name}_{page}"


@pytest.fixture
def administrator(province, client):
    client.force_login(province.users["phuc"])
    return client


def test_every_configured_table_of_the_floor_is_there():
    assert {model.__name__ for model in OURS} == {
        "Appointment", "AuditEvent", "AuthorityOverride", "AuthorityRule", "Collective", "Delegation", "Job",
        "ManagingAuthority", "Person", "Position", "RoleGrant", "Setting", "StandIn", "Unit", "UnitKind",
        "UnitSuccession", "User",
    }  # fmt: skip


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_list_and_form_open_for_the_administrator_and_nothing_is_deletable(administrator, model):
    assert administrator.get(reverse(name(model, "changelist"))).status_code == 200
    row = model._base_manager.order_by("pk").first()
    if row is not None:
        page = administrator.get(reverse(name(model, "change"), args=[row.pk]))
        assert page.status_code == 200
        assert "deletelink" not in page.text
        assert administrator.get(reverse(name(model, "delete"), args=[row.pk])).status_code == 403
        assert administrator.post(reverse(name(model, "delete"), args=[row.pk]), {"post": "yes"}).status_code == 403
        assert model._base_manager.filter(pk=row.pk).exists()
    registered = admin.site._registry[model]
    request = administrator.get(reverse("admin:index")).wsgi_request
    assert "delete_selected" not in registered.get_actions(request)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_officer_without_the_right_stays_outside(province, client, model):
    user = province.users["giang"]
    user.is_staff = True
    user.save()
    client.force_login(user)
    assert client.get(reverse(name(model, "changelist"))).status_code == 403


def test_history_and_accounts_are_only_read(administrator):
    for model in ("auditevent", "user"):
        assert administrator.get(reverse(f"admin:orgs_{model}_add")).status_code == 403


def test_saving_records_who_changed_which_fields(province, administrator):
    kind = UnitKind.objects.create(code="xa", name="Xa")
    url = reverse("admin:orgs_unitkind_change", args=[kind.pk])
    assert administrator.post(url, {"code": "xa", "name": "Xã", "order": kind.order}).status_code == 302
    event = AuditEvent.objects.get(action="configuration.change")
    assert (event.actor, event.object_type, json.loads(event.payload)["fields"]) == (
        province.users["phuc"],
        "orgs.UnitKind",
        ["name"],
    )
    administrator.post(url, {"code": "xa", "name": "Xã", "order": kind.order})
    assert AuditEvent.objects.filter(action="configuration.change").count() == 1


def test_granting_a_role_is_an_event(province, administrator):
    body = {"user": province.users["chi"].pk, "role": "inspector", "unit": province.units["SKH"].pk, "document": "QĐ 7"}
    assert administrator.post(reverse("admin:orgs_rolegrant_add"), body).status_code == 302
    grant = RoleGrant.objects.get(document="QĐ 7")
    assert AuditEvent.objects.filter(action="configuration.create", object_id=str(grant.uuid)).exists()


def test_members_are_kept_within_their_collective_and_recorded(province, administrator):
    collective = province.collectives["TT-SKH"]
    seats = list(collective.memberships.order_by("order", "id"))
    body = {
        "code": collective.code, "name": collective.name, "unit": collective.unit_id, "kind": collective.kind,
        "is_reviewed": "on", "peer_code": "so", "started_on": "01/01/2020",
        "memberships-TOTAL_FORMS": len(seats) + 1, "memberships-INITIAL_FORMS": len(seats),
    }  # fmt: skip
    for number, seat in enumerate(seats):
        body |= {
            f"memberships-{number}-id": seat.pk, f"memberships-{number}-collective": collective.pk,
            f"memberships-{number}-person": seat.person_id, f"memberships-{number}-part": seat.part,
            f"memberships-{number}-order": seat.order, f"memberships-{number}-started_on": "01/01/2020",
        }  # fmt: skip
    last = len(seats)
    body |= {
        f"memberships-{last}-collective": collective.pk, f"memberships-{last}-person": province.people["chi"].pk,
        f"memberships-{last}-part": "member", f"memberships-{last}-order": 9,
        f"memberships-{last}-started_on": "01/11/2024",
    }  # fmt: skip
    answer = administrator.post(reverse("admin:orgs_collective_change", args=[collective.pk]), body)
    assert answer.status_code == 302
    assert collective.memberships.filter(person=province.people["chi"]).exists()
    assert AuditEvent.objects.filter(object_type="orgs.Membership").count() == 1


def test_search_in_the_admin_needs_no_accents(province, administrator):
    for model, term, expected in (("person", "nguyen van an", "Nguyễn Văn Ấn"), ("unit", "so y te", "Sở Y tế")):
        page = administrator.get(reverse(f"admin:orgs_{model}_changelist"), {"q": term})
        assert [str(row) for row in page.context["cl"].result_list] == [expected] or model == "unit"
        assert expected in page.text


def test_units_are_listed_as_a_tree(province, administrator):
    page = administrator.get(reverse("admin:orgs_unit_changelist"))
    names = [page.context["cl"].model_admin.indented(unit) for unit in page.context["cl"].result_list]
    assert names.index("Ủy ban nhân dân tỉnh Quảng Ngãi") < names.index("\u2003Sở Y tế")
    assert "\u2003\u2003Chi bộ Sở Y tế" in names


def test_excluded_level_cannot_be_chosen_for_a_person(province, administrator):
    ManagingAuthority.objects.create(code="TW", name="Bộ Chính trị quản lý", is_excluded=True)
    page = administrator.get(reverse("admin:orgs_person_change", args=[province.people["an"].pk]))
    assert "Bộ Chính trị quản lý" not in page.text


# The same import as on the pages.


def send(administrator, model, content):
    upload = SimpleUploadedFile("tep.xlsx", content)
    return administrator.post(
        reverse(f"admin:orgs_{model}_import"), {"format": "0", "import_file": upload, "resource": "0"}
    )


def confirm(administrator, model, page):
    form = page.context["confirm_form"].initial
    return administrator.post(reverse(f"admin:orgs_{model}_process_import"), form)


def test_admin_import_previews_then_writes_once_confirmed(province, administrator):
    content = books.people(books.person(**{"Mã đơn vị": "SKH", "Chức vụ": "Chuyên viên", "Cột lạ": 1}))
    page = send(administrator, "person", content)
    assert "Cao Thị Mới" in page.text
    assert not Person.objects.filter(code="CB9001").exists()
    assert confirm(administrator, "person", page).status_code == 302
    assert Person.objects.get(code="CB9001").appointments.get().unit.code == "SKH"
    assert AuditEvent.objects.filter(action="people.import", actor=province.users["phuc"]).count() == 1


def test_admin_import_shows_errors_by_row_and_offers_no_confirmation(administrator):
    page = send(administrator, "unit", books.units(("A", "Đơn vị A", "ZZ", "so", "Nhà nước", None, None)))
    assert page.context.get("confirm_form") is None
    assert "Không có đơn vị nào mang mã “ZZ”, cả trong tệp lẫn trong hệ thống." in page.text
    assert not Unit.objects.filter(code="A").exists()


def test_admin_import_refuses_hostile_files_in_a_sentence(administrator):
    page = send(administrator, "unit", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "tệp Excel .xls cũ" in page.text
    assert "Traceback" not in page.text


def test_admin_import_that_no_longer_fits_writes_nothing_and_says_so(province, administrator):
    page = send(administrator, "person", books.people(books.person(**{"Mã đơn vị": "SKH", "Chức vụ": "CV"})))
    Unit.objects.filter(code="SKH").update(code="KHAC")
    answer = confirm(administrator, "person", page)
    assert [str(message) for message in get_messages(answer.wsgi_request)][-1:] == [
        "Tệp có lỗi: chưa ghi gì vào hệ thống."
    ]
    assert not Person.objects.filter(code="CB9001").exists()


def test_admin_export_is_the_workbook_of_the_import(administrator):
    for model, resource, count in (("person", PersonResource, Person.objects.count()), ("unit", UnitResource, 9)):
        answer = administrator.post(reverse(f"admin:orgs_{model}_export"), {"format": "0", "resource": "0"})
        assert answer.status_code == 200
        plan = resource().check(answer.content)
        assert (plan.errors, plan.count("unchanged")) == ([], count)
