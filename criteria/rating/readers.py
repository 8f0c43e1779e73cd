"""Strict readers of single values: each takes what JSON gave and returns a clean value or refuses it."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from criteria.rating.reading import doubled_key
from criteria.rating.refusals import FactsRefused

Reader = Callable[[object], Any]

MOST = 1_000_000_000
PLAIN_DECIMAL = re.compile(r"[0-9]{1,10}(\.[0-9]{1,30})?")
PLAIN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def whole(value: object) -> int:
    """A whole number from 0; a boolean is none."""
    if type(value) is not int:
        raise FactsRefused("", "must be a whole number")
    if value < 0:
        raise FactsRefused("", "must not be negative")
    if value > MOST:
        raise FactsRefused("", f"must not be above {MOST}")
    return value


def flag(value: object) -> bool:
    """True or false, nothing that merely looks like it."""
    if not isinstance(value, bool):
        raise FactsRefused("", "must be true or false")
    return value


def text(value: object) -> str:
    """A text that is not empty, composed: the same violation or unit is the same however its letters are typed."""
    if not isinstance(value, str) or not value.strip():
        raise FactsRefused("", "must be a text that is not empty")
    return unicodedata.normalize("NFC", value)


def decimal(value: object) -> Decimal:
    """A decimal written as a plain text: digits, at most one point, no sign, no exponent."""
    if not isinstance(value, str):
        raise FactsRefused("", 'must be a decimal written as a text, such as "27.5"')
    if re.fullmatch(r"-[0-9.]+", value):
        raise FactsRefused("", "must not be negative")
    if not PLAIN_DECIMAL.fullmatch(value):
        raise FactsRefused("", 'must be a plain decimal such as "27.5"')
    return Decimal(value)


def share(value: object) -> Decimal:
    """A decimal from 0 to 1."""
    found = decimal(value)
    if found > 1:
        raise FactsRefused("", "must be from 0 to 1")
    return found


def day(value: object) -> date:
    """A day written 2024-12-31."""
    if isinstance(value, str) and PLAIN_DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise FactsRefused("", "must be a day such as 2024-12-31")


def under(key: str, read: Reader, value: object) -> Any:
    """The value by its reader; a refusal names this key."""
    try:
        return read(value)
    except FactsRefused as refusal:
        raise refusal.under(key) from None


def read_day(key: str, value: object) -> date:
    """A day given under this key."""
    found: date = under(key, day, value)
    return found


def word(among: Iterable[str]) -> Reader:
    """Reader of one word out of a closed list."""
    words = tuple(among)

    def read(value: object) -> str:
        if not isinstance(value, str) or value not in words:
            raise FactsRefused("", f"must be one of {', '.join(words)}")
        return value

    return read


def many(read: Reader) -> Callable[[object], tuple[Any, ...]]:
    """Reader of a list; a refusal names the place in it."""

    def read_all(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise FactsRefused("", "must be a list")
        return tuple(under(f"[{place}]", read, entry) for place, entry in enumerate(value))

    return read_all


def fields(value: object, readers: Mapping[str, Reader], needed: Iterable[str] = ()) -> dict[str, Any]:
    """The values of an object, each by its reader; unknown, double and missing keys are refused with their path."""
    if not isinstance(value, dict):
        raise FactsRefused("", "must be an object")
    if doubled_key(value):
        raise FactsRefused(doubled_key(value), "stands twice")
    found = {}
    for key, entry in value.items():
        if key not in readers:
            raise FactsRefused(str(key), "is unknown")
        found[key] = under(str(key), readers[key], entry)
    for key in needed:
        if key not in found:
            raise FactsRefused(key, "is missing")
    return found
