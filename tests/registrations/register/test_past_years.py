"""Three earlier years from a workbook: checked row by row, written once and marked, nothing half-written."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from orgs.models import Forbidden, RatingKind, Refusal, Stale
from orgs.services.imports import Source
from registrations.models import PastRating, Shortcoming
from registrations.resources import past_cells as cells
from registrations.resources.past_years import PastYearsResource
from registrations.services.register import past
from registrations.services.register.facts import withdraw_fact
from tests.orgs.imports import books

pytestmark = pytest.mark.django_db
LAST = timezone.localdate().year - 1
AN, DUNG, EM = "CB0001", "CB0004", "CB0005"


def line(code=EM, **more):
    values = {
        cells.CODE: code,
        cells.NAME: "",
        cells.YEAR: LAST,
        cells.KIND: "Cán bộ",
        cells.GRADE: "Hoàn thành tốt nhiệm vụ",
        cells.DOCUMENT: "QĐ 90-QĐ/TU",
        cells.DOCUMENT_ON: f"20/12/{LAST}",
    }
    words = {"name": cells.NAME, "year": cells.YEAR, "kind": cells.KIND, "grade": cells.GRADE, "doc": cells.DOCUMENT}
    words |= {"on": cells.DOCUMENT_ON, "named": cells.NAMED, "measure": cells.MEASURE}
    words |= {"mended": cells.REMEDIED_ON, "proof": cells.REMEDY_DOCUMENT}
    return values | {words[key]: value for key, value in more.items()}


def sheet(*lines, head=cells.COLUMNS):
    return books.book(head, *([row.get(title, "") for title in head] for row in lines), title="Các năm trước")


def check(province, *lines, actor="khanh", **named):
    return PastYearsResource(province.users[actor]).check(sheet(*lines, **named))


def carry_out(province, *lines, actor="khanh"):
    return PastYearsResource(province.users[actor]).carry_out(sheet(*lines), name="nam-truoc.xlsx")


def messages(plan):
    return [(problem.row, problem.column, problem.message) for problem in plan.sorted_errors()]


def test_grade_and_shortcomings_are_written_and_marked_as_imported(province):
    mended = line(named="Chậm giải ngân.", measure="Giao ban.", mended=f"28/12/{LAST}", proof="BC 3-BC/SYT")
    open_row = line(kind="", grade="", named="Ít đi cơ sở.")
    assert carry_out(province, mended, open_row).errors == []
    grade = PastRating.objects.get()
    assert (grade.person, grade.kind, grade.grade) == (province.people["em"], RatingKind.CADRE, "good")
    assert (grade.counted_year, grade.document_on, grade.entered_by) == (
        LAST,
        date(LAST, 12, 20),
        province.users["khanh"],
    )
    assert grade.imported_from.startswith("nam-truoc.xlsx (")
    first, second = Shortcoming.objects.order_by("pk")
    assert (first.state, first.remedied_on, first.remedy_document) == ("verified", date(LAST, 12, 28), "BC 3-BC/SYT")
    assert (second.state, second.remedied_on, second.text) == ("open", None, "Ít đi cơ sở.")
    assert first.imported_from == second.imported_from == grade.imported_from


def test_check_writes_nothing_and_the_same_file_again_changes_nothing(province):
    plan = check(province, line(named="Chậm."))
    assert (plan.count("created"), plan.errors) == (1, [])
    assert not PastRating.objects.exists()
    carry_out(province, line(named="Chậm."))
    again = check(province, line(named="Chậm."))
    assert (again.is_empty, PastRating.objects.count(), Shortcoming.objects.count()) == (True, 1, 1)


def test_columns_may_stand_in_any_order_and_a_strange_one_is_named(province):
    head = (*reversed(cells.COLUMNS), "Ghi chú riêng")
    plan = check(province, line(), head=head)
    assert (plan.count("created"), plan.errors) == (1, [])
    assert any("Ghi chú riêng" in warning for warning in plan.warnings)


def test_file_without_the_required_columns_is_refused_with_their_names(province):
    with pytest.raises(Refusal, match="“Mã”, “Năm”, “Văn bản”, “Ngày văn bản”"):
        check(province, line(), head=(cells.CODE, cells.NAME, cells.GRADE))


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"code": "CB9999"}, cells.CODE),
        ({"code": AN}, cells.CODE),
        ({"name": "Trần Văn Khác"}, cells.NAME),
        ({"year": LAST - 3}, cells.YEAR),
        ({"year": LAST + 1}, cells.YEAR),
        ({"year": "năm ngoái"}, cells.YEAR),
        ({"grade": "Loại A"}, cells.GRADE),
        ({"kind": "Nhân viên"}, cells.KIND),
        ({"kind": ""}, cells.KIND),
        ({"grade": ""}, cells.GRADE),
        ({"doc": ""}, cells.DOCUMENT),
        ({"on": "31/02/2024"}, cells.DOCUMENT_ON),
        ({"on": "01/01/2199"}, cells.DOCUMENT_ON),
        ({"mended": f"28/12/{LAST}"}, cells.REMEDIED_ON),
        ({"named": "Chậm.", "mended": f"28/12/{LAST}"}, cells.REMEDIED_ON),
        ({"named": "Chậm.", "mended": f"01/01/{LAST}", "proof": "BC 3"}, cells.REMEDIED_ON),
        ({"code": "SYT"}, cells.CODE),
    ],
    ids=[
        "unknown code", "out of reach", "name of another", "too old", "this year", "no year", "no such grade",
        "no such kind", "grade without its kind", "neither grade nor shortcoming", "no document", "no such day",
        "day to come", "mended without a shortcoming", "mended without a proof", "mended before named", "unit as cadre",
    ],
)  # fmt: skip
def test_wrong_row_is_told_at_its_cell_and_nothing_of_the_file_is_written(province, more, column):
    wrong = line(**more)
    plan = carry_out(province, line(), wrong)
    assert [(row, found) for row, found, _message in messages(plan)] == [(3, column)]
    assert not PastRating.objects.exists()
    assert not Shortcoming.objects.exists()


def test_collective_is_found_by_its_unit_and_an_organisation_is_the_unit(province):
    carry_out(province, line(code="SYT", kind="Tập thể"), line(code="SYT", kind="Tổ chức", grade="Hoàn thành nhiệm vụ"))
    found = {(row.collective, row.unit, row.grade) for row in PastRating.objects.all()}
    assert found == {
        (province.collectives["TT-SYT"], None, "good"),
        (None, province.units["SYT"], "completed"),
    }


def test_other_grade_for_a_year_that_stands_already_is_refused_until_it_is_withdrawn(province):
    carry_out(province, line())
    other = line(grade="Hoàn thành nhiệm vụ")
    ((_row, column, message),) = messages(check(province, other))
    assert column == cells.GRADE
    assert "“Hoàn thành tốt nhiệm vụ”" in message
    row = PastRating.objects.get()
    withdraw_fact(row=row, document="CV 8-CV/SYT", version=row.version, actor=province.users["khanh"])
    assert carry_out(province, other).errors == []
    assert PastRating.objects.get(withdrawn_on=None).grade == "completed"


def test_own_rows_are_brought_in_by_another_officer(province):
    ((_row, column, message),) = messages(check(province, line(code="CB0008")))
    assert column == cells.CODE
    assert "chính mình" in message


def test_writing_is_refused_to_who_states_no_facts_and_when_another_was_faster(province):
    given = {"shortcomings": [], "source": Source("a.xlsx", "0" * 64)}

    def grade():
        return PastRating(
            person=province.people["em"], kind="cadre", grade="good", counted_year=LAST, document="QĐ",
            document_on=date(LAST, 12, 1), entered_by=province.users["khanh"],
        )  # fmt: skip

    with pytest.raises(Forbidden):
        past.write_past_years(ratings=[grade()], actor=province.users["son"], **given)
    past.write_past_years(ratings=[grade()], actor=province.users["khanh"], **given)
    with pytest.raises(Stale):
        past.write_past_years(ratings=[grade()], actor=province.users["khanh"], **given)
    assert PastRating.objects.count() == 1


def test_pages_lead_from_the_file_to_the_list_and_to_the_own_page(province, client):
    client.force_login(province.users["khanh"])
    upload = SimpleUploadedFile("nam-truoc.xlsx", sheet(line()))
    sent = client.post(reverse("registrations:past_import"), {"file": upload})
    page = client.get(sent.headers["Location"])
    assert "Đỗ Thị Ngọc Em" in page.text
    assert reverse("registrations:past_import") in page.text
    confirm = reverse("orgs:import_confirm", args=["past_years", page.context["file"].uuid])
    body = {"fingerprint": page.context["plan"].fingerprint, "idempotency_key": "n-1"}
    for _ in range(2):
        answer = client.post(confirm, body)
        assert answer.headers["Location"] == reverse("registrations:past_list")
    assert "nam-truoc.xlsx" in client.get(reverse("registrations:past_list")).text
    exported = client.get(reverse("orgs:register_download", args=["past_years"])).content
    assert PastYearsResource(province.users["khanh"]).check(exported).is_empty
    row = PastRating.objects.get()
    leave = reverse("registrations:past_withdraw", args=[row.uuid])
    assert client.post(leave, {"document": "CV 8", "version": 1, "idempotency_key": "t-1"}).status_code == 302
    client.force_login(province.users["em"])
    assert "CV 8" in client.get(reverse("registrations:record_own")).text


def test_template_comes_with_grades_to_choose(province, client):
    client.force_login(province.users["khanh"])
    content = client.get(reverse("orgs:import_template", args=["past_years"])).content
    assert PastYearsResource(province.users["khanh"]).read(content).columns == set(cells.COLUMNS)


# -- the page of the check, where it finds errors


def test_page_of_the_check_names_each_row_and_column_and_lets_nothing_be_written(province, client):
    client.force_login(province.users["khanh"])
    wrong = (line(), line(year="năm ngoái", doc=""), line(code="CB9999"), line(mended=f"28/12/{LAST}"))
    upload = SimpleUploadedFile("nam-truoc.xlsx", sheet(*wrong))
    page = client.get(client.post(reverse("registrations:past_import"), {"file": upload}).headers["Location"])
    told = {(problem.row, problem.column) for problem in page.context["plan"].errors}
    assert told == {(3, cells.YEAR), (3, cells.DOCUMENT), (4, cells.CODE), (5, cells.REMEDIED_ON)}
    main = page.text.split('id="main"')[1]
    for column in (cells.YEAR, cells.DOCUMENT, cells.CODE, cells.REMEDIED_ON):
        assert column in main
    assert "năm ngoái" in main
    body = {"fingerprint": page.context["plan"].fingerprint, "idempotency_key": "n-9"}
    client.post(reverse("orgs:import_confirm", args=["past_years", page.context["file"].uuid]), body)
    assert not PastRating.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("nam-truoc.csv", "Mã;Năm".encode(), "XLSX"),
        ("nam-truoc.xlsx", b"PK\x03\x04 hong", "hỏng"),
        ("rong.xlsx", b"", "Tệp trống."),
    ],
    ids=["another kind", "damaged", "empty"],
)
def test_file_that_cannot_be_read_is_refused_at_the_upload(province, client, name, content, words):
    client.force_login(province.users["khanh"])
    answer = client.post(reverse("registrations:past_import"), {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code in {200, 422}
    assert words in answer.text
    assert not PastRating.objects.exists()


@pytest.mark.parametrize("short", ["chi", "son", "lan"])
def test_import_of_earlier_years_is_closed_to_who_states_no_facts(province, client, short):
    client.force_login(province.users[short])
    upload = SimpleUploadedFile("nam-truoc.xlsx", sheet(line()))
    assert client.post(reverse("registrations:past_import"), {"file": upload}).status_code == 403
