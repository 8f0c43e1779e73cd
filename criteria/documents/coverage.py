"""Coverage as workbooks: the tables of the two pages, row by row."""

from collections.abc import Iterable, Mapping

from django.utils.translation import override

from criteria.models import Cycle
from criteria.selectors.reaching.coverage import Count, CoverageRow, Tally
from criteria.selectors.reaching.coverage_choice import COLLECTIVE, JOB, POSITION
from criteria.selectors.reaching.coverage_pages import Answering, LackRow
from orgs.documents import Align, Column, Value, table_workbook

KINDS: Mapping[str, str] = {COLLECTIVE: "Tập thể", POSITION: "Chức vụ", JOB: "Vị trí việc làm"}
GENERAL, NONE = "Chỉ có khung chung của tỉnh", "Chưa có khung nào"
FIGURES = tuple(
    Column(title, 9, Align.RIGHT, group)
    for group in ("Tập thể", "Chức vụ", "Vị trí việc làm", "Tổng cộng")
    for title in ("Có khung", "Tổng số", "Tỷ lệ (%)")
)
TREE = (Column("Mã đơn vị", 12), Column("Cơ quan, đơn vị (kể cả trực thuộc)", 44), *FIGURES)
MISSING = (
    Column("STT", 6, Align.CENTER),
    Column("Cơ quan, đơn vị", 36),
    Column("Loại", 14),
    Column("Tập thể, chức vụ, vị trí việc làm", 36),
    Column("Tình trạng", 22),
    Column("Người đứng đầu chịu trách nhiệm", 34),
    Column("Đã yêu cầu từ ngày", 14, Align.CENTER),
)


@override("vi")
def tree_workbook(cycle: Cycle, rows: Iterable[CoverageRow], total: Tally) -> bytes:
    """The tree in its order, deeper units moved to the right, the total last."""
    table = [(row.unit.code, "    " * row.depth + row.unit.name, *_figures(row.tally)) for row in rows]
    table.append(("", "Tổng cộng", *_figures(total)))
    return table_workbook("ĐỘ PHỦ KHUNG TIÊU CHÍ", TREE, table, lines=(cycle.title,))


@override("vi")
def missing_workbook(cycle: Cycle, rows: Iterable[LackRow]) -> bytes:
    """The list of what lacks a framework of its own."""
    table: list[tuple[Value, ...]] = [
        (
            place,
            row.lack.unit.name,
            KINDS[row.lack.kind],
            row.lack.name,
            GENERAL if row.lack.has_general else NONE,
            head_words(row.head),
            row.asked_on,
        )
        for place, row in enumerate(rows, start=1)
    ]
    return table_workbook("DANH SÁCH CHƯA CÓ KHUNG TIÊU CHÍ CỤ THỂ", MISSING, table, lines=(cycle.title,))


def head_words(head: Answering | None) -> str:
    """The name; with the body above where the body has no head of its own."""
    if head is None:
        return ""
    return head.person.full_name + (f" ({head.above})" if head.above else "")


def _figures(tally: Tally) -> tuple[Value, ...]:
    return tuple(value for count in _kinds(tally) for value in (count.covered, count.total, count.percent))


def _kinds(tally: Tally) -> tuple[Count, ...]:
    return (tally.collective, tally.position, tally.job, tally.whole)
