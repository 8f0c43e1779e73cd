"""The summary tables as paper: the same columns and cells for the page, the workbook and the PDF.

No official heading was found; the columns are a draft set after HD 25-HD/BTCTW and the practice of Kon Tum.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import override

from criteria.models import Cycle
from criteria.selectors.rules.regulations import parsed
from orgs.documents import Align, Column, Paragraph, Row, Section, Sheet, Table, Value
from orgs.models import Line, RatingKind
from reviews.documents import heads
from reviews.documents.facts import DISCIPLINE
from reviews.models import Grade, Rating
from reviews.selectors.papers.summaries import STEPS, BodyRow, PersonRow, StatisticsRow, Wanted

NUMBER = Column("STT", 7, Align.CENTER)
STEP_TITLES = ("Tự xếp loại", "Tập thể đề nghị", "Thẩm định đề nghị", "Quyết định")
SIDES = ((RatingKind.CADRE, "CB, CC, VC"), (RatingKind.PARTY_MEMBER, "Đảng viên"))
LETTERS = {Grade.EXCELLENT: "XS", Grade.GOOD: "T", Grade.COMPLETED: "HT", Grade.NOT_COMPLETED: "KHT"}
LINES = {
    Line.PARTY: "khối Đảng",
    Line.STATE: "khối Nhà nước",
    Line.FRONT: "khối Mặt trận và đoàn thể",
    Line.ASSOCIATION: "khối hội",
    Line.ENTERPRISE: "khối doanh nghiệp",
}
TITLES = {
    "collectives": "BIỂU TỔNG HỢP KẾT QUẢ XẾP LOẠI TẬP THỂ, TỔ CHỨC",
    "individuals": "BIỂU TỔNG HỢP KẾT QUẢ XẾP LOẠI CÁ NHÂN",
    "statistics": "BIỂU THỐNG KÊ KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI",
}
COLLECTIVE_COLUMNS = (
    NUMBER,
    Column("Tên tập thể", 30),
    Column("Nhóm", 20),
    Column("Có gợi ý kiểm điểm", 9, Align.CENTER),
    Column("Tự xếp loại", 9, Align.CENTER),
    Column("Tập thể đề nghị", 9, Align.CENTER),
    Column("Cơ quan thẩm định đề nghị", 11, Align.CENTER),
    Column("Cấp có thẩm quyền quyết định", 11, Align.CENTER),
    Column("Ghi chú", 18),
)
PERSON_COLUMNS = (
    Column("STT", 9, Align.CENTER),
    Column("Họ và tên", 19),
    Column("Chức vụ, đơn vị", 28),
    Column("Diện quản lý", 25),
    *(Column(side, 9, Align.CENTER, group=step) for step in STEP_TITLES for _kind, side in SIDES),
    Column("Việc khó, đột phá", 10),
    Column("Kỷ luật trong năm", 14),
    Column("Ghi chú", 12),
)
STATISTICS_COLUMNS = (
    NUMBER,
    Column("Đối tượng, cấp quyết định", 30),
    Column("Tổng số", 7, Align.RIGHT),
    Column("Được đánh giá", 7, Align.RIGHT),
    Column("SL", 6, Align.RIGHT, group="Chưa, không đánh giá"),
    Column("Lý do", 16, group="Chưa, không đánh giá"),
    *(
        Column(unit, 6 if unit == "SL" else 8, Align.RIGHT, group=group)
        for group in ("HTXSNV", "HTTNV", "HTNV", "KHTNV")
        for unit in ("SL", "%")
    ),
    Column("% XS/Tốt", 9, Align.RIGHT, group="So với 20 %"),
    Column("Nhận xét", 12, group="So với 20 %"),
)


@dataclass(frozen=True)
class Summary:
    """A table ready to be shown or written: its title, the filters in words, columns and rows of values."""

    title: str
    lines: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@override("vi")
def collectives_summary(wanted: Wanted, rows: Iterable[BodyRow], *, first: int = 1) -> Summary:
    """Collectives and organisations; `first` is the number of the first row."""
    cells = tuple(Row(_collective(place, row)) for place, row in enumerate(rows, first))
    return Summary(TITLES["collectives"], _filters(wanted), COLLECTIVE_COLUMNS, cells)


def _collective(place: int, row: BodyRow) -> tuple[Value, ...]:
    rating = row.rating
    return (
        place,
        str(rating.subject),
        rating.group.title,
        "Có" if row.is_prompted else "Không",
        *(_letters(grade) for grade in row.grades),
        _remark([rating]),
    )


@override("vi")
def individuals_summary(wanted: Wanted, rows: Iterable[PersonRow], *, first: int = 1) -> Summary:
    """Persons, one a row, with the grades as cadre and as Party member side by side."""
    cells = tuple(Row(_person(place, row)) for place, row in enumerate(rows, first))
    return Summary(TITLES["individuals"], _filters(wanted), PERSON_COLUMNS, cells)


def _person(place: int, row: PersonRow) -> tuple[Value, ...]:
    review, person = row.review, row.review.person
    where = ", ".join(part for part in (review.post_text, str(review.unit or "")) if part)
    return (
        place,
        person.full_name,
        where,
        str(person.managing_authority or ""),
        *(_letters(row.grade(kind, step)) for step in STEPS for kind, _side in SIDES),
        "",
        "; ".join(f"{DISCIPLINE[found.form]} ({found.document})" for found in row.discipline),
        _remark(row.ratings.values()),
    )


@override("vi")
def statistics_summary(wanted: Wanted, rows: Sequence[StatisticsRow]) -> Summary:
    """Counts and shares, each kind of rating with its total in bold before its deciding bodies."""
    cells = tuple(Row(_counted(place, row), is_strong=not row.body) for place, row in enumerate(rows, 1))
    return Summary(TITLES["statistics"], _filters(wanted), STATISTICS_COLUMNS, cells)


def _counted(place: int, row: StatisticsRow) -> tuple[Value, ...]:
    tally = row.tally
    shares = [value for grade in Grade.values for value in (tally.grades[grade], tally.share(grade))]
    name = row.body or f"Xếp loại {heads.KINDS[row.kind]}"
    left_out = tally.total - tally.rated
    verdict = "" if not tally.rated else f"vượt ({row.allowed})" if row.is_above else f"trong mức ({row.allowed})"
    return place, name, tally.total, tally.rated, left_out, _why(row), *shares, tally.excellent_of_good, verdict


def _why(row: StatisticsRow) -> str:
    tally = row.tally
    parts = (("không xếp loại", tally.not_rated), ("tạm hoãn", tally.postponed), ("đang xét", tally.waiting))
    return "; ".join(f"{words}: {count}" for words, count in parts if count)


def _letters(grade: str) -> str:
    return LETTERS.get(grade, "")


def _remark(ratings: Iterable[Rating]) -> str:
    found = []
    for rating in ratings:
        if rating.not_rated_ground:
            found.append(rating.not_rated_ground)
        elif rating.state == "postponed":
            found.append("Chưa xếp loại")
        elif rating.state == "petition":
            found.append("Có kiến nghị")
    return "; ".join(dict.fromkeys(found))


def _filters(wanted: Wanted) -> tuple[str, ...]:
    narrowed = [
        f"cấp quyết định: {wanted.body.name}" if wanted.body else "",
        LINES.get(wanted.line, ""),
        f"đơn vị: {wanted.unit.strip()}" if wanted.unit.strip() else "",
    ]
    return (wanted.cycle.title, "; ".join(part for part in narrowed if part) or "Toàn bộ phạm vi được xem")


@override("vi")
def summary_sheet(summary: Summary, cycle: Cycle) -> Sheet:
    """The summary as a landscape sheet, with what the letters of the grades mean."""
    legend = "; ".join(f"{grade.letters}: {grade.label}" for grade in parsed(cycle.regulation).grades)
    return Sheet(
        title=summary.title,
        subtitles=summary.lines,
        sections=(
            Section(blocks=(Table(summary.columns, summary.rows),)),
            Section(blocks=(Paragraph(legend, is_italic=True),)),
        ),
        is_landscape=True,
        issued_on=cycle.period_end_on,
    )
