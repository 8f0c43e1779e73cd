"""Comments on a review: who said what at which venue, what the subject answered, what the notes asked and got."""

from collections.abc import Iterable

from django.utils.translation import override

from orgs.documents import Align, Block, Column, Paragraph, Section, Sheet, Signature, Table
from reviews.documents import heads
from reviews.models import AgendaItem, Review, SectionNote
from reviews.selectors.writing.forms import form_of, parts_of

COLUMNS = (
    Column("STT", 7, Align.CENTER),
    Column("Người góp ý", 20),
    Column("Về mục", 18),
    Column("Nội dung góp ý", 45),
)
NOTES = (Column("STT", 7, Align.CENTER), Column("Về mục", 18), Column("Nội dung", 35), Column("Đã tiếp thu", 30))
SOURCES = {"return": "YÊU CẦU HOÀN CHỈNH KHI TRẢ LẠI", "meeting": "KẾT LUẬN CỦA HỘI NGHỊ CẦN TIẾP THU"}


@override("vi")
def comments_sheet(review: Review) -> Sheet | None:
    """The comments on `review`, venue by venue; None where nobody said anything yet."""
    titles = {part.key: part.short for part in parts_of(form_of(review))}
    items = review.agenda_items.filter(is_heard=True).select_related("meeting__collective")
    rows = list(items.prefetch_related("comments__person").order_by("meeting__held_on", "id"))
    sections = [_of_venue(item, titles) for item in rows]
    sections += [part for source, title in SOURCES.items() for part in _notes(review, source, title, titles)]
    if not sections:
        return None
    held_on = max((item.meeting.held_on for item in rows), default=None)
    return Sheet(
        title="BẢNG TỔNG HỢP Ý KIẾN GÓP Ý",
        subtitles=(f"{review.subject} · năm {heads.year_of(review.cycle)}",),
        head=heads.head_of_review(review, dated_on=held_on),
        sections=tuple(sections),
        signatures=(Signature(title="NGƯỜI TỔNG HỢP", note="(ký, ghi rõ họ tên)"),),
        code=review.code,
        issued_on=held_on,
    )


def _of_venue(item: AgendaItem, titles: dict[str, str]) -> Section:
    meeting = item.meeting
    return Section(f"{meeting.collective.name}, ngày {meeting.held_on:%d/%m/%Y}", tuple(_blocks(item, titles)))


def _blocks(item: AgendaItem, titles: dict[str, str]) -> Iterable[Block]:
    rows = [
        (place, str(row.person or row.speaker or ""), titles.get(row.section_key, "Chung"), row.text)
        for place, row in enumerate(item.comments.all(), 1)
    ]
    yield Table(COLUMNS, rows) if rows else Paragraph("Không có ý kiến góp ý.")
    yield Paragraph(item.answer or heads.UNKNOWN, lead="Tiếp thu, giải trình: ")


def _notes(review: Review, source: str, title: str, titles: dict[str, str]) -> Iterable[Section]:
    notes: list[SectionNote] = list(review.notes.filter(source=source).order_by("id"))
    if notes:
        rows = [
            (place, titles.get(note.section_key, "Chung"), note.text, note.answer or heads.UNKNOWN)
            for place, note in enumerate(notes, 1)
        ]
        yield Section(title, (Table(NOTES, rows),))
