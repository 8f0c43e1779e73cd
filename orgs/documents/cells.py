"""Cells of a workbook: real numbers and days where the value is one, text that can never turn into a formula.

A text is written as a string with the quote prefix, which is how a spreadsheet marks "text, whatever it begins with":
"=1+1", "@cmd" or "-2+3" open as those very characters, and the value read back is unchanged.
"""

from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell as XlsxCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from .sheet import Align, Value
from .words import shown

FACE = "Times New Roman"
LONGEST_CELL = 32_767
STARTS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
THIN = Side(style="thin", color="000000")
RULED = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEAD_FILL = PatternFill("solid", fgColor="FFEDEDED")


def put(cell: XlsxCell, value: Value) -> None:
    """Write `value`: figures and days as such with a Vietnamese format, everything else as text.

    Raises ValueError for a text longer than a cell can hold, instead of cutting it.
    """
    match value:
        case None:
            return
        case int() | Decimal() if not isinstance(value, bool):
            cell.value = value
            cell.number_format = number_format(value)
        case datetime():
            put_text(cell, shown(value))
        case date():
            cell.value = value
            cell.number_format = "dd/mm/yyyy"
        case _:
            put_text(cell, shown(value))


def put_text(cell: XlsxCell, text: str) -> None:
    """Write `text` as text."""
    if len(text) > LONGEST_CELL:
        raise ValueError(f"A cell holds {LONGEST_CELL} characters, not {len(text)}")
    cell.value = text
    # openpyxl takes a leading "=" for a formula and "#N/A" for an error; both are somebody's words here.
    cell.data_type = "s"
    if is_risky(text):
        cell.quotePrefix = True
        # Older spreadsheets show a text format beyond 255 characters as "####".
        if len(text) <= 255:
            cell.number_format = "@"


def is_risky(text: str) -> bool:
    """Whether a spreadsheet, or one that reads an exported copy, could take the text for a formula."""
    return text.startswith(STARTS_FORMULA) or text.lstrip(" \u00a0\u3000\u200b\ufeff").startswith(STARTS_FORMULA)


def number_format(value: int | Decimal) -> str:
    """The format that shows `value` as ``words.number`` prints it."""
    decimals = 0 if isinstance(value, int) else max(0, -int(value.as_tuple().exponent))
    whole = "#,##0" if abs(value) >= 10_000 else "0"
    return f"{whole}.{'0' * decimals}" if decimals else whole


@dataclass(frozen=True)
class Look:
    """Face, alignment and rules of a cell."""

    align: Align = Align.LEFT
    size: int = 12
    is_bold: bool = False
    is_italic: bool = False
    is_ruled: bool = False


HEAD_LOOK = Look(Align.CENTER, is_bold=True, is_ruled=True)
# openpyxl compares each new style with all earlier ones, which costs more than the cell: a look is made once a book.
_made: WeakKeyDictionary[Workbook, dict[Look, Any]] = WeakKeyDictionary()


def wear(cell: XlsxCell, look: Look) -> None:
    """Give a cell its look. Comes before `put`, which adds the number format to it."""
    made = _made.setdefault(cell.parent.parent, {})
    if look in made:
        cell._style = copy(made[look])
        return
    cell.font = Font(name=FACE, size=look.size, bold=look.is_bold, italic=look.is_italic)
    vertical = "top" if look.is_ruled else "center"
    cell.alignment = Alignment(horizontal=look.align.value, vertical=vertical, wrap_text=True)
    if look.is_ruled:
        cell.border = RULED
    made[look] = copy(cell._style)
