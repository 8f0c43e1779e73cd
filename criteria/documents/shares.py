"""How far a text was studied, as a workbook of the table that the page shows."""

from collections.abc import Iterable

from django.utils.translation import override

from criteria.models import Dissemination
from criteria.selectors.reaching.study_shares import StudyShare
from orgs.documents import Align, Column, Value, table_workbook

COLUMNS = (
    Column("STT", 6, Align.CENTER),
    Column("Mã đơn vị", 12),
    Column("Cơ quan, đơn vị", 46),
    Column("Số người phải nghiên cứu", 14, Align.RIGHT),
    Column("Đã nghiên cứu, quán triệt", 14, Align.RIGHT),
    Column("Tỷ lệ (%)", 10, Align.RIGHT),
)


@override("vi")
def shares_workbook(dissemination: Dissemination, rows: Iterable[StudyShare], total: StudyShare) -> bytes:
    """One row a body in the order of the page, and the line of all together."""
    table: list[tuple[Value, ...]] = [
        (place, row.unit.code, row.unit.name, row.people, row.studied, row.percent)
        for place, row in enumerate(rows, start=1)
    ]
    table.append(("", "", "Tổng cộng (mỗi người tính một lần)", total.people, total.studied, total.percent))
    return table_workbook("KẾT QUẢ NGHIÊN CỨU, QUÁN TRIỆT", COLUMNS, table, lines=(dissemination.title,))
