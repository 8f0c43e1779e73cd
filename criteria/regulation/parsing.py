"""What people write into a form, read as numbers and days: 27,5 and 27.5, 30/9/2026 and 2026-09-30."""

import re
from datetime import date

DECIMAL = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,4}))?")
WHOLE = re.compile(r"[0-9]{1,6}")
DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")


def decimal_of(text: str) -> str | None:
    """The canonical decimal (a point, no needless zeros) in `text`; None where it is none."""
    found = DECIMAL.fullmatch(text.strip())
    if not found:
        return None
    whole, part = found[1].lstrip("0") or "0", (found[2] or "").rstrip("0")
    return f"{whole}.{part}" if part else whole


def whole_of(text: str) -> str | None:
    """The canonical whole number in `text`; None where it is none."""
    return (text.strip().lstrip("0") or "0") if WHOLE.fullmatch(text.strip()) else None


def day_of(text: str) -> str | None:
    """The day in `text` as 2026-09-30; None where it is none."""
    found = DAY.fullmatch(text.strip())
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return None


READERS = {"decimal": decimal_of, "whole": whole_of, "day": day_of}


def canonical_of(text: str, holds: str) -> str:
    """`text` as it is kept: canonical where it can be read, else as it was written, so that nothing typed is lost."""
    bare = text.strip()
    read = READERS.get(holds)
    return (read(bare) or bare) if read and bare else bare


def is_readable(text: str, holds: str) -> bool:
    """Whether `text` is empty or can be read as what the cell holds."""
    read = READERS.get(holds)
    return not text.strip() or read is None or read(text) is not None


def shown_of(text: str, holds: str) -> str:
    """A kept value as people read it: 27,5 and 30/09/2026; what cannot be read as it was written."""
    if holds == "decimal" and decimal_of(text) == text:
        return text.replace(".", ",")
    if holds == "day" and day_of(text) == text:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    return text
