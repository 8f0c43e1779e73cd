"""Strict readers of single values: each takes what JSON gave and returns a clean value or refuses it."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from criteria.conformity.json_text import doubled_key
from criteria.conformity.refusals import MalformedFramework

Reader = Callable[[object], Any]

MOST_EDITIONS = 9999
PLAIN_DECIMAL = re.compile(r"[0-9]{1,10}(\.[0-9]{1,6})?")
PLAIN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
PLAIN_DIGEST = re.compile(r"[0-9a-f]{64}")
# Control characters and halves of a pair can be written in JSON, but in no database and no document.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def words(value: object) -> str:
    """A text, composed (NFC), possibly empty."""
    if not isinstance(value, str):
        raise MalformedFramework("", "must be a text")
    if UNWRITABLE.search(value):
        raise MalformedFramework("", "has characters that cannot be written")
    return unicodedata.normalize("NFC", value)


def text(value: object) -> str:
    """A text that is not empty."""
    found = words(value)
    if not found.strip():
        raise MalformedFramework("", "must be a text that is not empty")
    return found


def flag(value: object) -> bool:
    """True or false, nothing that merely looks like it."""
    if not isinstance(value, bool):
        raise MalformedFramework("", "must be true or false")
    return value


def edition(value: object) -> int:
    """A whole number from 1; a boolean is none."""
    if type(value) is not int or not 1 <= value <= MOST_EDITIONS:
        raise MalformedFramework("", f"must be a whole number from 1 to {MOST_EDITIONS}")
    return value


def decimal(value: object) -> Decimal:
    """A decimal written as a plain text: digits, at most one point, no sign, no exponent."""
    if not isinstance(value, str):
        raise MalformedFramework("", 'must be a decimal written as a text, such as "27.5"')
    if re.fullmatch(r"-[0-9.]+", value):
        raise MalformedFramework("", "must not be negative")
    if not PLAIN_DECIMAL.fullmatch(value):
        raise MalformedFramework("", 'must be a plain decimal such as "27.5"')
    return Decimal(value)


def day(value: object) -> date:
    """A day written 2024-12-31."""
    if isinstance(value, str) and PLAIN_DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise MalformedFramework("", "must be a day such as 2024-12-31")


def digest(value: object) -> str:
    """The SHA-256 of a text as 64 small hexadecimal digits."""
    if not isinstance(value, str) or not PLAIN_DIGEST.fullmatch(value):
        raise MalformedFramework("", "must be 64 hexadecimal digits in small letters")
    return value


@dataclass(frozen=True, slots=True)
class OneOf:
    """Reader of one word out of a closed list."""

    among: tuple[str, ...]

    def __call__(self, value: object) -> str:
        """The word itself; anything else is refused."""
        if not isinstance(value, str) or value not in self.among:
            raise MalformedFramework("", f"must be one of {', '.join(self.among)}")
        return value


@dataclass(frozen=True, slots=True)
class OrNull:
    """Reader of a value that may be null."""

    read: Reader

    def __call__(self, value: object) -> Any:
        """None for null, else what the reader says."""
        return None if value is None else self.read(value)


@dataclass(frozen=True, slots=True)
class Many:
    """Reader of a list; a refusal names the place in it."""

    read: Reader

    def __call__(self, value: object) -> tuple[Any, ...]:
        """Every entry, in order."""
        if not isinstance(value, list):
            raise MalformedFramework("", "must be a list")
        return tuple(_under(f"[{place}]", self.read, entry) for place, entry in enumerate(value))


@dataclass(frozen=True, slots=True)
class Shape:
    """Reader of an object: its keys with their readers, those that must stand, and the record that they make."""

    make: Callable[..., Any]
    readers: Mapping[str, Reader]
    needed: Iterable[str] = ()

    def __call__(self, value: object) -> Any:
        """The record; unknown, double and missing keys are refused with their path."""
        if not isinstance(value, dict):
            raise MalformedFramework("", "must be an object")
        if doubled_key(value):
            raise MalformedFramework(doubled_key(value), "stands twice")
        for key in value:
            if key not in self.readers:
                raise MalformedFramework(str(key), "is unknown")
        for key in self.needed:
            if key not in value:
                raise MalformedFramework(key, "is missing")
        return self.make(**{key: _under(key, self.readers[key], entry) for key, entry in value.items()})


def _under(key: str, read: Reader, value: object) -> Any:
    try:
        return read(value)
    except MalformedFramework as refusal:
        raise refusal.under(key) from None
