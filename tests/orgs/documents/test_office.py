"""DOCX and XLSX: page, structure, real figures, and texts that never become formulas."""

import io
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from docx import Document

from orgs.documents import Align, Column, Paragraph, Section, Sheet, Signature, Table, render_docx, render_xlsx
from orgs.documents.cells import LONGEST_CELL
from tests.orgs.documents.reading import docx_text, xlsx_text
from tests.orgs.documents.sheets import LETTER, REVIEW, SUMMARY


def word(sheet):
    return Document(io.BytesIO(render_docx(sheet)))


def book(sheet):
    return openpyxl.load_workbook(io.BytesIO(render_xlsx(sheet)))


def test_docx_is_a4_with_official_margins_and_times():
    document = word(LETTER)
    page = document.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert [round(side.mm) for side in (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)] == [
        20,
        20,
        30,
        15,
    ]
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert document.styles["Normal"].font.size.pt == 14
    assert document.core_properties.language == "vi"


def test_docx_of_a_wide_sheet_lies_on_its_side():
    page = word(SUMMARY).sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (297, 210)


def test_docx_numbers_pages_from_the_second_and_names_the_code_on_all():
    page = word(REVIEW).sections[0]
    assert page.different_first_page_header_footer
    assert "PAGE" in page.header._element.xml
    assert "PAGE" not in page.first_page_header._element.xml
    for foot in (page.footer, page.first_page_footer):
        assert "2024-CB-000123-3" in foot.paragraphs[0].text
        assert "pic:pic" in foot._element.xml


def test_docx_crosses_the_chosen_box():
    text = docx_text(render_docx(REVIEW))
    assert "☐ Xuất sắc ☒ Tốt ☐ Trung bình ☐ Kém" in " ".join(text.split())
    assert text.count("☒") == 3


def test_docx_keeps_the_last_paragraph_with_the_signatures():
    document = word(LETTER)
    assert [paragraph.paragraph_format.keep_with_next for paragraph in document.paragraphs[-2:]] == [True, True]


def test_docx_table_repeats_its_head_and_merges_groups():
    table = word(REVIEW).tables[1]
    assert [row._tr.xml.count("w:tblHeader") for row in table.rows[:3]] == [1, 1, 0]
    assert table.cell(0, 2).text == table.cell(0, 3).text == "Số lượng"
    assert table.cell(0, 0)._tc is table.cell(1, 0)._tc


FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://x","a")',
    "=cmd|' /C calc'!A0",
    "+84 255 123456",
    "-2+3+cmd|' /C calc'!A0",
    "- Tham mưu",
    "@SUM(1+1)",
    "\t=1+1",
    "\n=1+1",
    "\r=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "#N/A",
    "#REF!",
    "TRUE",
    "007",
    "1E5",
    "01/02",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_is_written_as_text_and_reads_back_unchanged(text):
    table = Table((Column("A"), Column("B")), ((text, text),), caption=text)
    sheet = Sheet(
        title=text, sections=(Section(text, (table, Paragraph(text))),), signatures=(Signature(text, name=text),)
    )
    cells = [cell for row in book(sheet).active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    kept = text.replace("\r", "\n")
    risky = [cell for cell in cells if cell.value == kept]
    assert len(risky) >= 3
    needs_quote = kept.lstrip(" \u00a0").startswith(tuple("=+-@\t\n＝＋－＠"))
    assert {bool(cell.quotePrefix) for cell in risky} == {needs_quote}


def test_xlsx_raw_file_holds_no_formula():
    sheet = Sheet(title="=1", sections=(Section("=2", (Table((Column("=3"), Column("b")), (("=4", "=5"),)),)),))
    raw = io.BytesIO(render_xlsx(sheet))
    import zipfile

    with zipfile.ZipFile(raw) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_xlsx_figures_are_figures_at_the_right():
    columns = (Column("TT", 5, Align.CENTER), Column("Số"), Column("Điểm"), Column("Ngày"), Column("Lúc"))
    moment = datetime.fromisoformat("2024-11-05T01:02:03+07:00")
    row = (1, 12345, Decimal("87.50"), date(2024, 11, 5), moment)
    cells = next(
        line
        for line in book(Sheet(title="a", sections=(Section(blocks=(Table(columns, (row,)),)),))).active.iter_rows()
        if line[0].value == 1
    )
    assert [cell.value for cell in cells] == [1, 12345, 87.5, datetime.fromisoformat("2024-11-05"), "01:02 05/11/2024"]
    assert [cell.number_format for cell in cells[:4]] == ["0", "#,##0", "0.00", "dd/mm/yyyy"]
    assert [cell.alignment.horizontal for cell in cells[:3]] == ["center", "right", "right"]
    assert all(cell.border.left.style == "thin" for cell in cells)


def test_xlsx_head_is_bold_frozen_and_repeated():
    worksheet = book(SUMMARY).active
    head = next(row for row in worksheet.iter_rows() if row[0].value == "TT")
    assert all(cell.font.bold for cell in head)
    assert worksheet.freeze_panes == f"A{head[0].row + 1}"
    assert worksheet.print_title_rows == f"${head[0].row}:${head[0].row}"
    assert worksheet.page_setup.orientation == "landscape"
    assert worksheet.column_dimensions["B"].width > 4 * worksheet.column_dimensions["A"].width


def test_xlsx_head_far_down_is_not_frozen():
    assert book(REVIEW).active.freeze_panes is None


def test_xlsx_merges_grouped_heads():
    worksheet = book(REVIEW).active
    top = next(cell for row in worksheet.iter_rows() for cell in row if cell.value == "Số lượng")
    assert any(area.min_row == top.row and area.size["columns"] == 2 for area in worksheet.merged_cells.ranges)


def test_xlsx_gives_every_further_table_a_worksheet():
    table = Table((Column("A"), Column("B")), ((1, 2),), caption="Bảng: thứ/hai?")
    twice = Sheet(title="a", sections=(Section(blocks=(replace(table, caption="x"), table, table)),))
    assert book(twice).sheetnames == ["a", "Bảng thứ hai", "Bảng thứ hai (3)"]


def test_xlsx_of_a_table_with_one_column_loses_no_word_of_the_head():
    narrow = replace(SUMMARY, sections=(Section(blocks=(Table((Column("A"),), (("b",),)),)),))
    text = xlsx_text(render_xlsx(narrow))
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "SỞ NỘI VỤ" in text


def test_xlsx_stacks_more_signatures_than_columns():
    three = tuple(Signature("T/M", f"CHỨC {n}", f"Tên {n}") for n in range(3))
    table = Table((Column("A"), Column("B")), ((1, 2),))
    text = xlsx_text(render_xlsx(Sheet(title="a", sections=(Section(blocks=(table,)),), signatures=three)))
    assert all(f"Tên {n}" in text for n in range(3))


def test_xlsx_goes_on_in_the_next_row_where_a_cell_is_full():
    words = "nội dung " * 9000
    worksheet = book(Sheet(title="a", sections=(Section(blocks=(Paragraph(words),)),))).active
    texts = [row[0].value for row in worksheet.iter_rows() if row[0].value and "nội" in row[0].value]
    assert len(texts) == 3
    assert " ".join(texts).split() == words.split()


def test_xlsx_refuses_to_cut_a_cell():
    table = Table((Column("A"), Column("B")), (("a" * (LONGEST_CELL + 1), ""),))
    with pytest.raises(ValueError, match="32767"):
        render_xlsx(Sheet(title="a", sections=(Section(blocks=(table,)),)))
