"""The workbook of results, as quarterly scoring systems (NĐ 335/2025) can export them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from orgs.documents import TemplateColumn, TemplateSheet
from orgs.resources.register import RegisterResource, Rows
from orgs.resources.tables import Table
from orgs.services.imports import Source
from registrations.models import YearResult
from registrations.resources import result_rows as cells
from registrations.services.results.imports import write_results

DAY_NOTE = "Viết ngày/tháng/năm, ví dụ 20/12/2026."


class ResultResource(RegisterResource):
    """Products with their days; what stands in the log already is left as it is."""

    columns = cells.COLUMNS
    required = cells.REQUIRED
    title = "Kết quả trong năm"

    class Meta:
        model = YearResult
        fields = ()

    def rows(self, table: Table, *, is_locked: bool = False) -> Rows:
        """Compared with what the log holds."""
        return cells.ResultRows(table, actor=self.actor, is_locked=is_locked)

    def write(self, rows: Rows, source: Source) -> None:
        """Write the rows, each marked with the file that it came from."""
        write_results(rows=rows.batch.rows, actor=self.actor, source=source)

    def template_sheet(self) -> TemplateSheet:
        """The columns of the import."""
        return TemplateSheet(
            self.title,
            (
                TemplateColumn(cells.CODE, 14, note="Mã cán bộ, hoặc mã đơn vị của tập thể.", is_required=True),
                TemplateColumn(cells.NAME, 28, note="Để đối chiếu với mã."),
                TemplateColumn(cells.PRODUCT, 44, is_required=True),
                TemplateColumn(cells.TASK, 36),
                TemplateColumn(cells.AXIS, 10, choices=("1", "2", "3", "4", "5", "6")),
                TemplateColumn(cells.CRITERION, 24),
                TemplateColumn(cells.DOCUMENT, 22),
                TemplateColumn(cells.STARTED, 14, note=DAY_NOTE, is_date=True),
                TemplateColumn(cells.PLANNED, 14, note=DAY_NOTE, is_date=True),
                TemplateColumn(cells.DONE, 14, note=f"{DAY_NOTE} Chưa xong thì để trống.", is_date=True),
                TemplateColumn(cells.BEYOND, 22, note="; ".join(cells.BEYOND_WORDS)),
                TemplateColumn(cells.REASON, 36),
                TemplateColumn(cells.CAUSE, 36),
            ),
        )

    def exported(self, queryset: QuerySet) -> Iterable[tuple[Any, ...]]:
        """Each result in the columns of the import."""
        for row in queryset.filter(withdrawn_at=None).select_related("person", "collective__unit"):
            subject = row.person or row.collective.unit
            beyond = "; ".join(word for word, name in cells.BEYOND_WORDS.items() if getattr(row, name))
            words = (row.product, row.task, row.axis, row.criterion, row.document)
            days = (row.started_on or "", row.planned_on or "", row.done_on or "")
            yield subject.code or "", str(row.subject), *words, *days, beyond, row.beyond_reason, row.cause
