"""A text from outside cut into clauses: by Điều and khoản, by its own numbers, or by paragraphs. Nothing is left out.

The marks are those of official papers (NĐ 30/2020/NĐ-CP, annex I; HD 36-HD/VPTW): Chương, Mục, Điều, then "1.", "1.1.".
Points "a)" stay inside their clause. What is cut is proposed only: a person mends it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from orgs.models import record

POINTS, ARTICLES, PARAGRAPHS = "points", "articles", "paragraphs"
LABEL_LIMIT = 120
# Labels are part of the Vietnamese text, not of the interface.
OPENING, PARAGRAPH = "Mở đầu", "Đoạn"
HEADING = re.compile(r"(?:Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|Phụ lục|PHỤ LỤC)\s+(?:[IVXLC]+|\d+|thứ\s+\S+)\b", re.UNICODE)
# Without a full stop it is no head: "Điều 4 Quy định này" may begin a line of a sentence.
ARTICLE = re.compile(r"(?:Điều|ĐIỀU)\s+(\d{1,3}[a-zđ]?)\s*(?:[.:]|$)", re.UNICODE)
ROMAN = re.compile(r"([IVX]{1,5})\s*[.\-–]\s*(?=\S)")
NUMBER = re.compile(r"(?:(\d{1,2})[.)]|(\d{1,2}(?:\.\d{1,2}){1,3})[.)]?)\s+(?=\S)")


@dataclass(frozen=True)
class Piece:
    """One proposed clause: its label and its words."""

    label: str
    body: str


@dataclass
class _Cutter:
    """Walks the lines and opens a new piece at every mark."""

    with_points: bool
    pieces: list[Piece] = field(default_factory=list)
    _label: str = OPENING
    _lines: list[str] = field(default_factory=list)
    _headings: list[str] = field(default_factory=list)
    _article: str = ""
    _roman: str = ""

    MARKS: ClassVar[tuple[str, ...]] = ("_as_heading", "_as_article", "_as_roman", "_as_number")

    def read(self, line: str) -> None:
        """Take one line: a mark opens a piece, anything else goes on with the open one."""
        if not any(getattr(self, mark)(line) for mark in self.MARKS):
            self._begin_after_headings()
            self._lines.append(line)

    def finish(self) -> list[Piece]:
        """The pieces, the last one closed."""
        self._begin_after_headings()
        self._close()
        return self.pieces

    def _as_heading(self, line: str) -> bool:
        # "Chương I" is followed by its title in capitals.
        if not HEADING.match(line) and not (self._headings and line.isupper()):
            return False
        self._close()
        self._headings.append(line)
        self._article = self._roman = ""
        return True

    def _as_article(self, line: str) -> bool:
        if found := ARTICLE.match(line):
            self._article = f"Điều {found.group(1)}"
            self._open(self._article, line)
        return bool(found)

    def _as_roman(self, line: str) -> bool:
        found = None if self._article or not self.with_points else ROMAN.match(line)
        if found:
            self._roman = found.group(1)
            self._open(f"Mục {self._roman}", line)
        return bool(found)

    def _as_number(self, line: str) -> bool:
        found = NUMBER.match(line) if self.with_points else None
        if found:
            number = found.group(1) or found.group(2)
            above = self._article or (f"Mục {self._roman}" if self._roman else "")
            self._open(f"{above}, khoản {number}" if above else f"Điểm {number}", line)
        return bool(found)

    def _open(self, label: str, line: str) -> None:
        self._close()
        self._label = label
        self._lines = [*self._headings, line]
        self._headings = []

    def _begin_after_headings(self) -> None:
        # Words that follow a heading without any mark of their own belong to that heading.
        if self._headings:
            heading = self._headings[-1]
            self._lines, self._label = list(self._headings), heading[:LABEL_LIMIT]
            self._headings = []

    def _close(self) -> None:
        if self._lines:
            self.pieces.append(Piece(self._label, "\n".join(self._lines)))
        self._lines, self._label = [], OPENING


def lines_of(text: str) -> list[str]:
    """The lines of a text in normal form, without empty ones and without the white space around them."""
    return [line for line in (record.nfc(row) for row in text.replace("\u00a0", " ").splitlines()) if line]


def cut(text: str, way: str = POINTS) -> list[Piece]:
    """The clauses of `text`: `way` is points (Điều and khoản, or its own numbers), articles (Điều), or paragraphs.

    A text without any mark is cut into its paragraphs.
    """
    lines = lines_of(text)
    if way == PARAGRAPHS:
        return list(_paragraphs(lines))
    cutter = _Cutter(with_points=way == POINTS)
    for line in lines:
        cutter.read(line)
    pieces = cutter.finish()
    return pieces if len(pieces) > 1 else list(_paragraphs(lines))


def split(piece: Piece) -> list[Piece]:
    """A clause cut at its empty lines; the later parts carry the label with a number."""
    parts = [part.strip("\n") for part in re.split(r"\n\s*\n", piece.body.replace("\r\n", "\n")) if part.strip()]
    if len(parts) < 2:
        return [piece]
    limit = LABEL_LIMIT - len(" (99)")
    return [
        Piece(piece.label if place == 1 else f"{piece.label[:limit]} ({place})", body)
        for place, body in enumerate(parts, start=1)
    ]


def join(first: Piece, second: Piece) -> Piece:
    """Two clauses as one, under the label of the first."""
    return Piece(first.label, f"{first.body}\n{second.body}".strip("\n"))


def _paragraphs(lines: Iterable[str]) -> Iterator[Piece]:
    for place, line in enumerate(lines, start=1):
        yield Piece(f"{PARAGRAPH} {place}", line)
