"""The decision of a body: grounds, articles, the table of grades, signed on behalf of the body."""

from collections.abc import Sequence

from django.utils.translation import override

from orgs.documents import Align, Column, Paragraph, Section, Sheet, Signature, Table, Value
from reviews.documents import heads
from reviews.models import Conclusion, ConclusionLine

COLUMNS = (
    Column("STT", 7, Align.CENTER),
    Column("Đối tượng", 26),
    Column("Xếp loại", 18),
    Column("Mức xếp loại", 18),
    Column("Lý do", 31),
)
LINE = ("rating__person", "rating__collective", "rating__organisation", "rating__review")


@override("vi")
def decision_sheet(conclusion: Conclusion, lines: Sequence[ConclusionLine] | None = None) -> Sheet:
    """The paper of `conclusion`: whole, or an extract with `lines` only."""
    rows = list(conclusion.lines.select_related(*LINE).order_by("id")) if lines is None else list(lines)
    body = conclusion.collective
    year = heads.year_of(conclusion.cycle)
    return Sheet(
        title="QUYẾT ĐỊNH" if lines is None else "TRÍCH QUYẾT ĐỊNH",
        subtitles=(f"về kết quả đánh giá, xếp loại chất lượng năm {year}",),
        head=heads.head_of_body(body, number=conclusion.number, dated_on=conclusion.concluded_on),
        sections=(
            Section(blocks=tuple(Paragraph(f"Căn cứ {ground};") for ground in _grounds(conclusion, rows))),
            Section(blocks=(Paragraph(f"{body.name.upper()} QUYẾT\u00a0ĐỊNH:", align=Align.CENTER, is_bold=True),)),
            Section(blocks=_articles(conclusion, rows)),
        ),
        signatures=(_signature(conclusion),),
        recipients=("Như Điều 3,", "Lưu hồ sơ."),
        watermark="" if conclusion.state == "confirmed" else "DỰ THẢO",
        issued_on=conclusion.concluded_on,
    )


def _grounds(conclusion: Conclusion, rows: Sequence[ConclusionLine]) -> list[str]:
    cycle = conclusion.cycle
    authority = dict.fromkeys(row.rating.authority_ground for row in rows if row.rating.authority_ground)
    session = f"kết quả phiên họp ngày {conclusion.session_on:%d/%m/%Y} của {conclusion.collective.name}"
    return [
        " và ".join([heads.law_line(cycle), *heads.guidance_lines(cycle)]),
        *(f"thẩm quyền: {ground.rstrip('. ;')}" for ground in authority),
        session,
    ]


def _articles(conclusion: Conclusion, rows: Sequence[ConclusionLine]) -> tuple[Paragraph | Table, ...]:
    table = Table(COLUMNS, [_row(place, row, conclusion) for place, row in enumerate(rows, 1)])
    year = heads.year_of(conclusion.cycle)
    return (
        Paragraph(f"Đánh giá, xếp loại chất lượng năm {year} đối với các đối tượng sau đây:", lead="Điều 1. "),
        table,
        Paragraph(
            "Kết quả được thông báo bằng văn bản đến đối tượng được xếp loại và người trực tiếp quản lý; "
            "mức xếp loại được công khai theo quy định.",
            lead="Điều 2. ",
        ),
        Paragraph(
            "Các cơ quan, đơn vị liên quan và đối tượng có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này.",
            lead="Điều 3. ",
        ),
    )


def _row(place: int, line: ConclusionLine, conclusion: Conclusion) -> tuple[Value, ...]:
    rating = line.rating
    post = rating.review.post_text if rating.review_id and rating.person_id else ""
    name = f"{rating.subject}\n{post}" if post else str(rating.subject)
    why = "; ".join(part.rstrip(" .;") for part in (line.ground, line.document) if part)
    if line.revoked_by_document:
        why = f"Đã thu hồi theo {line.revoked_by_document}"
    return place, name, heads.KINDS[rating.kind], heads.grade_words(conclusion.cycle, line.grade), why


def _signature(conclusion: Conclusion) -> Signature:
    body = conclusion.collective
    return Signature(
        authority=body.signs_as or f"T/M {body.name.upper()}",
        title=conclusion.signatory_title,
        name=conclusion.signatory,
        note="(ký, ghi rõ họ tên, đóng dấu)",
    )
