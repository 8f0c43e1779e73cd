"""The workbook of units."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from orgs.documents import TemplateColumn, TemplateSheet
from orgs.models import Unit, UnitKind
from orgs.resources import unit_rows as rows
from orgs.resources.register import RegisterResource, Rows
from orgs.resources.tables import Table
from orgs.resources.values import LINE_TITLES, LINES
from orgs.services import imports

DAY_NOTE = "Ghi ngày/tháng/năm, ví dụ 01/07/2024."


class UnitResource(RegisterResource):
    """Units: superiors and inferiors in any order; a blank cell leaves what the register has."""

    columns = rows.COLUMNS
    required = (rows.CODE, rows.NAME)
    title = "Đơn vị"

    class Meta:
        model = Unit
        fields = ()

    def rows(self, table: Table, *, is_locked: bool = False) -> Rows:
        """Compared with the units of the register."""
        return rows.UnitRows(table, actor=self.actor, is_locked=is_locked)

    def write(self, rows: Rows, source: imports.Source) -> None:
        """Write the units."""
        imports.write_units(batch=rows.batch, actor=self.actor, source=source, unchanged=rows.plan.count("unchanged"))

    def template_sheet(self) -> TemplateSheet:
        """Columns with the kinds and lines of today as drop-downs."""
        kinds = tuple(UnitKind.objects.order_by("order", "name").values_list("name", flat=True))
        return TemplateSheet(
            self.title,
            (
                TemplateColumn(rows.CODE, 16, note="Mã riêng của đơn vị, không trùng nhau.", is_required=True),
                TemplateColumn(rows.NAME, 44, note="Tên đầy đủ.", is_required=True),
                TemplateColumn(rows.PARENT, 22, note="Mã của đơn vị cấp trên trực tiếp; để trống nếu không có."),
                TemplateColumn(rows.KIND, 24, choices=kinds, note="Chọn trong danh mục loại đơn vị."),
                TemplateColumn(rows.LINE, 22, choices=tuple(LINES), note="Chọn khối."),
                TemplateColumn(rows.STARTED, 14, note=DAY_NOTE, is_date=True),
                TemplateColumn(rows.ENDED, 14, note=f"Để trống nếu còn hoạt động. {DAY_NOTE}", is_date=True),
            ),
        )

    def exported(self, queryset: QuerySet) -> Iterable[tuple[Any, ...]]:
        """Each unit in the columns of the import."""
        for unit in queryset.select_related("kind", "parent"):
            yield (
                unit.code,
                unit.name,
                unit.parent.code if unit.parent else "",
                unit.kind.name,
                LINE_TITLES[unit.line],
                unit.started_on,
                unit.ended_on,
            )
