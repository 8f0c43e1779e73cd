"""The cells of a workbook of people: what each column may hold, and how it is read."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from orgs.models import ManagingAuthority, Position, Unit
from orgs.resources import values
from orgs.resources.lookups import Lookup, Unknown
from orgs.resources.plans import Plan
from orgs.resources.post_rows import HEAD, POSITION, SINCE, UNIT
from orgs.resources.tables import Table, TableRow

CODE, NAME, BIRTH, GENDER = "Mã cán bộ", "Họ và tên", "Ngày sinh", "Giới tính"
LEVEL, EMAIL = "Diện quản lý", "Thư điện tử"
COLUMNS = (CODE, NAME, BIRTH, GENDER, UNIT, POSITION, LEVEL, HEAD, SINCE, EMAIL)
CODE_SIGNS = re.compile(r"[\w.\-/]{1,40}")
Reader = Callable[[Any], Any]


class PeopleCells:
    """Reads rows into clean values; what cannot be read is noted in the plan and left out."""

    def __init__(self, table: Table, plan: Plan, units: dict[int, Unit], *, is_locked: bool) -> None:
        self.is_1904, self.plan, self.today = table.is_1904, plan, timezone.localdate()
        self.unit_codes = {unit.code.casefold(): unit for unit in units.values()}
        self.levels, self.positions = levels(is_locked=is_locked), positions()
        day = partial(values.day_of, is_1904=table.is_1904)
        self.readers: dict[str, Reader] = {
            CODE: _code,
            NAME: values.name_of,
            BIRTH: self._birth,
            GENDER: values.gender_of,
            UNIT: self._unit,
            POSITION: lambda value: self.positions.find(values.text_of(value)),
            LEVEL: self._level,
            HEAD: values.flag_of,
            SINCE: day,
            EMAIL: values.email_of,
        }

    def read(self, row: TableRow) -> dict[str, Any]:
        """The clean values of a row by column."""
        read = {}
        for title, value in row.values.items():
            try:
                read[title] = self.readers[title](value)
            except Unknown as error:
                self.plan.problem(row, title, str(error), error.url_name)
            except ValueError as error:
                self.plan.problem(row, title, str(error))
        return read

    def _birth(self, value: Any) -> date:
        found = values.day_of(value, is_1904=self.is_1904)
        if found > self.today:
            raise ValueError(_("The day of birth %s lies in the future.") % values.text_of(found))
        return found

    def _unit(self, value: Any) -> Unit:
        code = values.text_of(value)
        found = self.unit_codes.get(code.casefold())
        if found is None:
            raise Unknown(
                _("No unit of the register has the code “%s”. Import the units first.") % code, "orgs:import_units"
            )
        return found

    def _level(self, value: Any) -> ManagingAuthority:
        found = self.levels.find(values.text_of(value))
        if found.is_excluded:
            raise ValueError(
                _("People managed at the level “%s” are kept out of this installation (secrecy). Delete the row.")
                % found.name
            )
        return found


def levels(*, is_locked: bool = False) -> Lookup:
    """Every level of management. Locking them makes imports wait for each other."""
    rows = ManagingAuthority.objects.order_by("id")
    return Lookup(
        rows.select_for_update(no_key=True) if is_locked else rows,
        unknown=_(
            "There is no level of management “%s”. Add it under Configuration › Managing authorities, or correct it."
        ),
        ambiguous=_("Several levels of management are written like “%s” without accents. Write it with its accents."),
        url_name="admin:orgs_managingauthority_add",
    )


def positions() -> Lookup:
    """Every position."""
    return Lookup(
        Position.objects.order_by("id"),
        unknown=_("There is no position “%s”. Add it under Configuration › Positions, or correct the cell."),
        ambiguous=_("Several positions are written like “%s” without accents. Write it with its accents."),
        url_name="admin:orgs_position_add",
    )


def _code(value: Any) -> str:
    text = values.text_of(value)
    if not CODE_SIGNS.fullmatch(text):
        raise ValueError(_("“%s” is no cadre code: letters, digits, dot, dash and slash only, at most 40.") % text)
    return text
