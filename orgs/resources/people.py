"""The workbook of people."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from orgs.documents import TemplateColumn, TemplateSheet
from orgs.models import Appointment, ManagingAuthority, Person, Position
from orgs.resources import people_cells as cells
from orgs.resources import people_rows
from orgs.resources.post_rows import HEAD, POSITION, SINCE, UNIT, YES
from orgs.resources.register import RegisterResource, Rows
from orgs.resources.tables import Table
from orgs.resources.units import DAY_NOTE
from orgs.services import imports


class PersonResource(RegisterResource):
    """People with their main post; a blank cell leaves what the register has."""

    columns = cells.COLUMNS
    required = (cells.NAME,)
    title = "Cán bộ"

    class Meta:
        model = Person
        fields = ()

    def rows(self, table: Table, *, is_locked: bool = False) -> Rows:
        """Compared with the people of the register."""
        return people_rows.PeopleRows(table, actor=self.actor, is_locked=is_locked)

    def write(self, rows: Rows, source: imports.Source) -> None:
        """Write people and posts."""
        imports.write_people(batch=rows.batch, actor=self.actor, source=source, unchanged=rows.plan.count("unchanged"))

    def template_sheet(self) -> TemplateSheet:
        """Columns with positions and levels of today as drop-downs."""
        positions = tuple(Position.objects.order_by("rank", "name").values_list("name", flat=True))
        levels = tuple(ManagingAuthority.objects.filter(is_excluded=False).values_list("name", flat=True))
        return TemplateSheet(
            self.title,
            (
                TemplateColumn(
                    cells.CODE, 16, note="Mã riêng của từng người; dùng làm tên đăng nhập.", is_required=True
                ),
                TemplateColumn(cells.NAME, 30, note="Họ và tên đầy đủ, có dấu.", is_required=True),
                TemplateColumn(cells.BIRTH, 14, note=DAY_NOTE, is_date=True),
                TemplateColumn(cells.GENDER, 12, choices=("Nam", "Nữ")),
                TemplateColumn(UNIT, 16, note="Mã đơn vị đã có trong hệ thống."),
                TemplateColumn(POSITION, 28, choices=positions, note="Chọn trong danh mục chức vụ."),
                TemplateColumn(cells.LEVEL, 36, choices=levels, note="Cấp quản lý cán bộ."),
                TemplateColumn(HEAD, 16, choices=(YES, "Không"), note="Có: là người đứng đầu đơn vị."),
                TemplateColumn(SINCE, 14, note=f"Ngày giữ chức vụ. {DAY_NOTE}", is_date=True),
                TemplateColumn(cells.EMAIL, 28),
            ),
        )

    def exported(self, queryset: QuerySet) -> Iterable[tuple[Any, ...]]:
        """Each person in the columns of the import, with the main post of today."""
        posts = Appointment.objects.current(timezone.localdate()).select_related("unit", "position")
        posts = posts.order_by("-is_main", "-started_on", "id")
        held = Prefetch("appointments", queryset=posts, to_attr="posts")
        for person in queryset.select_related("managing_authority").prefetch_related(held):
            post = person.posts[0] if person.posts else None
            yield (
                person.code or "",
                person.full_name,
                person.birth_on,
                people_rows.GENDER_TITLES.get(person.gender, ""),
                post.unit.code if post and post.unit else "",
                post.position.name if post and post.position else "",
                person.managing_authority.name if person.managing_authority else "",
                YES if post and post.is_head else "",
                post.started_on if post else None,
                person.email,
            )
