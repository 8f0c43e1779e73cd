"""How values become words on paper: Vietnamese dates and numbers, one spelling of every letter.

The same functions serve all four writers, so that a figure reads alike in PDF, DOCX, XLSX and on the screen.
"""

import dataclasses
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from django.utils import timezone
from django.utils.functional import Promise

from .sheet import Head, HeadKind, Value

DOTS = "…………"
KEPT_CONTROLS = "\n\t"
GROUPED_FROM = 10_000

Thing = TypeVar("Thing")


def fair_copy(thing: Thing) -> Thing:
    """`thing` (a sheet or any part of one) with every text in it cleaned; the writers begin with it."""
    match thing:
        case Enum():
            return thing
        case str() | Promise():
            return clean(str(thing))  # type: ignore[return-value]
        case tuple() | list():
            return tuple(fair_copy(part) for part in thing)  # type: ignore[return-value]
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        parts = {part.name: fair_copy(getattr(thing, part.name)) for part in dataclasses.fields(thing)}
        return type(thing)(**parts)  # type: ignore[return-value]
    return thing


def clean(text: str) -> str:
    """`text` in NFC, with LF line ends and without control characters, which no office format may hold."""
    unified = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    if unified.isprintable():
        return unified
    return "".join(sign for sign in unified if sign in KEPT_CONTROLS or not is_forbidden(sign))


def is_forbidden(sign: str) -> bool:
    """Whether XML forbids the character: C0 and C1 controls, surrogates, the two non-characters."""
    return unicodedata.category(sign) in {"Cc", "Cs"} or sign in "\ufffe\uffff"


def shown(value: Value) -> str:
    """The words of a value: dd/mm/yyyy, decimal comma, points between thousands from 10.000 on, "" for None.

    Four-digit numbers stay ungrouped, as years are written. Raises TypeError for float and bool: a figure on an
    official paper is exact.
    """
    match value:
        case None:
            return ""
        case str():
            return value
        case bool() | float():
            raise TypeError(f"A document prints no {type(value).__name__}: {value!r}")
        case int() | Decimal():
            return number(value)
        case datetime():
            return timezone.localtime(value).strftime("%H:%M %d/%m/%Y")
        case date():
            return f"{value:%d/%m}/{value.year:04d}"
    raise TypeError(f"A document prints no {type(value).__name__}: {value!r}")


def number(value: int | Decimal) -> str:
    """`value` with decimal comma: 1234 -> "1234", 12345 -> "12.345", Decimal("87.50") -> "87,50"."""
    plain = f"{value:,}" if abs(value) >= GROUPED_FROM else f"{value:f}" if isinstance(value, Decimal) else str(value)
    return plain.translate(str.maketrans(",.", ".,"))


def day_in_words(day: date | None) -> str:
    """Such as "ngày 05 tháng 02 năm 2026": days below 10 and months 1 and 2 take a zero, None leaves room to write."""
    if day is None:
        return "ngày … tháng … năm …"
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def place_and_day(head: Head) -> str:
    """The date line of a head, "" when the head names no place."""
    return f"{head.place}, {day_in_words(head.dated_on)}" if head.place else ""


def number_line(head: Head) -> str:
    """Such as "Số 1823-CV/TU" on Party paper, "Số: 12/QĐ-UBND" on State paper, "" without a number."""
    if not head.number or head.number.startswith("Số"):
        return head.number
    return f"{'Số' if head.kind == HeadKind.PARTY else 'Số:'} {head.number}"
