"""Every Vietnamese letter as pixels: text extraction cannot see a garbled or missing accent, a picture can."""

import unicodedata

import pytest
from PIL import Image, ImageChops
from weasyprint import CSS, HTML

from orgs.documents import render_pdf
from orgs.documents.html import render_paper
from orgs.documents.pdf import STYLES
from tests.orgs.documents.letters import DPI, GOLDEN, all_letters, letters_sheet
from tests.orgs.documents.reading import page_image, pdf_fonts, pdf_text

# Another release of the rasteriser may shade an edge differently; it never turns white paper black.
CLEARLY = 96


def pixels_apart(pdf):
    """How many pixels of the first page are clearly unlike the committed picture."""
    picture, golden = page_image(pdf, dpi=DPI), Image.open(GOLDEN).convert("L")
    assert picture.size == golden.size
    return sum(ImageChops.difference(picture, golden).histogram()[CLEARLY:])


@pytest.fixture(scope="module")
def letters_pdf():
    return render_pdf(letters_sheet())


def test_letters_are_all_of_them():
    letters = all_letters()
    assert len(letters) == len(set(letters)) == 146
    assert sum(not letter.isascii() for letter in letters) == 134
    assert all(len(letter) == 1 for letter in letters)


def test_every_vietnamese_letter_looks_as_committed(letters_pdf):
    assert pixels_apart(letters_pdf) == 0


def test_every_vietnamese_letter_can_be_copied_out(letters_pdf):
    assert set(all_letters()) <= set(pdf_text(letters_pdf))


def test_letters_wear_tinos_alone(letters_pdf, tmp_path):
    assert pdf_fonts(letters_pdf, tmp_path) == {"Tinos"}


def test_letters_written_with_separate_marks_look_the_same():
    spread = [unicodedata.normalize("NFD", letter) for letter in all_letters()]
    assert spread != all_letters()
    assert pixels_apart(render_pdf(letters_sheet(letters=spread))) == 0


@pytest.mark.parametrize(("letter", "without"), [("ế", "ê"), ("ữ", "ư"), ("Ặ", "Ă"), ("đ", "d"), ("ỵ", "y")])
def test_control_one_missing_accent_is_seen(letter, without):
    letters = [without if each == letter else each for each in all_letters()]
    assert pixels_apart(render_pdf(letters_sheet(letters=letters))) > 10


def test_control_one_shifted_column_is_seen():
    assert pixels_apart(render_pdf(letters_sheet(width=11))) > 100


def test_control_a_fallback_face_is_seen():
    sheet_without_faces = CSS(string=(STYLES / "sheet.css").read_text(encoding="utf-8").replace("Tinos", "DejaVu Sans"))
    page = CSS(string="@page { size: 210mm 297mm; margin: 20mm 15mm 20mm 30mm }")
    pdf = HTML(string=render_paper([letters_sheet()])).write_pdf(stylesheets=[sheet_without_faces, page])
    assert pixels_apart(pdf) > 1000
