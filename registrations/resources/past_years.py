"""The workbook of three earlier years: grades and the shortcomings that were named, for the first season."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from orgs.documents import TemplateColumn, TemplateSheet
from orgs.resources.register import RegisterResource, Rows
from orgs.resources.tables import Table
from orgs.services.imports import Source
from registrations.models import PastRating
from registrations.resources import past_cells as cells
from registrations.resources.past_rows import PastRows
from registrations.services.register import past

KIND_TITLES = {code: title for title, code in cells.KINDS.items()}
GRADE_TITLES = {code: title for title, code in cells.GRADES.items()}
DAY_NOTE = "Viết ngày/tháng/năm, ví dụ 20/12/2023."


class PastYearsResource(RegisterResource):
    """Grades and named shortcomings of earlier years; what stands already is left as it is."""

    columns = cells.COLUMNS
    required = cells.REQUIRED
    title = "Các năm trước"

    class Meta:
        model = PastRating
        fields = ()

    def rows(self, table: Table, *, is_locked: bool = False) -> Rows:
        """Compared with what the register holds of those years."""
        return PastRows(table, actor=self.actor, is_locked=is_locked)

    def write(self, rows: Rows, source: Source) -> None:
        """Write the rows, each marked with the file that it came from."""
        past.write_past_years(
            ratings=rows.batch.ratings, shortcomings=rows.batch.shortcomings, actor=self.actor, source=source
        )

    def template_sheet(self) -> TemplateSheet:
        """The columns, with the grades and kinds of rating as drop-downs."""
        return TemplateSheet(
            self.title,
            (
                TemplateColumn(
                    cells.CODE, 16, note="Mã cán bộ, hoặc mã đơn vị của tập thể, tổ chức.", is_required=True
                ),
                TemplateColumn(cells.NAME, 30, note="Để đối chiếu với mã."),
                TemplateColumn(cells.YEAR, 8, note="Năm được đánh giá, trong ba năm trước.", is_required=True),
                TemplateColumn(cells.KIND, 16, choices=tuple(cells.KINDS)),
                TemplateColumn(cells.GRADE, 30, choices=tuple(cells.GRADES)),
                TemplateColumn(cells.DOCUMENT, 26, note="Số, ký hiệu văn bản.", is_required=True),
                TemplateColumn(cells.DOCUMENT_ON, 14, note=DAY_NOTE, is_date=True, is_required=True),
                TemplateColumn(cells.NAMED, 40, note="Mỗi hạn chế, khuyết điểm một dòng."),
                TemplateColumn(cells.MEASURE, 30),
                TemplateColumn(cells.REMEDIED_ON, 14, note=DAY_NOTE, is_date=True),
                TemplateColumn(cells.REMEDY_DOCUMENT, 26),
            ),
        )

    def exported(self, queryset: QuerySet) -> Iterable[tuple[Any, ...]]:
        """Each grade of an earlier year in the columns of the import."""
        for row in queryset.select_related("person", "collective__unit", "unit"):
            subject = row.person or row.unit or row.collective.unit
            yield (
                subject.code or "",
                str(row.subject),
                row.counted_year,
                KIND_TITLES[row.kind],
                GRADE_TITLES[row.grade],
                row.document,
                row.document_on,
                *("",) * 4,
            )
