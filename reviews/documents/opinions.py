"""The opinions that an appraisal rests on: of Party committees, related bodies, former places, the residence."""

from collections.abc import Sequence

from django.utils.translation import override

from orgs.documents import Align, Column, Paragraph, Section, Sheet, Signature, Table
from reviews.documents import heads
from reviews.models import Opinion, OpinionKind, OpinionStatus, Rating, Review

KINDS = {
    OpinionKind.PARTY_COMMITTEE: "Cấp ủy nơi công tác",
    OpinionKind.RELATED_BODY: "Cơ quan liên quan",
    OpinionKind.FORMER_PLACE: "Nơi công tác trước",
    OpinionKind.RESIDENCE: "Cấp ủy nơi cư trú",
}
COLUMNS = (
    Column("STT", 7, Align.CENTER),
    Column("Cơ quan, tổ chức", 22),
    Column("Nội dung ý kiến", 36),
    Column("Đề nghị xếp loại", 14),
    Column("Văn bản, ngày nhận", 18),
)


@override("vi")
def opinions_sheet(review: Review, ratings: Sequence[Rating]) -> Sheet | None:
    """The opinions on `ratings`; None where none was asked for."""
    sections = [part for rating in ratings if (part := _of_rating(rating))]
    if not sections:
        return None
    return Sheet(
        title="TỔNG HỢP Ý KIẾN CỦA CÁC CƠ QUAN, TỔ CHỨC",
        subtitles=(f"{review.subject} · năm {heads.year_of(review.cycle)}",),
        head=heads.head_of_unit(ratings[0].appraising_unit),
        sections=tuple(sections),
        signatures=(Signature(title="NGƯỜI TỔNG HỢP", note="(ký, ghi rõ họ tên)"),),
        code=review.code,
    )


def _of_rating(rating: Rating) -> Section | None:
    rows = list(rating.opinions.select_related("unit").order_by("id"))
    if not rows:
        return None
    table = Table(COLUMNS, [_row(place, row, rating) for place, row in enumerate(rows, 1)])
    return Section(f"Về xếp loại {heads.KINDS[rating.kind]}", (table, *_waived(rows)))


def _row(place: int, row: Opinion, rating: Rating) -> tuple[int, str, str, str, str]:
    body = row.body_name or str(row.unit or "")
    whose = f"{body}\n({KINDS[row.kind]})" if body else KINDS[row.kind]
    grade = heads.grades_of(rating.cycle).get(row.grade, "")
    document = "; ".join(part for part in (row.document, heads.day(row.received_on) if row.received_on else "") if part)
    return place, whose, row.text or _standing(row), grade, document


def _standing(row: Opinion) -> str:
    return "Không lấy ý kiến (có lý do)" if row.status == OpinionStatus.WAIVED else heads.UNKNOWN


def _waived(rows: Sequence[Opinion]) -> list[Paragraph]:
    return [
        Paragraph(
            row.waiver_reason, lead=f"Lý do không lấy ý kiến của {row.body_name or row.unit or KINDS[row.kind]}: "
        )
        for row in rows
        if row.status == OpinionStatus.WAIVED
    ]
