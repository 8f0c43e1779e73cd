"""Minutes of a review meeting: the whole for the venue, an extract that holds what concerns one subject."""

from collections.abc import Iterable, Sequence

from django.utils.translation import override

from orgs.documents import Align, Block, Column, Fields, Heading, Paragraph, Section, Sheet, Signature, Table, Value
from reviews.documents import heads
from reviews.models import AgendaItem, Grade, Meeting, Rating, Review, Tally

LET_PASS = {
    "quorum_present": "Số người có mặt so với triệu tập",
    "draft_circulated_in_time": "Thời gian gửi dự thảo trước hội nghị",
}
COUNTED = ("XS", "T", "HT", "KHT", "Trống")


@override("vi")
def minutes_sheet(meeting: Meeting) -> Sheet:
    """The whole minutes of `meeting`; "DỰ THẢO" is printed across them until the meeting is closed."""
    items = list(meeting.agenda.select_related("review__person", "review__collective").order_by("order"))
    sections = (
        Section("I. THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN", (Fields(tuple(_session(meeting))), *_absent(meeting))),
        Section("II. NỘI DUNG", tuple(_contents(meeting, items))),
        *_ballot_section("III. KẾT QUẢ BỎ PHIẾU", meeting, None),
        *_formalities(meeting),
    )
    return _sheet(meeting, "BIÊN BẢN", sections)


@override("vi")
def minutes_extract(meeting: Meeting, review: Review, ratings: Sequence[Rating] = ()) -> Sheet:
    """What the minutes hold about `review`, with the ballots on `ratings`; nobody else's matters."""
    items = list(meeting.agenda.filter(review=review).select_related("review__person", "review__collective"))
    sections = (
        Section("I. THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN", (Fields(tuple(_session(meeting))),)),
        Section("II. NỘI DUNG", tuple(block for item in items for block in _heard(item, f"{item.review.subject}"))),
        *_ballot_section("III. KẾT QUẢ BỎ PHIẾU", meeting, ratings),
    )
    return _sheet(meeting, "TRÍCH BIÊN BẢN", sections)


def _sheet(meeting: Meeting, title: str, sections: tuple[Section, ...]) -> Sheet:
    return Sheet(
        title=title,
        subtitles=(
            "Hội nghị kiểm điểm, đánh giá, xếp loại chất lượng",
            f"Năm {heads.year_of(meeting.cycle)} · {meeting.collective.name} · phiên thứ {meeting.number}",
        ),
        head=heads.head_of_body(meeting.collective, dated_on=meeting.held_on),
        sections=sections,
        signatures=(
            Signature(title="THƯ KÝ", note="(ký, ghi rõ họ tên)", name=str(meeting.secretary or "")),
            Signature(title="CHỦ TRÌ", note="(ký, ghi rõ họ tên)", name=str(meeting.chair or "")),
        ),
        watermark="" if meeting.state == "closed" else "DỰ THẢO",
        issued_on=meeting.held_on,
    )


def _session(meeting: Meeting) -> Iterable[tuple[str, Value]]:
    rows = list(meeting.attendance.values_list("is_present", flat=True))
    begins = f"{meeting.starts_at:%H} giờ {meeting.starts_at:%M}, " if meeting.starts_at else ""
    yield "Thời gian, địa điểm", f"{begins}ngày {meeting.held_on:%d/%m/%Y}; {meeting.place or heads.UNKNOWN}"
    yield "Chủ trì, thư ký", f"{meeting.chair or heads.UNKNOWN}; {meeting.secretary or heads.UNKNOWN}"
    present, absent = sum(row is True for row in rows), sum(row is False for row in rows)
    yield "Thành phần", f"triệu tập {len(rows)} người, có mặt {present}, vắng mặt {absent}"
    yield "Dự thảo gửi người dự họp", heads.day(meeting.circulated_on)
    if meeting.superior_present:
        yield "Đại diện cấp trên dự", meeting.superior_present


def _absent(meeting: Meeting) -> Iterable[Block]:
    rows = meeting.attendance.filter(is_present=False).select_related("person")
    table = [(place, str(row.person), row.reason or heads.UNKNOWN) for place, row in enumerate(rows, 1)]
    if table:
        columns = (Column("STT", 7, Align.CENTER), Column("Người vắng mặt", 30), Column("Lý do", 45))
        yield Table(columns, table)


def _contents(meeting: Meeting, items: list[AgendaItem]) -> Iterable[Block]:
    yield Paragraph(meeting.proceedings or "Chưa ghi diễn biến chung.")
    for place, item in enumerate(items, 1):
        yield from _heard(item, f"{place}. {item.review.subject}")


def _heard(item: AgendaItem, title: str) -> Iterable[Block]:
    yield Heading(title)
    if not item.is_heard:
        yield Paragraph("Chưa kiểm điểm tại phiên này.", is_italic=True)
        return
    comments = list(item.comments.select_related("person"))
    if not comments:
        yield Paragraph("Không có ý kiến góp ý.")
    for comment in comments:
        yield Paragraph(comment.text, lead=f"{comment.person or comment.speaker or 'Người dự họp'}: ")
    yield Paragraph(item.answer or heads.UNKNOWN, lead="Tiếp thu, giải trình: ")
    yield Paragraph(item.conclusion or heads.UNKNOWN, lead="Kết luận của chủ trì: ")


def _ballot_section(title: str, meeting: Meeting, ratings: Sequence[Rating] | None) -> tuple[Section, ...]:
    tally = Tally.objects.filter(meeting=meeting, confirmed_by__isnull=False).first()
    if tally is None:
        return ()
    lines = tally.lines.select_related("rating__person", "rating__collective", "rating__organisation")
    if ratings is not None:
        lines = lines.filter(rating__in=ratings)
    counts: dict[Rating, dict[str, int]] = {}
    for line in lines.order_by("rating__sort_key", "rating_id"):
        counts.setdefault(line.rating, {})[line.grade] = line.count
    if not counts:
        return ()
    return (Section(title, (_ballots(tally), _counts(counts))),)


def _ballots(tally: Tally) -> Paragraph:
    counts = f"phát ra {tally.issued}, thu về {tally.collected}, hợp lệ {tally.valid}, không hợp lệ {tally.invalid}."
    return Paragraph(counts, lead="Số phiếu: ")


def _counts(counts: dict[Rating, dict[str, int]]) -> Table:
    columns = (
        Column("STT", 7, Align.CENTER),
        Column("Đối tượng", 26),
        Column("Xếp loại", 22),
        *(Column(letters, 9 if len(letters) < 4 else 13, Align.CENTER, group="Số phiếu") for letters in COUNTED),
    )
    rows = [
        (
            place,
            str(rating.subject),
            heads.KINDS[rating.kind],
            *(found.get(grade, 0) for grade in (*Grade.values, "")),
        )
        for place, (rating, found) in enumerate(counts.items(), 1)
    ]
    return Table(columns, rows)


def _formalities(meeting: Meeting) -> tuple[Section, ...]:
    rows = [(LET_PASS.get(row.guard, row.guard), row.reason) for row in meeting.overrides.order_by("id")]
    if not rows:
        return ()
    return (
        Section("IV. VẤN ĐỀ THỦ TỤC CHỦ TRÌ QUYẾT ĐỊNH", (Table((Column("Nội dung", 30), Column("Lý do", 50)), rows),)),
    )
