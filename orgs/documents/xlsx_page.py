"""One worksheet of a workbook being filled from the top."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from .cells import Look, put_text, wear
from .sheet import Align

FULL_WIDTH = 110
TITLE_LENGTH = 31
FORBIDDEN_IN_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


class Page:
    """One worksheet being filled from the top: `row` is the next free row, `columns` how wide the document is."""

    def __init__(self, worksheet: Worksheet, widths: Sequence[int]) -> None:
        self.worksheet = worksheet
        self.row = 1
        self.widths = [max(5, FULL_WIDTH * width // 100) for width in widths]
        self.columns = len(widths)
        for place, width in enumerate(self.widths, start=1):
            worksheet.column_dimensions[get_column_letter(place)].width = width

    def text(
        self,
        text: str,
        *,
        first: int = 1,
        last: int = 0,
        align: Align = Align.LEFT,
        size: int = 12,
        is_bold: bool = False,
        is_italic: bool = False,
    ) -> None:
        """One line of words merged over columns `first` to `last` (to the end by default)."""
        last = last or self.columns
        cell = self.worksheet.cell(self.row, first)
        wear(cell, Look(align, size, is_bold, is_italic))
        put_text(cell, text)
        if last > first:
            self.worksheet.merge_cells(start_row=self.row, end_row=self.row, start_column=first, end_column=last)
        room = sum(self.widths[first - 1 : last])
        self.raise_row(lines_needed(text, room), size)
        self.row += 1

    def raise_row(self, lines: int, size: int) -> None:
        """Make the present row high enough for `lines`: merged cells do not grow by themselves."""
        wanted = min(409, lines * size * 1.35 + 3)
        present = self.worksheet.row_dimensions[self.row].height or 0
        self.worksheet.row_dimensions[self.row].height = max(present, wanted)


def lines_needed(text: str, room: int) -> int:
    """How many lines `text` takes in a cell of `room` characters."""
    return sum(max(1, -(-len(line) * 11 // (10 * max(1, room)))) for line in text.split("\n"))


def saved(book: Workbook) -> bytes:
    """The workbook as bytes."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def worksheet_title(text: str, taken: Sequence[str]) -> str:
    """A title that spreadsheets accept: at most 31 characters, none of the forbidden ones, used once."""
    title = " ".join(text.translate(FORBIDDEN_IN_TITLE).split())[:TITLE_LENGTH].strip() or "Trang"
    if title.casefold() not in {other.casefold() for other in taken}:
        return title
    suffix = f" ({len(taken) + 1})"
    return title[: TITLE_LENGTH - len(suffix)] + suffix


def set_print(worksheet: Worksheet, *, is_landscape: bool, code: str) -> None:
    """A4 with the document's margins, one page wide, the version code at the foot."""
    worksheet.page_setup.paperSize = worksheet.PAPERSIZE_A4
    worksheet.page_setup.orientation = "landscape" if is_landscape else "portrait"
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = worksheet.page_margins
    margins.top = margins.bottom = 20 / 25.4
    margins.left, margins.right = 30 / 25.4, 15 / 25.4
    worksheet.oddFooter.left.text = code.replace("&", "&&") or None
    worksheet.oddFooter.right.text = "&P/&N"
