"""Heads and signatures that the papers of this floor share. Party paper or State paper follows from the body's line."""

from datetime import date

from orgs.documents import Head, HeadKind, Signature
from orgs.models import Line, Unit
from orgs.selectors.settings import setting

# Whoever signs on behalf of a body says so in a line of its own: Quy định 399-QĐ/TW, Nghị định 30/2020/NĐ-CP.
ON_BEHALF = ("T/M", "TM.", "K/T", "KT.", "T/L", "TL.", "TUQ", "Q.")
SIGN_HERE = "(ký, ghi rõ họ tên, đóng dấu)"


def head_of_unit(unit: Unit, *, number: str = "", dated_on: date | None = None, subject: str = "") -> Head:
    """The head of a paper of `unit`, its superior above it; reads the parent."""
    above = (unit.parent.name.upper(),) if unit.parent_id else ()
    kind = HeadKind.PARTY if unit.line == Line.PARTY else HeadKind.STATE
    return Head(kind, (*above, unit.name.upper()), number, str(setting("paper_place")), dated_on, subject)


def signature_of(title: str, name: str) -> Signature:
    """Who signs, by the lines of `title`: "T/M BAN THƯỜNG VỤ" is the authority, the rest the post; room for the pen."""
    lines = [line.strip().upper() for line in title.splitlines() if line.strip()]
    authority = lines.pop(0) if lines and lines[0].startswith(ON_BEHALF) else ""
    return Signature(authority=authority, title=" ".join(lines), name=name, note="" if name else SIGN_HERE)
