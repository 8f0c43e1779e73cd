"""The appraisal sheet (phiếu thẩm định): the chain of grades and the suggestion with every ceiling and its clause."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import override

from orgs.documents import Align, Block, Column, Fields, Paragraph, Section, Sheet, Signature, Table, Value
from reviews.documents import heads
from reviews.models import Rating
from reviews.selectors.grading.grounds import Ground, Grounds, grounds_of
from reviews.selectors.grading.suggestions import explained

OUTCOMES = {
    "insufficient": "Chưa đủ số liệu để gợi ý mức xếp loại",
    "postponed": "Chưa xếp loại",
    "exempt": "Được miễn đánh giá, xếp loại",
    "not_rated": "Không xếp loại",
}
CHAIN = (Column("Bước", 18), Column("Chủ thể", 26), Column("Mức xếp loại", 20), Column("Nhận xét", 30))
CEILINGS = (
    Column("STT", 7, Align.CENTER),
    Column("Mức cao nhất còn được xếp", 20),
    Column("Lý do", 38),
    Column("Điều khoản", 25),
)
GROUNDS = (
    Column("STT", 7, Align.CENTER),
    Column("Công việc", 33),
    Column("Kết quả được xác nhận", 32),
    Column("Văn bản, ngày", 18),
)


@override("vi")
def appraisal_sheet(rating: Rating) -> Sheet:
    """The appraisal of one rating; after the decision the suggestion is the one that was frozen with it."""
    review = rating.review
    suggestion = rating.suggestion if rating.suggestion and rating.decided_grade else _computed(rating)
    facts = (
        *heads.subject_lines(review, rating),
        ("Xếp loại", heads.KINDS[rating.kind]),
        ("Nhóm so sánh", rating.group.title),
        ("Cấp có thẩm quyền quyết định", rating.deciding_collective.name),
        ("Căn cứ thẩm quyền", rating.authority_ground),
    )
    return Sheet(
        title="PHIẾU THẨM ĐỊNH",
        subtitles=(f"Đánh giá, xếp loại chất lượng năm {heads.year_of(rating.cycle)}",),
        head=heads.head_of_unit(rating.appraising_unit),
        sections=(
            Section(blocks=(Fields(facts),)),
            Section("I. CÁC MỨC XẾP LOẠI QUA TỪNG BƯỚC", (Table(CHAIN, list(_chain(rating))),)),
            Section(
                "II. ĐỐI CHIẾU VỚI TIÊU CHÍ",
                (*_explained(rating, suggestion), *recorded_grounds(grounds_of(rating))),
            ),
            Section("III. Ý KIẾN THẨM ĐỊNH", tuple(_conclusion(rating))),
        ),
        signatures=(
            Signature(title="NGƯỜI THẨM ĐỊNH", note="(ký, ghi rõ họ tên)"),
            Signature(title="THỦ TRƯỞNG CƠ QUAN THẨM ĐỊNH", note="(ký, ghi rõ họ tên, đóng dấu)"),
        ),
        code=review.code if review else "",
    )


def _computed(rating: Rating) -> dict[str, Any]:
    return explained(rating).suggestion.as_data()


def _chain(rating: Rating) -> Iterable[tuple[Value, ...]]:
    proposing = rating.proposing_collective or rating.proposing_unit
    cycle = rating.cycle
    yield "Tự xếp loại", str(rating.subject), heads.grade_words(cycle, rating.self_grade), ""
    proposed = heads.grade_words(cycle, rating.proposed_grade)
    yield "Đề nghị", str(proposing or heads.UNKNOWN), proposed, rating.proposal_comment
    if rating.state_grade_status:
        yield "Phía chính quyền", rating.state_grade_document, heads.grade_words(cycle, rating.state_grade), ""
    appraised = heads.grade_words(cycle, rating.appraised_grade)
    yield "Thẩm định", rating.appraising_unit.name, appraised, rating.appraisal_comment
    decided = heads.grade_words(cycle, rating.decided_grade)
    yield "Quyết định", rating.deciding_collective.name, decided, heads.day(rating.decided_on)


def _explained(rating: Rating, suggestion: Mapping[str, Any]) -> Iterable[Block]:
    grade = suggestion["grade"]
    words = heads.grade_words(rating.cycle, grade) if grade else OUTCOMES[suggestion["outcome"]]
    yield Paragraph(words, lead="Mức theo tiêu chí và số liệu hiện có: ")
    if suggestion["ceilings"]:
        yield Table(CEILINGS, list(_ceilings(rating, suggestion["ceilings"])), caption="Các điều kiện khống chế")
    else:
        yield Paragraph("Không có điều kiện nào khống chế mức xếp loại.")
    for warning in suggestion["warnings"]:
        yield Paragraph(warning, lead="Lưu ý: ")
    if suggestion["unconfirmed"]:
        caption = "Quy tắc chờ xác nhận (chỉ nêu để tham khảo, không hạ mức)"
        yield Table(CEILINGS, list(_ceilings(rating, suggestion["unconfirmed"])), caption=caption)


def recorded_grounds(grounds: Grounds) -> Iterable[Block]:
    """Registered works with their verified outcome (letter 2026-CV/TU, 1): named, and deciding nothing."""
    if not grounds:
        return
    rows = [
        (place, f"{row.name}\n({row.kind_label})", f"{row.outcome_label}. {row.words}".strip(), _verified(row))
        for place, row in enumerate(grounds, 1)
    ]
    yield Table(GROUNDS, rows, caption="Việc khó, việc mới đã đăng ký và được xác nhận kết quả")
    yield Paragraph(
        "Là một căn cứ quan trọng để xem xét mức hoàn thành xuất sắc nhiệm vụ; không phải điều kiện, không tự động "
        "nâng mức.",
        is_italic=True,
    )


def _verified(row: Ground) -> str:
    return ", ".join(part for part in (row.document, f"ngày {heads.day(row.day)}" if row.day else "") if part)


def _ceilings(rating: Rating, rows: Iterable[Mapping[str, Any]]) -> Iterable[tuple[Value, ...]]:
    for place, row in enumerate(rows, 1):
        caps_at = heads.grade_words(rating.cycle, row["caps_at"]) if row["caps_at"] else "Không xếp loại"
        yield place, caps_at, row["reason"], row["cites"]


def _conclusion(rating: Rating) -> Iterable[Block]:
    grade = heads.grade_words(rating.cycle, rating.appraised_grade)
    yield Paragraph(rating.appraisal_comment or heads.UNKNOWN, lead=f"Đề nghị xếp loại: {grade}. ")
