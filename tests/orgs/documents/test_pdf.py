"""The PDF itself: PDF/A-3a by structure, pages, numbers, faces, attachments, the same bytes again."""

import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
import segno
from weasyprint import HTML

from orgs.documents import Attachment, Paragraph, Section, Sheet, Signature, render_pdf
from tests.orgs.documents.reading import page_image, pdf_fonts, pdf_pages, pdf_words_at
from tests.orgs.documents.sheets import LETTER, REVIEW, SUMMARY

VENDORED = {"Tinos", "Paper-Signs"}
MILLIMETRE = 72 / 25.4


def opened(pdf):
    return pikepdf.open(io.BytesIO(pdf))


def test_document_declares_pdf_a_3a_and_is_tagged_in_vietnamese():
    with opened(render_pdf(REVIEW)) as pdf:
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
            assert metadata["dc:title"] == "BẢN KIỂM ĐIỂM CÁ NHÂN"
            assert metadata["xmp:CreateDate"].startswith("2024-11-05")
        assert str(pdf.Root.Lang) == "vi"
        assert bool(pdf.Root.MarkInfo.Marked) is True
        assert len(pdf.Root.OutputIntents) == 1
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle) is True
        assert "/Encrypt" not in pdf.trailer
        tags = structure_tags(pdf.Root.StructTreeRoot.K)
        assert {"/H1", "/H2", "/H3", "/P", "/Table", "/TH", "/TD", "/Caption", "/Sect", "/Art"} <= tags


def structure_tags(node):
    """Every kind of structure element below a node."""
    if isinstance(node, pikepdf.Array):
        return {tag for kid in node for tag in structure_tags(kid)}
    if not isinstance(node, pikepdf.Dictionary):
        return set()
    return {str(node.S)} | structure_tags(node.get("/K", pikepdf.Array())) if "/S" in node else set()


def test_every_font_is_embedded_with_its_letters_mapped_to_unicode():
    with opened(render_pdf([LETTER, REVIEW])) as pdf:
        fonts = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing]
        assert len(fonts) >= 4
        for font in fonts:
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_pictures_are_not_smoothed_which_the_standard_forbids():
    with opened(render_pdf(LETTER)) as pdf:
        pictures = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and "/Width" in thing]
        assert len(pictures) == 1
        assert not any(bool(picture.get("/Interpolate", False)) for picture in pictures)


def test_document_wears_vendored_faces_only(tmp_path):
    assert pdf_fonts(render_pdf([LETTER, REVIEW, SUMMARY]), tmp_path) == VENDORED
    assert pdf_fonts(render_pdf(LETTER), tmp_path) == {"Tinos"}


def test_control_a_face_of_the_machine_is_seen(tmp_path):
    page = HTML(string='<p style="font-family: monospace">Nguyễn Văn Ấn</p>').write_pdf()
    assert pdf_fonts(page, tmp_path)
    assert not pdf_fonts(page, tmp_path) & VENDORED


def test_attachment_comes_out_as_it_went_in():
    data = json.dumps({"họ_tên": "Nguyễn Thị Ánh Tuyết", "mức": "HTTNV"}, ensure_ascii=False).encode()
    pdf_bytes = render_pdf(REVIEW, attachments=[Attachment("ho-so.json", data, "Dữ liệu hồ sơ")])
    with opened(pdf_bytes) as pdf:
        assert pdf.attachments["ho-so.json"].get_file().read_bytes() == data
        assert len({entry.objgen for entry in pdf.Root.AF}) == 1
        specification = pdf.Root.AF[0]
        assert str(specification.AFRelationship) == "/Data"
        assert str(specification.Desc) == "Dữ liệu hồ sơ"
        assert str(specification.EF.F.Subtype) == "/application/json"


ELSEWHERE = """
import sys, time
then = time.time
time.time = lambda: then() + 123_456_789
import django
django.setup()
from orgs.documents import Attachment, render_pdf
from tests.orgs.documents.sheets import REVIEW, SUMMARY
pdf = render_pdf([REVIEW, SUMMARY], code="2024-CB-000123-4", attachments=[Attachment("a.json", b"{}")])
sys.stdout.buffer.write(pdf)
"""


def test_same_sheets_give_the_same_bytes_in_another_process_at_another_time():
    attachment = Attachment("a.json", b"{}")
    here = render_pdf([REVIEW, SUMMARY], code="2024-CB-000123-4", attachments=[attachment])
    there = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        capture_output=True,
        check=True,
        env={"DJANGO_SETTINGS_MODULE": "config.settings.test", "PATH": "/usr/bin:/bin", "TZ": "America/Lima"},
        cwd=Path(__file__).parents[3],
    )
    assert there.stdout == here
    assert render_pdf([REVIEW, SUMMARY], code="2024-CB-000123-5", attachments=[attachment]) != here


