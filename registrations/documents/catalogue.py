"""The catalogue on paper and as workbooks: every row that the page at the same address shows."""

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext, override

from criteria.documents.heads import head_of_unit
from orgs.documents import Align, Column, Paragraph, Section, Sheet, Table, Value, table_workbook
from orgs.models import Unit
from registrations.models import Work, WorkKind
from registrations.selectors.catalogue.reports import WAITS
from registrations.selectors.catalogue.stuck import StuckRow

TITLE = "DANH MỤC CÔNG VIỆC KHÓ, VIỆC MỚI CÓ TÍNH ĐỘT PHÁ, SÁNG TẠO ĐÃ ĐĂNG KÝ"
# An obstacle for which nobody is named is solved by who registered the work.
NAMELESS = "Người đăng ký tự giải quyết"
NUMBER = Column("STT", 8, Align.CENTER)
COLUMNS = (
    NUMBER,
    Column("Người đăng ký, đơn vị công tác", 26),
    Column("Tên công việc", 36),
    Column("Loại", 9),
    Column("Lĩnh vực", 16),
    Column("Thời gian thực hiện", 17),
    Column("Tình trạng", 18),
    Column("Vướng mắc", 26),
)
# A workbook is sorted and filtered: there each thing stands in a column of its own.
CELLS = (
    NUMBER,
    Column("Người đăng ký", 24),
    Column("Chức vụ", 24),
    Column("Đơn vị công tác", 30),
    Column("Năm", 8, Align.CENTER),
    Column("Loại", 10),
    Column("Lĩnh vực", 24),
    Column("Tên công việc", 50),
    Column("Bắt đầu", 12, Align.CENTER),
    Column("Hoàn thành", 12, Align.CENTER),
    Column("Tình trạng", 24),
    Column("Kết quả được xác nhận", 24),
    Column("Ngày xác nhận", 12, Align.CENTER),
    Column("Vướng mắc chưa giải quyết", 50),
    Column("Chờ cơ quan", 36),
    Column("Nơi tiếp nhận", 30),
)
STUCK = (
    NUMBER,
    Column("Công việc", 44),
    Column("Người đăng ký", 24),
    Column("Nội dung vướng mắc", 44),
    Column("Chờ cơ quan", 34),
    Column("Từ ngày", 12, Align.CENTER),
    Column("Số ngày chờ", 10, Align.RIGHT),
    Column("Hạn trả lời", 12, Align.CENTER),
)
KINDS = {WorkKind.HARD.value: "Việc khó", WorkKind.NEW.value: "Việc mới"}


@override("vi")
def catalogue_workbook(rows: Iterable[Work], lines: Sequence[str]) -> bytes:
    """The rows (each with `standing`), `lines` being what the filters ask for."""
    return table_workbook(TITLE, CELLS, [_cells(place, work) for place, work in enumerate(rows, 1)], lines=lines)


@override("vi")
def stuck_workbook(rows: Iterable[StuckRow], lines: Sequence[str]) -> bytes:
    """What is stuck, the longest wait first."""
    table = [
        (
            place,
            row.work.name,
            str(row.work.registration.subject),
            row.text or WAITS[row.wait.kind],
            row.body.name if row.body else NAMELESS,
            row.wait.since,
            row.days,
            row.wait.due_on,
        )
        for place, row in enumerate(rows, 1)
    ]
    return table_workbook("CÔNG VIỆC ĐĂNG KÝ CÒN VƯỚNG MẮC", STUCK, table, lines=lines)


@override("vi")
def catalogue_sheet(rows: Iterable[Work], lines: Sequence[str], keeper: Unit | None) -> Sheet:
    """The rows on paper, across; headed by the body that keeps the catalogue where the reader is its officer."""
    today = timezone.localdate()
    table = [_row(place, work) for place, work in enumerate(rows, 1)]
    empty = Paragraph("Không có công việc nào.", is_italic=True)
    return Sheet(
        title=TITLE,
        subtitles=(*lines, f"(số liệu đến ngày {today:%d/%m/%Y})"),
        head=head_of_unit(keeper, dated_on=today) if keeper else None,
        sections=(Section(blocks=(Table(COLUMNS, table) if table else empty,)),),
        is_landscape=True,
        issued_on=today,
        author=keeper.name if keeper else "",
    )


def _row(place: int, work: Work) -> tuple[Value, ...]:
    registration = work.registration
    who = "\n".join(part for part in (str(registration.subject), registration.unit_name) if part)
    days = " – ".join(f"{day:%d/%m/%Y}" for day in (work.starts_on, work.finishes_on) if day)
    return place, who, work.name, KINDS[work.kind], work.get_field_display(), days, _state(work), _obstacles(work)


def _cells(place: int, work: Work) -> tuple[Value, ...]:
    registration = work.registration
    return (
        place,
        str(registration.subject),
        registration.post,
        registration.unit_name,
        registration.year,
        KINDS[work.kind],
        work.get_field_display(),
        work.name,
        work.starts_on,
        work.finishes_on,
        gettext(work.state_row.label),
        work.get_verified_outcome_display(),
        work.verified_on,
        "; ".join(row.text for row in work.standing),
        "; ".join(dict.fromkeys(row.waits_for.name for row in work.standing if row.waits_for)),
        registration.receiving_unit.name if registration.receiving_unit else "",
    )


def _state(work: Work) -> str:
    return work.get_verified_outcome_display() or gettext(work.state_row.label)


def _obstacles(work: Work) -> str:
    return "\n".join(f"{row.text} ({row.waits_for.name})" if row.waits_for else row.text for row in work.standing)
