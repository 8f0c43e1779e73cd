"""Lists, templates and marked-up uploads."""

import io
from datetime import datetime

import openpyxl
from openpyxl.comments import Comment

from orgs.documents import (
    Align,
    CellError,
    Column,
    TemplateColumn,
    TemplateSheet,
    mark_errors,
    table_workbook,
    template_workbook,
)

PEOPLE = TemplateSheet(
    "Cán bộ",
    (
        TemplateColumn("Mã cán bộ", is_required=True, note="Mã số trong hồ sơ, ví dụ CB-0001"),
        TemplateColumn("Họ và tên", 30),
        TemplateColumn("Giới tính", choices=("Nam", "Nữ")),
        TemplateColumn("Ngày sinh", note="dd/mm/yyyy"),
    ),
    examples=(("CB-0001", "Nguyễn Văn Á", "Nam", "01/02/1980"),),
)
UNITS = TemplateSheet("Đơn vị", (TemplateColumn("Khối", choices=tuple(f"Khối số {n}" for n in range(60))),))


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def upload(**sheets):
    """A workbook as somebody sends it; each sheet a list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        worksheet = book.create_sheet(title)
        for row in rows:
            worksheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_list_has_title_lines_filter_and_frozen_head():
    columns = (Column("TT", 6, Align.CENTER), Column("Họ và tên", 40), Column("Điểm", 10))
    worksheet = opened(
        table_workbook("DANH SÁCH CÁN BỘ", columns, [(1, "Nguyễn Văn Á", 90), (2, "=1+1", 85)], lines=("Năm 2024",))
    ).active
    rows = [[cell.value for cell in row] for row in worksheet.iter_rows()]
    assert rows[0][0] == "DANH SÁCH CÁN BỘ"
    assert rows[1][0] == "Năm 2024"
    assert rows[3:6] == [["TT", "Họ và tên", "Điểm"], [1, "Nguyễn Văn Á", 90], [2, "=1+1", 85]]
    assert worksheet.freeze_panes == "A5"
    assert worksheet.auto_filter.ref == "A4:C6"
    assert worksheet["B6"].data_type == "s"


def test_empty_list_is_still_a_list():
    worksheet = opened(table_workbook("TRỐNG", (Column("A"), Column("B")), [])).active
    assert worksheet.auto_filter.ref == "A3:B3"


def test_template_has_heads_in_row_one_and_examples():
    worksheet = opened(template_workbook([PEOPLE, UNITS]))["Cán bộ"]
    assert [cell.value for cell in worksheet[1]] == ["Mã cán bộ", "Họ và tên", "Giới tính", "Ngày sinh"]
    assert [cell.value for cell in worksheet[2]] == ["CB-0001", "Nguyễn Văn Á", "Nam", "01/02/1980"]
    assert worksheet.freeze_panes == "A2"


def test_template_drop_downs_point_at_a_hidden_list():
    book = opened(template_workbook([PEOPLE, UNITS]))
    assert book.sheetnames == ["Cán bộ", "Đơn vị", "Danh mục"]
    assert book["Danh mục"].sheet_state == "hidden"
    (sex,) = [rule for rule in book["Cán bộ"].data_validations.dataValidation if rule.type == "list"]
    (line,) = [rule for rule in book["Đơn vị"].data_validations.dataValidation if rule.type == "list"]
    assert sex.formula1 == "'Danh mục'!$A$1:$A$2"
    assert str(sex.sqref) == "C2:C10000"
    assert line.formula1 == "'Danh mục'!$B$1:$B$60"
    assert [book["Danh mục"][f"A{n}"].value for n in (1, 2)] == ["Nam", "Nữ"]
    assert book["Danh mục"]["B60"].value == "Khối số 59"
    assert sex.showErrorMessage


def test_template_notes_are_shown_when_a_cell_is_entered():
    book = opened(template_workbook([PEOPLE]))
    prompts = [rule.prompt for rule in book["Cán bộ"].data_validations.dataValidation if rule.showInputMessage]
    assert prompts == ["Mã số trong hồ sơ, ví dụ CB-0001", "dd/mm/yyyy"]


def test_template_without_choices_has_no_list():
    assert opened(template_workbook([TemplateSheet("A", (TemplateColumn("x"),))])).sheetnames == ["A"]


SENT = {
    "Cán bộ": [["DANH SÁCH"], ["Mã cán bộ", "Họ và tên"], ["CB-1", "Nguyễn Văn Á"], ["CB-1", ""]],
    "Khác": [["a"]],
}
ERRORS = [
    CellError("Cán bộ", 4, "Mã cán bộ", "Mã đã có ở dòng 3."),
    CellError("Cán bộ", 4, "Họ và  TÊN", "Thiếu họ và tên."),
    CellError("Cán bộ", 4, "B", "Lỗi thứ hai cùng ô."),
    CellError("Không có", 1, "x", "Trang không có."),
    CellError("Cán bộ", 3, "", "Cả dòng sai."),
    CellError("Cán bộ", 3, "Cột lạ", "Cột không có."),
]


def test_errors_are_red_commented_and_listed():
    book = opened(mark_errors(upload(**SENT), ERRORS))
    assert book.sheetnames == ["Lỗi", "Cán bộ", "Khác"]
    assert book.active.title == "Lỗi"
    worksheet = book["Cán bộ"]
    assert worksheet["A4"].fill.fgColor.rgb == "FFF8C9CE"
    assert worksheet["A4"].comment.text == "Mã đã có ở dòng 3."
    assert worksheet["B4"].comment.text == "Thiếu họ và tên.\nLỗi thứ hai cùng ô."
    assert worksheet["B3"].comment is None
    assert worksheet["A3"].comment.text == "Cả dòng sai.\nCột không có."
    rows = [[cell.value for cell in row] for row in book["Lỗi"].iter_rows()]
    assert rows[0] == ["Trang tính", "Dòng", "Cột", "Giá trị", "Lỗi"]
    assert rows[1] == ["Cán bộ", 4, "Mã cán bộ", "CB-1", "Mã đã có ở dòng 3."]
    assert rows[4] == ["Không có", 1, "x", None, "Trang không có."]
    assert len(rows) == 1 + len(ERRORS)
    assert book["Lỗi"]["E2"].hyperlink.location == "'Cán bộ'!A4"


def test_values_of_the_upload_are_unchanged():
    before = [[cell.value for cell in row] for row in opened(upload(**SENT))["Cán bộ"].iter_rows()]
    marked = opened(mark_errors(upload(**SENT), ERRORS))["Cán bộ"]
    assert [[cell.value for cell in row] for row in marked.iter_rows()] == before


def test_marks_of_an_earlier_check_are_taken_away():
    first = mark_errors(upload(**SENT), ERRORS)
    second = opened(mark_errors(first, ERRORS[1:2]))
    assert second["Cán bộ"]["A4"].comment is None
    assert second["Cán bộ"]["A4"].fill.fill_type is None
    assert second["Cán bộ"]["B4"].comment.text == "Thiếu họ và tên."
    assert second.sheetnames.count("Lỗi") == 1
    assert second["Lỗi"].max_row == 2


def test_comment_of_the_sender_is_kept():
    book = openpyxl.load_workbook(io.BytesIO(upload(**SENT)))
    book["Khác"]["A1"].comment = Comment("của tôi", "Người gửi")
    target = io.BytesIO()
    book.save(target)
    assert opened(mark_errors(target.getvalue(), ERRORS))["Khác"]["A1"].comment.text == "của tôi"


def test_error_in_a_merged_cell_marks_the_cell_that_shows():
    book = openpyxl.load_workbook(io.BytesIO(upload(**SENT)))
    book["Cán bộ"].merge_cells("A3:B3")
    target = io.BytesIO()
    book.save(target)
    marked = opened(mark_errors(target.getvalue(), [CellError("Cán bộ", 3, "Họ và tên", "Sai.")]))
    assert marked["Cán bộ"]["A3"].comment.text == "Sai."


def test_error_list_shows_text_of_the_upload_as_text():
    sent = {"A": [["x"], ["=1+1"]]}
    book = opened(mark_errors(upload(**sent), [CellError("A", 2, "x", "=HYPERLINK(1)")]))
    assert [book["Lỗi"][f"{letter}2"].data_type for letter in "DE"] == ["s", "s"]


def test_error_list_shows_a_date_that_was_sent():
    moment = datetime.fromisoformat("1980-02-01")
    book = opened(mark_errors(upload(A=[["x"], [moment]]), [CellError("A", 2, "x", "Sai.")]))
    assert book["Lỗi"]["D2"].value.startswith("1980-02-01")
