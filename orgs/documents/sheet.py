"""The sheet: what an official document says, free of how it is written out.

A document layer fills a `Sheet`; ``html``, ``pdf``, ``docx`` and ``xlsx`` write the same words and numbers from it.
Everything is frozen and plain: text is `str`, figures are `int` or `Decimal`, days are `date`. Layout rules follow
Quy định 399-QĐ/TW for Party documents and Nghị định 30/2020/NĐ-CP for State documents.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

Value = str | int | Decimal | date | None


class HeadKind(StrEnum):
    """Which head a document wears; data of its form."""

    PARTY = "party"
    STATE = "state"
    # A form that its writer hands in: the name of the place of work at the left, nothing at the right.
    PLAIN = "plain"


class Align(StrEnum):
    """Horizontal alignment of a table column or a paragraph."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True)
class Head:
    """The head of a document.

    `body` holds the lines at the left, superior first, the issuing body last (printed bold). `number` is the bare
    number ("1823-CV/TU"); "Số" is put before it in the manner of `kind`. Without `dated_on` the day is left to be
    filled in by hand; without `place` no date line is printed. `subject` is the trích yếu of a công văn.
    """

    kind: HeadKind = HeadKind.PARTY
    body: tuple[str, ...] = ()
    number: str = ""
    place: str = ""
    dated_on: date | None = None
    subject: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading inside a section; level 1 is as large as a section title, 3 is bold italic."""

    kind: ClassVar[str] = "heading"
    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """Free text: every line is a paragraph of its own, line breaks are kept. `lead` is a bold run before the text."""

    kind: ClassVar[str] = "paragraph"
    text: str
    lead: str = ""
    align: Align = Align.JUSTIFY
    is_bold: bool = False
    is_italic: bool = False


@dataclass(frozen=True)
class Blank:
    """Dotted lines to be written on by hand."""

    kind: ClassVar[str] = "blank"
    lines: int = 3

    @property
    def each_line(self) -> range:
        """Something to loop over in a template."""
        return range(self.lines)


@dataclass(frozen=True)
class Fields:
    """Pairs of label and value, one a line ("Họ và tên: Nguyễn Văn Á"); an empty value prints dots."""

    kind: ClassVar[str] = "fields"
    rows: tuple[tuple[str, Value], ...]


@dataclass(frozen=True)
class Choice:
    """A row of boxes, the chosen one crossed. `chosen` is one of `options`, or empty when nothing is chosen yet."""

    kind: ClassVar[str] = "choice"
    label: str
    options: tuple[str, ...]
    chosen: str = ""

    def __post_init__(self) -> None:
        """Refuse a choice that is not on the paper: it would print as if nothing had been chosen."""
        if self.chosen and self.chosen not in self.options:
            raise ValueError(f"{self.chosen!r} is none of {self.options!r}")


@dataclass(frozen=True)
class Column:
    """A table column. `width` is relative to its neighbours; adjacent columns with one `group` share a head above."""

    title: str
    width: int = 10
    align: Align = Align.LEFT
    group: str = ""


@dataclass(frozen=True)
class Row:
    """A table row. With fewer cells than columns the last cell spans the rest; `is_strong` prints it bold."""

    cells: tuple[Value, ...]
    is_strong: bool = False


@dataclass(frozen=True)
class Table:
    """A table. Rows are `Row`s or plain sequences of values; `footer` rows are bold and stay at the end."""

    kind: ClassVar[str] = "table"
    columns: tuple[Column, ...]
    rows: Sequence[Row | Sequence[Value]]
    footer: Sequence[Row | Sequence[Value]] = ()
    caption: str = ""


@dataclass(frozen=True)
class Addressees:
    """The "Kính gửi" line: one addressee on the same line, several as a list."""

    kind: ClassVar[str] = "addressees"
    lines: tuple[str, ...]
    label: str = "Kính gửi:"


@dataclass(frozen=True)
class PageBreak:
    """What follows starts a new page (in XLSX: a page break of the print-out)."""

    kind: ClassVar[str] = "page_break"


@dataclass(frozen=True)
class Signature:
    """One signature: by whose authority, the title, a note such as "(ký, ghi rõ họ tên)", room, the name.

    `place_date` is a line above, for a signature dated apart from the document.
    """

    authority: str = ""
    title: str = ""
    name: str = ""
    note: str = ""
    place_date: str = ""


@dataclass(frozen=True)
class Signatures:
    """Signatures side by side, kept on one page with the text before them; `recipients` is the "Nơi nhận" list."""

    kind: ClassVar[str] = "signatures"
    blocks: tuple[Signature, ...]
    recipients: tuple[str, ...] = ()


Block = Heading | Paragraph | Blank | Fields | Choice | Table | Addressees | PageBreak | Signatures


@dataclass(frozen=True)
class Section:
    """A titled part of a document with its blocks in order."""

    title: str = ""
    blocks: tuple[Block, ...] = ()
    level: int = 1


@dataclass(frozen=True)
class Sheet:
    """One official document.

    `code` is the version code printed with its QR at the foot; `watermark` is printed across the page ("DỰ THẢO");
    `form_label` stands above the head at the right ("Mẫu 02B"); `subtitles` are lines under the title; `issued_on`
    becomes the creation day in the file, so that the same document always gives the same bytes.
    """

    title: str
    head: Head | None = None
    sections: tuple[Section, ...] = ()
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()
    subtitles: tuple[str, ...] = ()
    form_label: str = ""
    code: str = ""
    language: str = "vi"
    watermark: str = ""
    is_landscape: bool = False
    issued_on: date | None = None
    author: str = ""

    def all_blocks(self) -> Iterable[Block]:
        """Every block of every section in reading order, the closing signatures last."""
        for section in self.sections:
            yield from section.blocks
        if self.signatures or self.recipients:
            yield Signatures(self.signatures, self.recipients)
