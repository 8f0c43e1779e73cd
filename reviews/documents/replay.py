"""A replay as a table: each subject with the grade under its own law and under the other, and what would be missing."""

from collections.abc import Iterable

from django.utils.translation import override

from orgs.documents import Align, Column, Paragraph, Section, Sheet, Table, Value
from reviews.documents import heads
from reviews.models import Replay
from reviews.selectors.papers.replays import SubjectRow

COLUMNS = (
    Column("STT", 7, Align.CENTER),
    Column("Đối tượng", 28),
    Column("Nhóm", 28),
    Column("Xếp loại", 18),
    Column("Mức gợi ý theo văn bản của kỳ", 18),
    Column("Mức gợi ý theo văn bản tính thử", 18),
    Column("Số liệu còn thiếu", 34),
)


@override("vi")
def replay_sheet(replay: Replay, rows: Iterable[SubjectRow]) -> Sheet:
    """The rows as a landscape sheet."""
    return Sheet(
        title="KẾT QUẢ TÍNH THỬ THEO VĂN BẢN KHÁC",
        subtitles=(f"{replay.cycle.title}, tính thử theo {replay.regulation.number}",),
        sections=(
            Section(blocks=(Table(COLUMNS, [_row(place, row) for place, row in enumerate(rows, 1)]),)),
            Section(
                blocks=(Paragraph("Kết quả tính thử chỉ để tham khảo, không làm thay đổi kỳ đã đóng.", is_italic=True),)
            ),
        ),
        is_landscape=True,
        issued_on=replay.cycle.period_end_on,
    )


def _row(place: int, row: SubjectRow) -> tuple[Value, ...]:
    rating, missing = row.rating, "; ".join(fact.what for fact in row.missing)
    ends = (row.came_from.words, row.came_to.words)
    return place, str(rating.subject), rating.group.title, heads.KINDS[rating.kind], *ends, missing