def test_pages_are_a4_with_official_margins():
    filler = Paragraph("Nội dung kiểm điểm, đánh giá, xếp loại chất lượng đối với tập thể, cá nhân. " * 120)
    pdf_bytes = render_pdf(Sheet(title="BÁO CÁO", sections=(Section(blocks=(filler,)),), code="C-1"))
    with opened(pdf_bytes) as pdf:
        assert len(pdf.pages) == 3
        for page in pdf.pages:
            assert [round(float(side), 1) for side in page.MediaBox] == [0, 0, 595.3, 841.9]
    text = [word for word in pdf_words_at(pdf_bytes, page=2) if 20 * MILLIMETRE < word[2] < 277 * MILLIMETRE]
    left, right = min(word[1] for word in text), max(word[3] for word in text)
    top, bottom = min(word[2] for word in text), max(word[4] for word in text)
    assert left == pytest.approx(30 * MILLIMETRE, abs=0.5)
    assert right == pytest.approx(595.3 - 15 * MILLIMETRE, abs=0.5)
    assert 20 * MILLIMETRE <= top <= 26 * MILLIMETRE
    assert 270 * MILLIMETRE <= bottom <= 277 * MILLIMETRE


def test_landscape_sheet_lies_on_its_side_within_a_dossier():
    with opened(render_pdf([LETTER, SUMMARY, LETTER])) as pdf:
        wide = [float(page.MediaBox[2]) > float(page.MediaBox[3]) for page in pdf.pages]
    assert wide == [False, True, True, True, True, False]


def test_page_number_stands_at_the_top_from_the_second_page_of_each_sheet():
    numbers = []
    pdf = render_pdf([REVIEW, SUMMARY])
    for page in range(1, 8):
        above = [word[0] for word in pdf_words_at(pdf, page) if word[4] < 20 * MILLIMETRE and word[0].isdigit()]
        numbers.append(above)
    assert numbers == [[], ["2"], ["3"], [], ["2"], ["3"], ["4"]]


def test_page_number_is_centred_on_the_text():
    (number,) = (word for word in pdf_words_at(render_pdf(REVIEW), 2) if word[4] < 20 * MILLIMETRE)
    assert (number[1] + number[3]) / 2 == pytest.approx((30 + 210 - 15) / 2 * MILLIMETRE, abs=1)


def test_foot_counts_the_pages_of_the_whole_and_names_the_code_of_each_sheet():
    pages = pdf_pages(render_pdf([LETTER, REVIEW]))
    assert [page.split()[-2:] for page in pages] == [
        ["2023-CV-001823-1", "1/4"],
        ["2024-CB-000123-3", "2/4"],
        ["2024-CB-000123-3", "3/4"],
        ["2024-CB-000123-3", "4/4"],
    ]


def test_foot_of_a_joined_dossier_names_its_own_code():
    pages = pdf_pages(render_pdf([LETTER, REVIEW], code="2024-HS-000009-2"))
    assert {page.split()[-2] for page in pages} == {"2024-HS-000009-2"}


def test_code_and_watermark_do_not_run_on_to_the_next_sheet():
    marked = Sheet(title="MỘT", code="C-1", watermark="DỰ THẢO", sections=(Section("a"),))
    plain = Sheet(title="HAI", sections=(Section("b"),))
    first, second = pdf_pages(render_pdf([marked, plain]))
    assert "C-1" in first
    assert "Ự" in first
    assert "C-1" not in second
    assert "Ự" not in second


def test_qr_on_paper_is_the_symbol_of_the_code():
    picture = page_image(render_pdf(LETTER), dpi=300)
    modules = [list(row) for row in segno.make_qr("2023-CV-001823-1", error="m", boost_error=False).matrix]
    corner = picture.crop((0, int(270 / 297 * picture.height), int(42.3 / 210 * picture.width), picture.height))
    left, top, right, bottom = corner.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    size = len(modules)
    read = [
        [
            int(
                corner.getpixel(
                    (int(left + (x + 0.5) * (right - left) / size), int(top + (y + 0.5) * (bottom - top) / size))
                )
                < 128
            )
            for x in range(size)
        ]
        for y in range(size)
    ]
    assert read == modules


def test_nothing_to_print_is_refused():
    with pytest.raises(ValueError, match="no sheet"):
        render_pdf([])


def test_undated_sheet_prints_the_same_tomorrow():
    assert render_pdf(replace(SUMMARY, issued_on=None)) == render_pdf(replace(SUMMARY, issued_on=None))
    assert render_pdf(replace(SUMMARY, issued_on=date(2026, 2, 6))) != render_pdf(SUMMARY)


def test_long_names_stay_inside_the_page():
    name = "Nguyễn Phước Hoàng Thị Ngọc Quỳnh Trâm Anh Tôn Nữ Công Huyền Bảo Khánh Vân"
    glued = "TrungtâmgiámsátđiềuhànhđôthịthôngminhvàchuyểnđổisốtỉnhQuảngNgãi" * 2
    sheet = Sheet(
        title=name.upper(),
        head=replace(REVIEW.head, body=(glued, name.upper())),
        sections=(Section(name, (Paragraph(glued), *REVIEW.sections[1].blocks[-1:])),),
        signatures=(
            Signature("T/M BAN THƯỜNG VỤ", "", name),
            Signature("T/M ĐẢNG ỦY", "", name),
            Signature("", "", name),
        ),
    )
    found = pdf_words_at(render_pdf(sheet))
    assert "Khánh" in {word[0] for word in found}
    assert min(word[1] for word in found) >= 30 * MILLIMETRE - 1
    assert max(word[3] for word in found) <= 595.3 - 15 * MILLIMETRE + 1
