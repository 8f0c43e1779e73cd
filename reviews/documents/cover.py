"""The cover of a dossier with the list of what it holds, and of what it does not."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import override

from orgs.documents import Align, Column, Fields, Section, Sheet, Table
from reviews.documents import heads
from reviews.models import Review


@override("vi")
def cover_sheet(review: Review, contents: Sequence[tuple[str, Sheet | None]]) -> Sheet:
    """The cover over `contents`: (name of the document, its sheet or None where there is none)."""
    rows = [
        (place, name, _number(sheet), "" if sheet else heads.NONE) for place, (name, sheet) in enumerate(contents, 1)
    ]
    columns = (
        Column("STT", 7, Align.CENTER),
        Column("Tên tài liệu", 52),
        Column("Số, ngày", 28),
        Column("Ghi chú", 14),
    )
    # The two last words stay together on the second line; a line break would stand in the title of the file too.
    whose = "CÁ\u00a0NHÂN" if review.person_id else "TẬP\u00a0THỂ"
    return Sheet(
        title=f"HỒ SƠ KIỂM ĐIỂM, ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG {whose}",
        subtitles=(f"Năm {heads.year_of(review.cycle)}",),
        head=replace(heads.head_of_review(review), place=""),
        sections=(
            Section(blocks=(Fields(_facts(review)),)),
            Section("MỤC LỤC TÀI LIỆU", (Table(columns, rows),)),
        ),
        code=review.code,
        issued_on=review.cycle.period_end_on,
    )


def _facts(review: Review) -> tuple[tuple[str, str], ...]:
    unit = (("Đơn vị", review.unit.name),) if review.unit and not review.person_id else ()
    return (
        *heads.subject_lines(review),
        *unit,
        ("Đợt", review.cycle.title),
        ("Mã bản kiểm điểm", review.code),
    )


def _number(sheet: Sheet | None) -> str:
    """Number and day of a paper, as far as it has them."""
    head = sheet.head if sheet else None
    parts = (head.number, heads.day(head.dated_on) if head.dated_on else "") if head else ()
    return ", ".join(part for part in parts if part)
