"""The workbook of a framework: every column both ways, moved and doubled columns named, nothing half saved."""

import pytest
import tablib
from django.core.exceptions import ValidationError

from criteria.models import Criterion, CriterionLevel, Framework
from criteria.resources.criteria import CriterionResource
from criteria.resources.criterion_sheet import HEADS, letter_of
from criteria.selectors.frameworks import conforming

pytestmark = pytest.mark.django_db


@pytest.fixture
def rich(frames):
    made = frames.own()
    Criterion.objects.filter(group__framework=made, code="2").update(
        weight="70", direction="at_most", cites="Điều 4", is_required=False, concretises="A.2"
    )
    CriterionLevel.objects.filter(criterion__group__framework=made, criterion__code="2").update(target="95.5", points=7)
    made.groups.filter(criteria__code="2").update(weight_sum=70, is_sum_fixed=True, cites="khoản 2")
    return made


def sheet_of(framework):
    rows = Criterion.objects.filter(group__framework=framework)
    content = CriterionResource().export(rows).export("xlsx")
    return tablib.Dataset().load(content, format="xlsx")


def brought(framework, data):
    """As the administration brings a sheet in."""
    return CriterionResource(framework=framework).import_data(data, rollback_on_validation_errors=True)


def said(result):
    words = [str(error.error) for error in result.base_errors]
    return " ".join(words + [str(row.error) for row in result.invalid_rows])


def test_sheet_holds_every_column_in_order_and_comes_back_the_same(frames, rich):
    data = sheet_of(rich)
    assert data.headers == list(HEADS.values())
    row = next(row for row in data.dict if row["Mã"] == "2")
    assert (row["Bắt buộc"], row["Chiều của chỉ tiêu"], row["Tổng do quy định ấn định"]) == ("không", "không quá", "có")
    assert (row["Chỉ tiêu mức Tốt"], row["Điểm mức Kém"], row["Cụ thể hóa tiêu chí"]) == ("95.50", "7.00", "A.2")
    empty = frames.own(title="Khung trống", rows=())
    result = brought(empty, data)
    assert (result.has_errors(), result.totals["new"]) == (False, len(data))
    changes = conforming.differences(rich, Framework.objects.get(pk=empty.pk))
    assert [(row.part, row.after) for row in changes] == [("title", "Khung trống")]
    again = brought(empty, sheet_of(empty))
    assert (again.totals["skip"], again.totals["update"]) == (len(data), 0)


def test_moved_columns_are_named_with_their_place(rich):
    data = sheet_of(rich)
    heads = list(data.headers)
    one, two = heads.index("Mã"), heads.index("Trọng số")
    heads[one], heads[two] = heads[two], heads[one]
    moved = tablib.Dataset(*[[row.get(head) for head in heads] for row in data.dict], headers=heads)
    words = said(brought(rich, moved))
    assert f"Các cột đã bị chuyển chỗ: “Trọng số” ({letter_of(one)}), “Mã” ({letter_of(two)})." in words


def test_column_that_stands_twice_or_is_missing_is_named(rich):
    data = sheet_of(rich)
    doubled = tablib.Dataset(*[[*row, ""] for row in data], headers=[*data.headers, "Mã"])
    assert "Các cột đứng hai lần: Mã." in said(brought(rich, doubled))
    del data["Số nhóm"]
    assert "Tệp thiếu các cột: Số nhóm." in said(brought(rich, data))


def test_older_sheet_without_the_new_columns_leaves_them_as_they_are(rich):
    data = sheet_of(rich)
    old = ("group_order", "group_number", "group_title", "group_key", "order", "number", "title", "item_key", "weight")
    heads = [HEADS[name] for name in (*old, "excellent", "good", "average", "poor")]
    rows = [row | {"Kém": f"Viết lại {row['Mã']}"} for row in data.dict]
    result = brought(rich, tablib.Dataset(*[[row[head] for head in heads] for row in rows], headers=heads))
    assert (result.has_errors(), result.totals["update"]) == (False, len(rows))
    row = Criterion.objects.get(group__framework=rich, code="2")
    assert (row.direction, row.cites, row.is_required, row.concretises) == ("at_most", "Điều 4", False, "A.2")
    level = row.levels.get(level="poor")
    assert (level.text, str(level.target), str(level.points)) == ("Viết lại 2", "95.50", "7.00")
    assert str(row.group.weight_sum) == "70.00"


@pytest.mark.parametrize(
    ("head", "value", "words"),
    [
        ("Bắt buộc", "có lẽ", "Bắt buộc: phải là “có” hoặc “không”"),
        ("Tổng do quy định ấn định", "1", "Tổng do quy định ấn định: phải là “có” hoặc “không”"),
        ("Chiều của chỉ tiêu", "hơn", "Chiều của chỉ tiêu: phải là “không dưới” hoặc “không quá”"),
        ("Chỉ tiêu mức Tốt", "nhiều", "Chỉ tiêu mức Tốt: phải là số"),
        ("Điểm mức Kém", "-1", "Điểm mức Kém: phải là số"),
        ("Tổng của nhóm", "10000", "Tổng của nhóm: phải là số"),
        ("Thứ tự", "99999", "Thứ tự: phải là số nguyên"),
    ],
)
def test_wrong_cell_is_named_and_nothing_is_saved(rich, head, value, words):
    data = sheet_of(rich)
    rows = [dict(row) for row in data.dict]
    rows[0]["Kém"], rows[-1][head] = "Không được lưu.", value
    result = brought(rich, tablib.Dataset(*[list(row.values()) for row in rows], headers=data.headers))
    assert words in said(result)
    assert not CriterionLevel.objects.filter(text="Không được lưu.").exists()


def test_two_rows_of_one_code_are_named(rich):
    data = sheet_of(rich)
    rows = [dict(row) for row in data.dict]
    rows[-1]["Mã"] = rows[0]["Mã"]
    words = said(brought(rich, tablib.Dataset(*[list(row.values()) for row in rows], headers=data.headers)))
    assert f"Dòng 2 và dòng {len(rows) + 1} trùng mã." in words


def test_letters_of_columns_run_as_in_a_workbook():
    assert [letter_of(place) for place in (0, 25, 26, 28, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AC", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


def test_issued_framework_takes_no_sheet(frames, rich):
    data = sheet_of(rich)
    Framework.objects.filter(pk=rich.pk).update(state="submitted")
    with pytest.raises(ValidationError):
        CriterionResource(framework=Framework.objects.get(pk=rich.pk)).before_import(data)
