"""The officer's import in three steps: upload, check, confirm; who may, what is kept, what happens twice."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from orgs.models import AuditEvent, Person, StoredFile, Unit
from orgs.resources import PersonResource
from tests.orgs.imports import books
from tests.orgs.imports.books import person

pytestmark = pytest.mark.django_db
GOOD = {"Mã đơn vị": "SYT", "Chức vụ": "Chuyên viên", "Từ ngày": "01/03/2024"}


def send(client, content, kind="people", name="can-bo.xlsx"):
    return client.post(reverse(f"orgs:import_{kind}"), {"file": SimpleUploadedFile(name, content)})


@pytest.fixture
def officer(province, client):
    client.force_login(province.users["khanh"])
    return client


def checked(client, *rows):
    answer = send(client, books.people(*rows))
    assert answer.status_code == 302
    return client.get(answer.headers["Location"])


def confirm(client, page, **more):
    file = page.context["file"]
    body = {"fingerprint": page.context["plan"].fingerprint, "idempotency_key": "k-1", **more}
    return client.post(reverse("orgs:import_confirm", args=["people", file.uuid]), body)


def test_upload_leads_to_a_check_that_writes_nothing(officer):
    page = checked(officer, person(**GOOD))
    assert page.status_code == 200
    for text in ("Sẽ thêm mới 1, thay đổi 0, giữ nguyên 0.", "Cao Thị Mới", "CB9001", "Chưa ghi vào hệ thống"):
        assert text in page.text
    assert not Person.objects.filter(code="CB9001").exists()
    kept = StoredFile.objects.get()
    assert (kept.purpose, kept.owner.username, kept.object_type) == ("import", "khanh", "import.people")


def test_confirming_writes_once_however_often_it_is_sent(province, officer):
    page = checked(officer, person(**GOOD))
    for _ in range(2):
        answer = confirm(officer, page)
        assert (answer.status_code, answer.headers["Location"]) == (302, reverse("orgs:people_list"))
    assert Person.objects.get(code="CB9001").appointments.get().unit == province.units["SYT"]
    assert AuditEvent.objects.filter(action="people.import", actor=province.users["khanh"]).count() == 1
    again = officer.get(reverse("orgs:import_check", args=["people", page.context["file"].uuid]))
    assert "Hệ thống đã có đủ dữ liệu trong tệp này: không có gì thay đổi." in again.text


def test_register_that_changed_since_the_check_is_a_conflict(officer):
    page = checked(officer, person(**GOOD))
    Person.objects.create(code="CB9001", full_name="Người Khác")
    answer = confirm(officer, page)
    assert answer.status_code == 409
    assert "Dữ liệu đã thay đổi từ lúc kiểm tra tệp. Hãy kiểm tra lại." in answer.text
    assert Person.objects.get(code="CB9001").full_name == "Người Khác"


@pytest.mark.parametrize("fingerprint", ["", "0" * 64])
def test_confirmation_without_the_plan_that_was_seen_writes_nothing(officer, fingerprint):
    assert confirm(officer, checked(officer, person(**GOOD)), fingerprint=fingerprint).status_code == 409
    assert not Person.objects.filter(code="CB9001").exists()


def test_file_with_errors_cannot_be_confirmed_and_comes_back_marked(officer):
    page = checked(officer, person(**GOOD), person("CB9002", "Cao Văn Hai", **{**GOOD, "Ngày sinh": "31/02/1985"}))
    assert "Không có ngày 31/02/1985." in page.text
    assert "Ghi vào hệ thống" not in page.text
    refused = confirm(officer, page)
    assert refused.status_code == 302
    assert not Person.objects.filter(code__startswith="CB90").exists()
    marked = officer.get(reverse("orgs:import_marked", args=["people", page.context["file"].uuid]))
    assert "can-bo.xlsx" in marked.headers["Content-Disposition"]
    book = load_workbook(BytesIO(marked.content))
    assert [cell.value for cell in book["Lỗi"][2]] == [
        "Cán bộ", 3, "Ngày sinh", "31/02/1985", "Không có ngày 31/02/1985.",
    ]  # fmt: skip
    assert book["Cán bộ"]["C3"].comment.text == "Không có ngày 31/02/1985."


def test_marked_file_mended_and_sent_again_is_read(officer):
    page = checked(officer, person("CB9002", "Cao Văn Hai", **{**GOOD, "Ngày sinh": "31/02/1985"}))
    marked = officer.get(reverse("orgs:import_marked", args=["people", page.context["file"].uuid]))
    book = load_workbook(BytesIO(marked.content))
    book["Cán bộ"]["C2"] = "28/02/1985"
    answer = send(officer, books.saved(book))
    again = officer.get(answer.headers["Location"])
    assert (again.context["counts"]["created"], again.context["counts"]["errors"]) == (1, [])


def test_error_that_the_register_causes_leads_to_the_page_that_mends_it(officer):
    page = checked(
        officer, person(**{**GOOD, "Chức vụ": "Chức vụ lạ"}), person("CB2", "Cao Hai", **{"Mã đơn vị": "ZZ"})
    )
    assert reverse("admin:orgs_position_add") in page.text
    assert reverse("orgs:import_units") in page.text


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.xlsx", "Tệp trống"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xlsx", "Đây là tệp Excel .xls cũ."),
        (books.book(("A", "B")), "a.xlsx", "Không trang tính nào có dòng tiêu đề"),
        (books.people(person()), "tai-lieu-mat.xlsx", "mật"),
        (books.people(person()), "a.docx", "XLSX"),
    ],
)
def test_upload_that_cannot_be_taken_says_why_in_the_form(officer, content, name, sentence):
    answer = send(officer, content, name=name)
    assert answer.status_code == 200
    assert sentence.casefold() in " ".join(answer.context["form"].errors["file"]).casefold()
    assert not StoredFile.objects.exists()


def test_upload_form_sends_the_file_and_not_its_name_only(officer):
    for kind in ("people", "units"):
        assert 'enctype="multipart/form-data"' in officer.get(reverse(f"orgs:import_{kind}")).text


def test_no_file_is_told_in_the_form(officer):
    answer = officer.post(reverse("orgs:import_people"), {})
    assert answer.context["form"].errors["file"] == ["Hãy chọn tệp."]


def test_officer_cannot_bring_people_of_a_sibling(officer):
    page = checked(officer, person(**{**GOOD, "Mã đơn vị": "SKH"}), person("CB0003", "Lê Thị Kim Chi", Email=1))
    assert "Đơn vị “SKH” ngoài phạm vi đồng chí quản lý." in page.text
    assert "Người này ngoài phạm vi đơn vị đồng chí quản lý." in page.text


@pytest.mark.parametrize("short", ["chi", "an", "quan", "son", "nga"])
@pytest.mark.parametrize("kind", ["people", "units"])
def test_import_is_closed_to_who_may_not(province, client, short, kind):
    client.force_login(province.users[short])
    assert client.get(reverse(f"orgs:import_{kind}")).status_code == 403
    assert send(client, books.people(person()), kind).status_code == 403
    for page in ("import_template", "register_download"):
        assert client.get(reverse(f"orgs:{page}", args=[kind])).status_code == 403


def test_file_of_another_officer_is_not_found(province, officer):
    page = checked(officer, person(**GOOD))
    uuid = page.context["file"].uuid
    officer.force_login(province.users["giang"])
    for name in ("import_check", "import_marked"):
        assert officer.get(reverse(f"orgs:{name}", args=["people", uuid])).status_code == 404
    assert officer.post(reverse("orgs:import_confirm", args=["people", uuid])).status_code == 404
    officer.force_login(province.users["khanh"])
    assert officer.get(reverse("orgs:import_check", args=["units", uuid])).status_code == 404
    assert officer.get(reverse("orgs:import_check", args=["khac", uuid])).status_code == 404


def test_check_shows_fifty_rows_a_page_and_all_rows_on_demand(officer):
    page = checked(officer, *[person(f"N{number}", f"Cao Văn {number}", **GOOD) for number in range(60)])
    assert len(page.context["page_obj"].object_list) == 50
    url = reverse("orgs:import_check", args=["people", page.context["file"].uuid])
    assert len(officer.get(url, {"page": 2}).context["page_obj"].object_list) == 10
    confirm(officer, page)
    assert len(officer.get(url).context["page_obj"].object_list) == 0
    assert len(officer.get(url, {"show": "all"}).context["page_obj"].object_list) == 50


def test_units_are_imported_in_the_same_three_steps(province, officer):
    content = books.units(("TTYT", "Trung tâm Y tế", "SYT", "so", "Nhà nước", None, None))
    page = officer.get(send(officer, content, "units").headers["Location"])
    uuid = page.context["file"].uuid
    answer = officer.post(
        reverse("orgs:import_confirm", args=["units", uuid]), {"fingerprint": page.context["plan"].fingerprint}
    )
    assert answer.headers["Location"] == reverse("orgs:units_list")
    assert Unit.objects.get(code="TTYT").parent == province.units["SYT"]


def test_register_is_downloaded_as_far_as_one_sees_it(province, officer):
    answer = officer.get(reverse("orgs:register_download", args=["people"]))
    table = PersonResource().read(answer.content)
    assert sorted(row.values["Mã cán bộ"] for row in table.rows) == ["CB0004", "CB0005", "CB0008"]


def test_template_can_be_filled_and_imported(officer):
    book = load_workbook(BytesIO(officer.get(reverse("orgs:import_template", args=["people"])).content))
    book["Cán bộ"].append(person(**GOOD))
    page = officer.get(send(officer, books.saved(book)).headers["Location"])
    assert page.context["counts"]["created"] == 1
