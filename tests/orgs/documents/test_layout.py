"""How pages break: signatures keep company, headings stay with their text, long rows go on over the page."""

import pytest

from orgs.documents import (
    Blank,
    Column,
    Heading,
    Paragraph,
    Section,
    Sheet,
    Signature,
    Signatures,
    Table,
    render_html,
    render_pdf,
)
from tests.orgs.documents.reading import pdf_pages, pdf_words_at, tool
from tests.orgs.documents.sheets import LETTER, REVIEW, SUMMARY

LINE = "Dòng nội dung kiểm điểm."


def sheet_with(*blocks, **parts):
    return Sheet(title="BÁO CÁO", head=LETTER.head, sections=(Section(blocks=blocks),), **parts)


@pytest.mark.parametrize("lines", range(16, 26))
def test_signatures_never_stand_alone_on_a_page(lines):
    text = Paragraph("\n".join([LINE] * lines))
    pages = pdf_pages(render_pdf(sheet_with(text, signatures=LETTER.signatures, recipients=LETTER.recipients)))
    (signed,) = [page for page in pages if "Đặng Ngọc Huy" in page]
    assert "T/M BAN THƯỜNG VỤ" in signed
    assert "Nơi nhận:" in signed
    assert LINE in signed
    assert sum(page.count(LINE) for page in pages) == lines


def test_control_some_of_these_documents_do_break():
    text = Paragraph("\n".join([LINE] * 22))
    assert len(pdf_pages(render_pdf(sheet_with(text, signatures=LETTER.signatures)))) == 2


@pytest.mark.parametrize("words", range(180, 420, 24))
def test_signatures_take_lines_of_a_long_paragraph_with_them(words):
    pages = pdf_pages(render_pdf(sheet_with(Paragraph("nội dung " * words), signatures=LETTER.signatures)))
    (signed,) = [page for page in pages if "Đặng Ngọc Huy" in page]
    assert "nội dung" in signed


@pytest.mark.parametrize("rows", [18, 19, 20, 21, 22, 23])
def test_signatures_stay_with_the_last_row_of_a_table(rows):
    table = Table((Column("TT", 6), Column("Nội dung", 94)), [(n, "Việc đã làm") for n in range(rows)])
    pages = pdf_pages(render_pdf(sheet_with(table, signatures=LETTER.signatures)))
    (signed,) = [page for page in pages if "Đặng Ngọc Huy" in page]
    assert "Việc đã làm" in signed


@pytest.mark.parametrize("lines", range(24, 30))
def test_heading_is_not_left_at_the_foot_of_a_page(lines):
    text = Paragraph("\n".join([LINE] * lines))
    pages = pdf_pages(render_pdf(sheet_with(text, Heading("MỤC CUỐI CÙNG"), Paragraph("Nội dung mục cuối."))))
    (headed,) = [page for page in pages if "MỤC CUỐI CÙNG" in page]
    assert "Nội dung mục cuối." in headed


def test_long_row_begins_where_it_stands_and_goes_on_over_the_page():
    table = Table((Column("TT", 5), Column("Ý kiến", 60), Column("Giải trình", 35)), ((1, "góp " * 3000, "tiếp thu"),))
    pages = pdf_pages(render_pdf(sheet_with(table)))
    assert len(pages) >= 3
    assert all("góp" in page for page in pages)
    assert sum(page.count("góp") for page in pages) == 3000


@pytest.mark.parametrize("lines", range(22, 30))
def test_caption_is_not_left_at_the_foot_of_a_page(lines):
    text = Paragraph("\n".join([LINE] * lines))
    table = Table((Column("TT", 10), Column("Lý do", 90)), [(1, "dòng " * 30), (2, "dòng")], caption="TÊN CỦA BẢNG")
    pages = pdf_pages(render_pdf(sheet_with(text, table)))
    (named,) = [page for page in pages if "TÊN CỦA BẢNG" in page]
    assert "Lý do" in named
    assert "dòng" in named


def test_line_that_just_fits_is_not_broken_after_its_first_word():
    # With white space behind it the engine took this last line for too long.
    text = (
        "Căn cứ Quy định số 124-QĐ/TW ngày 04/10/2023 về việc kiểm điểm và đánh giá, xếp loại chất lượng "
        "hằng năm đối với tập thể, cá nhân trong hệ thống chính trị;"
    )
    pdf = render_pdf(Sheet(title="KẾ HOẠCH", sections=(Section(blocks=(Paragraph(text),)),)))
    lines = tool("pdftotext", "-layout", "-", "-", content=pdf).decode().splitlines()
    assert "giá, xếp loại chất lượng hằng năm" in next(line for line in lines if "xếp loại" in line)


def test_lines_to_write_on_weigh_little():
    bare = render_pdf(sheet_with(Paragraph(LINE)))
    lined = render_pdf(sheet_with(Paragraph(LINE), Blank(20)))
    assert len(lined) - len(bare) < 12_000


def test_table_head_is_repeated_on_every_page():
    pages = pdf_pages(render_pdf(SUMMARY))
    assert [page.count("HTXSNV") for page in pages] == [1, 1, 1, 0]


def test_names_of_signers_stand_on_one_line():
    found = pdf_words_at(render_pdf(REVIEW), 3)
    (left,) = [word for word in found if word[0] == "Đồng"]
    (right,) = [word for word in found if word[0] == "Hường"]
    assert left[2] == pytest.approx(right[2], abs=0.1)
    assert left[1] < 300 < right[1]


def test_two_lines_of_text_are_two_paragraphs_with_indent():
    found = pdf_words_at(render_pdf(sheet_with(Paragraph("Một\n\n\nHai"))))
    first, second = (next(word for word in found if word[0] == text) for text in ("Một", "Hai"))
    assert first[1] == pytest.approx(second[1], abs=0.1)
    assert first[1] == pytest.approx((30 + 10) * 72 / 25.4, abs=1)
    assert second[2] > first[2] + 15


def test_party_head_has_the_issuer_left_and_the_party_right():
    found = {word[0]: word for word in pdf_words_at(render_pdf(LETTER))}
    assert found["TỈNH"][1] < 300 < found["ĐẢNG"][1]
    assert found["TỈNH"][2] == pytest.approx(found["ĐẢNG"][2], abs=3)
    assert found["*"][2] > found["TỈNH"][2]
    assert found["1823-CV/TU"][2] > found["*"][2]


def test_state_head_has_the_agency_left_and_the_republic_right():
    found = {word[0]: word for word in pdf_words_at(render_pdf(SUMMARY))}
    assert found["NỘI"][1] < 421 < found["HÒA"][1]
    assert found["phúc"][2] > found["HÒA"][2]
    assert "*" not in found


@pytest.mark.parametrize("sheet", [LETTER, REVIEW, SUMMARY])
def test_page_on_screen_holds_to_the_strict_policy(sheet):
    page = render_html(sheet)
    for forbidden in ("style=", "<style", "<script", "onclick", "javascript:", "http"):
        assert forbidden not in page


def test_signature_without_a_name_keeps_its_room():
    pages = pdf_pages(render_pdf(sheet_with(Signatures((Signature(title="CHỦ TRÌ", note="(ký)"),)))))
    assert "CHỦ TRÌ" in pages[0]
