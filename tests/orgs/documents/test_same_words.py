"""The same words and numbers in every format, for every kind of block and both heads."""

import dataclasses
import typing

import pytest

from orgs.documents import Block, render_docx, render_html, render_pdf, render_xlsx
from orgs.documents.docx_blocks import WRITERS as DOCX_WRITERS
from orgs.documents.xlsx_blocks import WRITERS as XLSX_WRITERS
from tests.orgs.documents.reading import docx_text, html_text, pdf_text, words, xlsx_text
from tests.orgs.documents.sheets import LETTER, REVIEW, SUMMARY

SHEETS = {"letter": LETTER, "review": REVIEW, "summary": SUMMARY}
PAGE_FURNITURE = {"1/1", "1/3", "2/3", "3/3", "1/4", "2/4", "3/4", "4/4", "2", "3", "4"}
DOTTED = "." * 96


@pytest.fixture(params=SHEETS, name="sheet")
def each_sheet(request):
    return SHEETS[request.param]


def test_sheets_of_these_tests_hold_every_kind_of_block():
    kinds = {block.kind for sheet in SHEETS.values() for block in sheet.all_blocks()}
    assert kinds == {kind.kind for kind in typing.get_args(Block)}
    assert kinds == DOCX_WRITERS.keys() == XLSX_WRITERS.keys()


def test_page_says_what_was_put_on_the_sheet(sheet):
    on_page = spaced(html_text(render_html(sheet)))
    assert "Quảng Ngãi, ngày" in on_page
    for block in sheet.all_blocks():
        for text in texts_of(block):
            for line in text.splitlines():
                assert spaced(line) in on_page


def spaced(text):
    return " ".join(text.split())


def texts_of(thing):
    """Every text inside a block, typed on the sheet, whatever its place; alignments are no words."""
    if isinstance(thing, str):
        return [] if thing in {"left", "center", "right", "justify"} else [thing]
    if isinstance(thing, tuple | list):
        return [text for part in thing for text in texts_of(part)]
    if dataclasses.is_dataclass(thing):
        return [text for part in dataclasses.fields(thing) for text in texts_of(getattr(thing, part.name))]
    return []


def test_pdf_has_the_words_of_the_page(sheet):
    on_page = words(html_text(render_html(sheet)))
    on_paper = words(pdf_text(render_pdf(sheet)))
    # The watermark lies aslant: poppler reads it letter by letter.
    aslant = words(sheet.watermark)
    assert not on_page - on_paper - aslant
    assert set(on_paper) - set(on_page) <= PAGE_FURNITURE | set(sheet.watermark)


def test_docx_has_the_words_of_the_page(sheet):
    on_page = words(html_text(render_html(sheet)))
    in_word = words(docx_text(render_docx(sheet)))
    del on_page[sheet.code]
    in_word.pop(DOTTED, None)
    assert in_word == on_page


def test_xlsx_has_the_words_of_the_page(sheet):
    assert words(xlsx_text(render_xlsx(sheet))) == words(html_text(render_html(sheet)))
