"""Every Vietnamese letter as pixels: text extraction cannot see a garbled or missing accent, a picture can."""

import io
import unicodedata
from functools import cache

import pytest
from PIL import Image, ImageChops, ImageFilter
from weasyprint import CSS, HTML

from orgs.documents import render_pdf
from orgs.documents.html import render_paper
from orgs.documents.pdf import STYLES
from tests.orgs.documents.letters import DPI, GOLDEN, all_letters, letters_sheet
from tests.orgs.documents.reading import page_image, pdf_fonts, pdf_text, tool

CLEARLY = 96
NEIGHBOURS = 3


@cache
def golden():
    """The committed picture: itself, the darkest and the lightest that stands next to each of its pixels."""
    picture = Image.open(GOLDEN).convert("L")
    darkest, lightest = ImageFilter.MinFilter(NEIGHBOURS), ImageFilter.MaxFilter(NEIGHBOURS)
    return picture, picture.filter(darkest), picture.filter(lightest)


def unlike(picture):
    """How many pixels of `picture` are clearly darker or lighter than everything around their place in the golden one.

    Another rasteriser shades an edge differently or lays it a pixel aside; it never adds or leaves out a stroke.
    """
    whole, darkest, lightest = golden()
    assert picture.size == whole.size
    too_dark, too_light = ImageChops.subtract(darkest, picture), ImageChops.subtract(picture, lightest)
    return sum(ImageChops.lighter(too_dark, too_light).histogram()[CLEARLY:])


def pixels_apart(pdf):
    """How many pixels of the first page are unlike the committed picture."""
    return unlike(page_image(pdf, dpi=DPI))


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


def test_another_rasteriser_finds_the_same_letters(letters_pdf):
    drawn = tool("pdftocairo", "-gray", "-png", "-singlefile", "-r", str(DPI), "-", "-", content=letters_pdf)
    picture = Image.open(io.BytesIO(drawn)).convert("L")
    assert ImageChops.difference(picture, golden()[0]).getbbox(), "it draws the same pixels: this proves nothing"
    assert unlike(picture) == 0


def test_picture_a_pixel_aside_is_the_same(letters_pdf):
    assert unlike(ImageChops.offset(page_image(letters_pdf, dpi=DPI), 1, 1)) == 0


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
    assert pixels_apart(render_pdf(letters_sheet(letters=letters))) > 5


def test_control_one_shifted_column_is_seen():
    assert pixels_apart(render_pdf(letters_sheet(width=11))) > 100


def test_control_a_fallback_face_is_seen():
    sheet_without_faces = CSS(string=(STYLES / "sheet.css").read_text(encoding="utf-8").replace("Tinos", "DejaVu Sans"))
    page = CSS(string="@page { size: 210mm 297mm; margin: 20mm 15mm 20mm 30mm }")
    pdf = HTML(string=render_paper([letters_sheet()])).write_pdf(stylesheets=[sheet_without_faces, page])
    assert pixels_apart(pdf) > 1000
