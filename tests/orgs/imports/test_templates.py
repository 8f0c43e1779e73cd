"""The workbooks we hand out: template with drop-downs (compared cell by cell), exports that never hold a formula."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from orgs.models import ManagingAuthority, Person
from orgs.resources import PersonResource, UnitResource
from tests.orgs.imports import books

pytestmark = pytest.mark.django_db


def described(content):
    """Worksheets, heads, drop-downs and notes of a workbook, as plain data."""
    book = load_workbook(BytesIO(content))
    found = {"sheets": [(sheet.title, sheet.sheet_state) for sheet in book]}
    sheet = book.worksheets[0]
    found["head"] = [cell.value for cell in sheet[1]]
    found["frozen"] = sheet.freeze_panes
    for rule in sheet.data_validations.dataValidation:
        column = str(rule.sqref).split("2")[0]
        title = sheet[f"{column}1"].value
        if rule.type == "list":
            area = rule.formula1.split("!")[1].replace("$", "")
            cells = book["Danh mục"][area]
            rows = cells if isinstance(cells, tuple) else ((cells,),)
            found[title] = [row[0].value for row in rows]
    return found


def test_template_of_people_is_the_golden_one(province):
    assert described(PersonResource().template()) == {
        "sheets": [("Cán bộ", "visible"), ("Danh mục", "hidden")],
        "head": list(books.PEOPLE_HEAD),
        "frozen": "A2",
        "Giới tính": ["Nam", "Nữ"],
        "Chức vụ": ["Giám đốc Sở", "Phó Giám đốc Sở", "Chuyên viên"],
        "Diện quản lý": [
            "Ban Thường vụ Tỉnh ủy quản lý", "Ban cán sự đảng UBND tỉnh quản lý", "Sở, ban, ngành quản lý",
        ],
        "Người đứng đầu": ["Có", "Không"],
    }  # fmt: skip


def test_template_of_units_is_the_golden_one(province):
    assert described(UnitResource().template()) == {
        "sheets": [("Đơn vị", "visible"), ("Danh mục", "hidden")],
        "head": list(books.UNIT_HEAD),
        "frozen": "A2",
        "Loại": ["ban dang", "chi bo", "dang uy", "so", "tinh uy", "ubnd"],
        "Khối": ["Đảng", "Nhà nước", "Mặt trận, đoàn thể", "Hội", "Doanh nghiệp"],
    }


def test_control_one_missing_accent_in_the_head_is_seen(province):
    found = described(PersonResource().template())
    assert found["head"] != [title.replace("Họ và tên", "Họ va tên") for title in books.PEOPLE_HEAD]


def test_empty_template_imports_nothing(province):
    plan = PersonResource().check(PersonResource().template())
    assert plan.as_json() == {"created": 0, "updated": 0, "unchanged": 0, "errors": [], "warnings": []}


def test_level_that_is_kept_out_is_not_offered(province):
    ManagingAuthority.objects.create(code="TW", name="Bộ Chính trị quản lý", is_excluded=True)
    assert "Bộ Chính trị quản lý" not in described(PersonResource().template())["Diện quản lý"]


RISKY = ["=1+1", "==1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1", "\u00a0=1", "\u200b=1", "=HYPERLINK(1)"]


def test_export_keeps_every_risky_text_as_text(province):
    Person.objects.bulk_create(
        Person(code=f"R{number}", full_name=text, search=f"r{number}", sort_key=f"{number:04d}")
        for number, text in enumerate(RISKY)
    )
    content = PersonResource().workbook(Person.objects.filter(code__startswith="R").order_by("sort_key"))
    book = load_workbook(BytesIO(content))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} <= {"s", "inlineStr"}
    shown = [str(cell.value) for cell in cells]
    assert all(any(text.strip() in value for value in shown) for text in ("=1+1", "==1+1", "@SUM(A1)", "＝1"))


def test_export_opens_as_text_in_another_reader(province):
    Person.objects.create(code="R1", full_name="=1+1")
    content = PersonResource().workbook(Person.objects.filter(code="R1"))
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    # A live formula without a cached value would be read as empty.
    assert "=1+1" in [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]
