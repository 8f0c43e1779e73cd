"""A sheet as HTML: the fragment shown on a page and the whole that is printed to PDF, from the same templates.

Templates live in ``templates/documents``; every value is autoescaped, nothing in a sheet is ever markup.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .grid import grid_of
from .qr import Symbol, symbol_of
from .sheet import Block, Choice, Fields, Head, Heading, Paragraph, Section, Sheet, Signatures, Table
from .words import DOTS, fair_copy, number_line, place_and_day, shown

ROW_OF_BOXES = 60
# The indentation of the templates is a fourth of the text that the engine would have to read; none of it prints.
BETWEEN_TAGS = re.compile(r">\s+<")


@dataclass(frozen=True)
class BlockView:
    """A block as its template wants it: `block` itself and `words`, what is to be printed of it."""

    block: Block
    words: Any

    @property
    def template(self) -> str:
        """The template of this kind of block."""
        return f"documents/{self.block.kind}.html"


def view_of(block: Block) -> BlockView:
    """The view of one block; kinds without an entry in `WORDS` are printed from their own fields."""
    prepare = WORDS.get(block.kind)
    return BlockView(block, prepare(block) if prepare else None)


def text_lines(block: Paragraph) -> list[str]:
    """The lines of a paragraph, blank ones dropped; a lead always has a line to stand on."""
    lines = [line.strip() for line in block.text.split("\n") if line.strip()]
    return lines or ([""] if block.lead else [])


def field_words(block: Fields) -> list[tuple[str, str]]:
    """Labels and words of a fields block, dots where a value is missing."""
    return [(label, shown(value) or DOTS) for label, value in block.rows]


@dataclass(frozen=True)
class OptionWords:
    """The options of a choice, each with whether it is the chosen one; long ones stand one a line."""

    options: list[tuple[str, bool]]
    is_long: bool


def option_words(block: Choice) -> OptionWords:
    """The options of a choice block; a row of boxes holds some sixty letters."""
    options = [(option, option == block.chosen) for option in block.options]
    return OptionWords(options, is_long=sum(map(len, block.options)) > ROW_OF_BOXES)


WORDS: dict[str, Callable[[Any], Any]] = {
    Choice.kind: option_words,
    Fields.kind: field_words,
    Paragraph.kind: text_lines,
    Table.kind: grid_of,
}


@dataclass(frozen=True)
class SectionView:
    """A section with its block views."""

    section: Section

    @property
    def as_heading(self) -> Heading:
        """The section's title as the heading it is printed as."""
        return Heading(self.section.title, self.section.level)

    @property
    def blocks(self) -> list[BlockView]:
        """The blocks in order."""
        return [view_of(block) for block in self.section.blocks]


@dataclass(frozen=True)
class SheetView:
    """A sheet as its template wants it; `page` names the kind of page it is printed on, if it is printed."""

    sheet: Sheet
    page: str = "a"
    is_paper: bool = False

    @property
    def head(self) -> Head | None:
        """The head of the sheet."""
        return self.sheet.head

    @property
    def head_template(self) -> str:
        """The template of the head's kind."""
        return f"documents/head_{self.sheet.head.kind}.html" if self.sheet.head else ""

    @property
    def number_line(self) -> str:
        """The number with "Số" before it."""
        return number_line(self.sheet.head) if self.sheet.head else ""

    @property
    def date_line(self) -> str:
        """Place and day in words."""
        return place_and_day(self.sheet.head) if self.sheet.head else ""

    @property
    def sections(self) -> list[SectionView]:
        """The sections in order."""
        return [SectionView(section) for section in self.sheet.sections]

    @property
    def closing(self) -> BlockView | None:
        """The closing signatures and recipients."""
        if not self.sheet.signatures and not self.sheet.recipients:
            return None
        return view_of(Signatures(self.sheet.signatures, self.sheet.recipients))

    @cached_property
    def symbol(self) -> Symbol | None:
        """The QR symbol of the version code."""
        return symbol_of(self.sheet.code) if self.sheet.code else None


def render_html(sheet: Sheet) -> SafeString:
    """The sheet as an HTML fragment (one ``article``) for a page that links ``sheet.css`` and ``preview.css``."""
    return render_to_string("documents/sheet.html", {"view": SheetView(fair_copy(sheet))})


def render_paper(sheets: Sequence[Sheet]) -> str:
    """The whole HTML document to be printed; each sheet begins on a page of its own and counts its own pages."""
    views = [SheetView(fair_copy(sheet), page_name(place, sheet), is_paper=True) for place, sheet in enumerate(sheets)]
    paper = render_to_string("documents/paper.html", {"views": views, "first": views[0].sheet})
    return BETWEEN_TAGS.sub("><", paper)


def page_name(place: int, sheet: Sheet) -> str:
    """Neighbouring sheets take turns between two page names, else they would run on as one group of pages."""
    return ("a", "b")[place % 2] + ("-landscape" if sheet.is_landscape else "")
