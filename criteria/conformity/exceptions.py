"""Exceptions on record: a breach that a document allows becomes a warning that names the document."""

from collections.abc import Iterator
from dataclasses import replace

from criteria.conformity import words
from criteria.conformity.model import Framework, RecordedException
from criteria.conformity.places import field
from criteria.conformity.result import Breach, breach

ALLOWED = "{message} Được phép theo {document}."
FOR_REASON = "{message} Được phép theo {document}: {reason}."
UNUSED = "Ngoại lệ theo {document} không ứng với chỗ nào còn trái khung cấp trên ({code}, {path})."
NO_DOCUMENT = "Ngoại lệ ở {path} không ghi văn bản nên không có giá trị."


def split(framework: Framework, found: list[Breach]) -> tuple[list[Breach], list[Breach]]:
    """The breaches that stand, and the warnings: those that a document allows, and exceptions that allow nothing."""
    standing = [each for each in found if not _allowing(framework, each)]
    allowed = [_allowed(each, rows[0]) for each in found if (rows := _allowing(framework, each))]
    return standing, [*allowed, *_idle(framework, found)]


def _allowing(framework: Framework, found: Breach) -> list[RecordedException]:
    return [row for row in framework.exceptions if row.document.strip() and _concerns(row, found)]


def _concerns(row: RecordedException, found: Breach) -> bool:
    return row.code == found.code and row.path in (found.path, found.named)


def _allowed(found: Breach, row: RecordedException) -> Breach:
    document, reason = row.document.strip(), row.reason.strip().rstrip(".")
    sentence = FOR_REASON if reason else ALLOWED
    return replace(found, message=sentence.format(message=found.message, document=document, reason=reason))


def _idle(framework: Framework, found: list[Breach]) -> Iterator[Breach]:
    cites = words.clause(framework)
    for number, row in enumerate(framework.exceptions):
        place = field(f"exceptions[{number}]")
        if not row.document.strip():
            yield breach("exception_without_document", place, NO_DOCUMENT.format(path=row.path), cites)
        elif not any(_concerns(row, each) for each in found):
            message = UNUSED.format(document=row.document.strip(), code=row.code, path=row.path)
            yield breach("exception_unused", place, message, cites)
