"""The annex that explains a grade: what decided it, every condition grade by grade, points, what is open or missing."""

from collections.abc import Iterable, Iterator

from django.utils.translation import override

from orgs.documents import Align, Block, Column, Fields, Heading, Paragraph, Section, Sheet, Table, Value
from reviews.documents import heads
from reviews.documents.appraisal import OUTCOMES, recorded_grounds
from reviews.models import Rating
from reviews.selectors.grading.explanations import Branch, Explanation, Line, explanation_of

STATES = {
    "met": "Đạt",
    "unmet": "Chưa đạt",
    "unknown": "Chưa có dữ kiện",
    "open": "Chờ xác nhận",
}
GROUPS = {"common": "Nhóm tiêu chí chung", "results": "Nhóm tiêu chí kết quả thực hiện nhiệm vụ", "total": "Tổng điểm"}
NUMBERS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
ORDER = Column("STT", 7, Align.CENTER)
CEILINGS = (ORDER, Column("Mức cao nhất còn được xếp", 18), Column("Lý do", 38), Column("Điều khoản", 24))
CONDITIONS = (ORDER, Column("Điều kiện; số liệu", 47), Column("Kết quả", 12), Column("Điều khoản", 24))
OPEN = (ORDER, Column("Nội dung", 30), Column("Câu hỏi gửi cấp có thẩm quyền", 33), Column("Nguồn hiện có", 20))
MISSING = (ORDER, Column("Số liệu chưa có", 40), Column("Nơi cung cấp", 43))
POINTS = (Column("Nhóm", 60), Column("Điểm đạt được", 15, Align.RIGHT), Column("Điểm tối đa", 15, Align.RIGHT))
DECIDES = "điều kiện quyết định"


@override("vi")
def annex_sheet(rating: Rating) -> Sheet:
    """The annex of one rating; after the decision everything stands in it as it was frozen with the decision."""
    found = explanation_of(rating)
    parts = [(title, list(blocks)) for title, blocks in _parts(rating, found)]
    shown = [(title, blocks) for title, blocks in parts if blocks]
    return Sheet(
        title="PHỤ LỤC GIẢI THÍCH MỨC XẾP LOẠI",
        subtitles=(f"Xếp loại {heads.KINDS[rating.kind]} năm {heads.year_of(rating.cycle)}",),
        sections=(
            Section(blocks=(Fields(tuple(_facts(rating, found))),)),
            *(
                Section(f"{number}. {title}", tuple(blocks))
                for number, (title, blocks) in zip(NUMBERS, shown, strict=False)
            ),
        ),
        code=rating.review.code if rating.review else "",
    )


def _parts(rating: Rating, found: Explanation) -> Iterator[tuple[str, Iterable[Block]]]:
    yield "ĐIỀU KIỆN KHỐNG CHẾ MỨC XẾP LOẠI", _ceilings(rating, found)
    yield "ĐIỀU KIỆN CỦA TỪNG MỨC", _branches(found)
    yield "ĐIỀU KIỆN ĐỂ ĐƯỢC XẾP LOẠI", _conditions(found.gates)
    yield "ĐIỂM", _points(found)
    yield "CĂN CỨ ĐÃ GHI NHẬN", recorded_grounds(found.grounds)
    yield "NỘI DUNG CẦN LƯU Ý", (Paragraph(warning) for warning in found.suggestion.warnings)
    yield "SỐ LIỆU CÒN THIẾU", _missing(found)
    yield "NỘI DUNG CHỜ CẤP CÓ THẨM QUYỀN XÁC NHẬN", _open(found)


def _facts(rating: Rating, found: Explanation) -> Iterator[tuple[str, str]]:
    yield from heads.subject_lines(rating.review, rating)
    yield "Văn bản áp dụng", f"{found.law.title} ({found.law.number})"
    grade = found.suggestion.grade
    yield (
        "Mức theo tiêu chí và số liệu",
        heads.grade_words(rating.cycle, grade) if grade else OUTCOMES[found.suggestion.outcome],
    )
    if rating.decided_grade:
        decided = heads.grade_words(rating.cycle, rating.decided_grade)
        yield "Mức được quyết định", f"{decided}, ngày {heads.day(rating.decided_on)}"


def _ceilings(rating: Rating, found: Explanation) -> Iterator[Block]:
    rows: list[tuple[Value, ...]] = []
    for place, row in enumerate(found.suggestion.ceilings, 1):
        caps_at = heads.grade_words(rating.cycle, row.caps_at) if row.caps_at else "Không xếp loại"
        rows.append((place, f"{caps_at}\n({DECIDES})" if row in found.deciding else caps_at, row.reason, row.cites))
    if rows:
        yield Table(CEILINGS, rows)
    else:
        yield Paragraph("Không có điều kiện nào khống chế mức xếp loại.")


def _branches(found: Explanation) -> Iterator[Block]:
    for branch in found.branches:
        yield Heading(f"Mức {branch.label}: {branch.words}")
        yield from _conditions(branch)


def _conditions(branch: Branch) -> Iterator[Block]:
    if branch.lines:
        yield Table(CONDITIONS, [_condition(place, line) for place, line in enumerate(branch.lines, 1)])


def _condition(place: int, line: Line) -> tuple[Value, ...]:
    lacks = "; ".join(row.what for row in line.lacks)
    said = (f"{line.condition.text}.", line.sentence, f"Chưa có: {lacks}." if lacks else "")
    return place, "\n".join(part for part in said if part), STATES[line.mark], line.condition.cites


def _points(found: Explanation) -> Iterator[Block]:
    if found.points:
        rows = [(GROUPS[row.group], row.reached or heads.UNKNOWN, row.maximum) for row in found.points]
        yield Table(POINTS, rows)


def _missing(found: Explanation) -> Iterator[Block]:
    rows = [(place, row.what, row.who) for place, row in enumerate(found.unknown, 1)]
    if rows:
        yield Table(MISSING, rows)


def _open(found: Explanation) -> Iterator[Block]:
    rows = [
        (place, f"{line.condition.text}.", line.condition.question, line.condition.cites)
        for place, line in enumerate(found.open_lines, 1)
    ]
    if rows:
        yield Paragraph("Các nội dung sau chỉ nêu để tham khảo, không hạ mức xếp loại cho đến khi được xác nhận.")
        yield Table(OPEN, rows)
