"""A table is found in the workbook however it is laid out, and every row keeps its place."""

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from orgs.models import Refusal
from orgs.resources.tables import read_table
from tests.orgs.imports import books

COLUMNS, REQUIRED = books.UNIT_HEAD, books.UNIT_HEAD[:2]


def read(content):
    return read_table(content, columns=COLUMNS, required=REQUIRED)


def found(table):
    return [(row.sheet, row.number, row.values.get("Mã đơn vị"), row.values.get("Tên đơn vị")) for row in table.rows]


def test_title_rows_with_merged_cells_stand_above_the_header():
    content = books.book(
        ("DANH SÁCH ĐƠN VỊ", None, None),
        ("Năm 2024",),
        (),
        COLUMNS,
        ("A", "Đơn vị A"),
        more=lambda book, sheet: (sheet.merge_cells("A1:G1"), sheet.merge_cells("A2:C2")),
    )
    assert found(read(content)) == [("Trang 1", 5, "A", "Đơn vị A")]


def test_blank_rows_are_passed_over_and_numbers_stay_true():
    content = books.units(("A", "Đơn vị A"), (), (None, "   ", None), ("B", "Đơn vị B"))
    assert [row[1] for row in found(read(content))] == [2, 5]


def test_columns_stand_in_any_order_with_stray_spaces_and_case():
    content = books.book((" TÊN  đơn vị ", None, "mã đơn vị (*)", "Loại"), ("Đơn vị A", None, "A", "Sở"))
    assert found(read(content)) == [("Trang 1", 2, "A", "Đơn vị A")]


def test_unknown_columns_are_named_and_left_out():
    table = read(books.units(("A", "Đơn vị A", *[None] * 5, "thừa"), head=(*COLUMNS, "Ghi chú")))
    assert "thừa" not in table.rows[0].values.values()
    assert table.warnings == ["Trang “Đơn vị”: bỏ qua các cột không có trong mẫu: Ghi chú."]


def test_every_worksheet_with_the_header_is_read_and_another_is_named():
    def more(book, sheet):
        second = book.create_sheet("Huyện")
        second.append(COLUMNS)
        second.append(("H1", "Huyện ủy"))
        book.create_sheet("Ghi chú").append(["gì đó"])
        book.create_sheet("Trống")
        book.create_sheet("Danh mục").append(["Sở"])

    table = read(books.units(("A", "Đơn vị A"), more=more))
    assert [row[0] for row in found(table)] == ["Đơn vị", "Huyện"]
    assert table.warnings == ["Trang “Ghi chú” không có dòng tiêu đề như vậy nên được bỏ qua."]


def test_hidden_worksheet_is_not_read():
    def hide(book, sheet):
        second = book.create_sheet("Cũ")
        second.append(COLUMNS)
        second.append(("Z", "Đơn vị cũ"))
        second.sheet_state = "hidden"

    assert [row[2] for row in found(read(books.units(("A", "Đơn vị A"), more=hide)))] == ["A"]


def test_merged_cell_below_the_header_speaks_for_every_row_it_covers():
    content = books.units(
        ("A", "Đơn vị A", "CHA"),
        ("B", "Đơn vị B", None),
        ("C", "Đơn vị C", None),
        ("D", "Đơn vị D", None),
        more=lambda book, sheet: sheet.merge_cells("C2:C4"),
    )
    above = [row.values.get("Mã đơn vị cấp trên") for row in read(content).rows]
    assert above == ["CHA", "CHA", "CHA", None]


def test_table_may_begin_away_from_the_first_cell():
    content = books.book((), (None, None, *COLUMNS), (None, None, "A", "Đơn vị A"))
    assert found(read(content)) == [("Trang 1", 3, "A", "Đơn vị A")]


def test_days_of_a_book_that_counts_from_1904_are_read_as_shown():
    def count_from_1904(book, sheet):
        book.epoch = CALENDAR_MAC_1904
        sheet["A3"] = 26071

    assert read(books.units(("A", "Đơn vị A"), more=count_from_1904)).is_1904 is True


def test_header_without_a_required_column_is_told_with_the_columns_it_needs():
    with pytest.raises(Refusal) as refused:
        read(books.book(("Mã đơn vị", "Loại"), ("A", "Sở")))
    assert str(refused.value) == (
        "Không trang tính nào có dòng tiêu đề với các cột “Mã đơn vị”, “Tên đơn vị” trong 20 dòng đầu. "
        "Hãy dùng tệp mẫu."
    )
