"""Texts cut into clauses: by the marks of official papers, nothing lost; split and joined again; from DOCX."""

import io

import pytest
from docx import Document

from criteria.selectors.consulting import cutting
from criteria.selectors.consulting.cutting import Piece
from orgs.documents import read_docx
from orgs.models import Refusal

LETTER = """Ban Thường vụ Tỉnh ủy yêu cầu:

1. Cấp ủy, tổ chức đảng quán triệt.
2. Căn cứ Quy định số 124-QĐ/TW:
2.1. Các ban cán sự đảng cụ thể hóa.
2.3. Ban thường vụ các huyện ủy rà soát
toàn bộ Bộ tiêu chí.
3. Người đứng đầu chịu trách nhiệm.
"""
DECREE = """QUY ĐỊNH
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
1. Một.
a) Điểm a;
b) Điểm b.
2. Hai, theo
Điều 4 Quy định này.
Chương II
TIÊU CHÍ
Điều 2a: Nguyên tắc
Khách quan.
"""
OUTLINE = """I. ĐÁNH GIÁ
1. Ưu điểm
2. Hạn chế
II – KIẾN NGHỊ
1) Với Trung ương
"""


def labels(text, way=cutting.POINTS):
    return [piece.label for piece in cutting.cut(text, way)]


@pytest.mark.parametrize(
    ("text", "way", "expected"),
    [
        (LETTER, cutting.POINTS, ["Mở đầu", "Điểm 1", "Điểm 2", "Điểm 2.1", "Điểm 2.3", "Điểm 3"]),
        (DECREE, cutting.POINTS, ["Mở đầu", "Điều 1", "Điều 1, khoản 1", "Điều 1, khoản 2", "Điều 2a"]),
        (DECREE, cutting.ARTICLES, ["Mở đầu", "Điều 1", "Điều 2a"]),
        (OUTLINE, cutting.POINTS, ["Mục I", "Mục I, khoản 1", "Mục I, khoản 2", "Mục II", "Mục II, khoản 1"]),
        ("Một.\n\nHai.", cutting.POINTS, ["Đoạn 1", "Đoạn 2"]),
        ("Một.\n\nHai.", cutting.PARAGRAPHS, ["Đoạn 1", "Đoạn 2"]),
        ("Điều 1. Chỉ một điều.", cutting.POINTS, ["Đoạn 1"]),
        ("20 tháng 9 năm 2021\n3.5 điểm trở lên", cutting.PARAGRAPHS, ["Đoạn 1", "Đoạn 2"]),
        ("  \n\t\n", cutting.POINTS, []),
    ],
)
def test_text_is_cut_at_its_marks(text, way, expected):
    assert labels(text, way) == expected


def test_points_stay_inside_their_clause_and_headings_go_with_what_follows():
    pieces = {piece.label: piece.body for piece in cutting.cut(DECREE)}
    assert pieces["Điều 1, khoản 1"] == "1. Một.\na) Điểm a;\nb) Điểm b."
    assert pieces["Điều 1"] == "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi"
    assert pieces["Điều 2a"].startswith("Chương II\nTIÊU CHÍ\nĐiều 2a")


def test_article_named_at_the_beginning_of_a_line_of_a_sentence_opens_no_clause():
    pieces = {piece.label: piece.body for piece in cutting.cut(DECREE)}
    assert pieces["Điều 1, khoản 2"].endswith("Điều 4 Quy định này.")


@pytest.mark.parametrize("way", [cutting.POINTS, cutting.ARTICLES, cutting.PARAGRAPHS])
@pytest.mark.parametrize("text", [LETTER, DECREE, OUTLINE, LETTER + DECREE + OUTLINE])
def test_no_line_is_lost_or_moved(text, way):
    words = "\n".join(piece.body for piece in cutting.cut(text, way))
    assert words.split("\n") == cutting.lines_of(text)


def test_label_that_is_a_long_heading_fits_its_column():
    text = "Phụ lục I " + "x" * 200 + "\nNội dung thường.\nĐiều 1. Một\nĐiều 2. Hai"
    assert max(len(label) for label in labels(text)) <= cutting.LABEL_LIMIT


def test_clause_is_split_at_its_empty_lines_and_joined_again():
    parts = cutting.split(Piece("Điều 1", "Một\r\n\r\nHai\nba\n\n \nBốn"))
    assert parts == [Piece("Điều 1", "Một"), Piece("Điều 1 (2)", "Hai\nba"), Piece("Điều 1 (3)", "Bốn")]
    assert cutting.join(parts[0], parts[1]) == Piece("Điều 1", "Một\nHai\nba")


def test_clause_without_empty_line_is_not_split():
    assert cutting.split(Piece("Điều 1", "Một\nHai")) == [Piece("Điều 1", "Một\nHai")]


def test_docx_gives_paragraphs_and_rows_of_tables_in_order():
    document = Document()
    document.add_paragraph("Điều 1. Phạm vi")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Tiêu chí", "Điểm"
    document.add_paragraph("")
    document.add_paragraph("Điều 2. Nguyễn Thị Ưởng, Đắk Rơ Ông & Kon Plông")
    content = io.BytesIO()
    document.save(content)
    assert read_docx(content.getvalue(), "hỏng") == [
        "Điều 1. Phạm vi",
        "Tiêu chí | Điểm",
        "Điều 2. Nguyễn Thị Ưởng, Đắk Rơ Ông & Kon Plông",
    ]


def test_docx_that_is_none_is_refused_with_the_sentence():
    with pytest.raises(Refusal, match="hỏng"):
        read_docx(b"PK\x03\x04 not a document", "hỏng")
