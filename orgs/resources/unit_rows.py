"""The rows of a workbook of units compared with the register, in whatever order superiors and inferiors stand."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from orgs.models import Unit, UnitKind, User
from orgs.resources import values
from orgs.resources.lookups import Lookup, Unknown
from orgs.resources.plans import CREATED, UNCHANGED, UPDATED, Plan, PlannedRow, changes_of
from orgs.resources.tables import Table, TableRow
from orgs.selectors import units
from orgs.services.imports import UnitBatch

CODE, NAME, PARENT, KIND, LINE = "Mã đơn vị", "Tên đơn vị", "Mã đơn vị cấp trên", "Loại", "Khối"
STARTED, ENDED = "Từ ngày", "Đến ngày"
COLUMNS = (CODE, NAME, PARENT, KIND, LINE, STARTED, ENDED)
FIELDS = {
    CODE: "code",
    NAME: "name",
    PARENT: "parent",
    KIND: "kind",
    LINE: "line",
    STARTED: "started_on",
    ENDED: "ended_on",
}


@dataclass
class Draft:
    """A unit as the row would leave it, with what it was."""

    row: TableRow
    unit: Unit
    is_new: bool
    before: dict[str, str]


class UnitRows:
    """Plans the import of units. `actor` None (a command) and the administrator reach every unit."""

    def __init__(self, table: Table, *, actor: User | None, is_locked: bool = False) -> None:
        self.table = table
        self.plan = Plan(warnings=list(table.warnings))
        self.batch = UnitBatch()
        self.reach = units.changeable_ids(actor) if actor else None
        self.kinds = kinds(is_locked=is_locked)
        rows: QuerySet[Unit] = Unit.objects.without_tree_fields().order_by("id")
        rows = rows.select_for_update(no_key=True) if is_locked else rows
        self.register = {unit.pk: unit for unit in rows}
        self.codes = {unit.code.casefold(): unit for unit in self.register.values()}
        self.drafts: dict[str, Draft] = {}
        self.readers = {
            NAME: partial(values.line_of_text, longest=300),
            KIND: lambda value: self.kinds.find(values.text_of(value)),
            LINE: values.line_of,
            STARTED: partial(values.day_of, is_1904=table.is_1904),
            ENDED: partial(values.day_of, is_1904=table.is_1904),
        }

    def run(self) -> Plan:
        """The plan; `batch` then holds what would be written."""
        for row in self.table.rows:
            self._draft(row)
        for draft in self.drafts.values():
            self._set_parent(draft)
        for draft in self.drafts.values():
            self._check(draft)
        for draft in self.drafts.values():
            self._conclude(draft)
        return self.plan

    def _draft(self, row: TableRow) -> None:
        code = values.text_of(row.values.get(CODE))
        if not code or len(code) > 40:
            self.plan.problem(row, CODE, _("Give the code of the unit, at most 40 characters."))
            return
        key = code.casefold()
        if earlier := self.drafts.get(key):
            self.plan.problem(
                row,
                CODE,
                _("The code “%(code)s” stands already in row %(row)s.") % {"code": code, "row": earlier.row.number},
            )
            return
        known = self.codes.get(key)
        draft = Draft(row, known or Unit(code=code), known is None, {} if known is None else self._shown(known))
        self.drafts[key] = draft
        for title, value in row.values.items():
            if title in self.readers:
                self._read(draft, title, value)

    def _read(self, draft: Draft, title: str, value: Any) -> None:
        try:
            setattr(draft.unit, FIELDS[title], self.readers[title](value))
        except Unknown as error:
            self.plan.problem(draft.row, title, str(error), error.url_name)
        except ValueError as error:
            self.plan.problem(draft.row, title, str(error))

    def _set_parent(self, draft: Draft) -> None:
        code = values.text_of(draft.row.values.get(PARENT))
        if not code:
            return
        above = self.drafts.get(code.casefold())
        parent = above.unit if above else self.codes.get(code.casefold())
        if parent is None:
            self.plan.problem(
                draft.row, PARENT, _("No unit has the code “%s”, neither here nor in the register.") % code
            )
        elif parent is draft.unit:
            self.plan.problem(draft.row, PARENT, _("A unit cannot be its own superior."))
        else:
            draft.unit.parent = parent

    def _check(self, draft: Draft) -> None:
        unit, row = draft.unit, draft.row
        if draft.is_new:
            for title in (NAME, KIND, LINE):
                if title not in row.values:
                    self.plan.problem(row, title, _("A new unit needs “%s”.") % title)
        if unit.started_on and unit.ended_on and unit.ended_on < unit.started_on:
            self.plan.problem(row, ENDED, _("The unit would end before it began."))
        if self._is_in_a_circle(unit):
            self.plan.problem(row, PARENT, _("The superiors of “%s” lead back to itself.") % unit.code)
        elif not self._is_reached(draft):
            self.plan.problem(row, CODE, _("The unit “%s” is outside the units that you keep.") % unit.code)

    def _above(self, unit: Unit) -> Unit | None:
        # Read from memory: asking the row itself would ask the database.
        if "parent" in unit._state.fields_cache:
            return unit.parent
        return self.register.get(unit.parent_id)

    def _is_in_a_circle(self, unit: Unit) -> bool:
        seen = {id(unit)}
        above = self._above(unit)
        while above is not None and id(above) not in seen:
            seen.add(id(above))
            above = self._above(above)
        return above is unit

    def _is_reached(self, draft: Draft) -> bool:
        """Whether the unit, and the place where it would stand, belong to the actor."""
        if self.reach is None:
            return True
        if not draft.is_new and draft.unit.pk not in self.reach:
            return False
        above = self._above(draft.unit)
        if not draft.is_new and (above.pk if above else None) == self._old_parent(draft):
            return True
        seen: set[int] = set()
        while above is not None and above.pk is None and id(above) not in seen:
            seen.add(id(above))
            above = self._above(above)
        return above is not None and above.pk in self.reach

    def _old_parent(self, draft: Draft) -> int | None:
        old = self.codes.get(draft.before[PARENT].casefold())
        return old.pk if old else None

    def _conclude(self, draft: Draft) -> None:
        after = self._shown(draft.unit)
        changes = changes_of((title, draft.before.get(title, ""), after[title]) for title in COLUMNS)
        outcome = CREATED if draft.is_new else UPDATED if changes else UNCHANGED
        if outcome == CREATED:
            self.batch.created.append(draft.unit)
        elif outcome == UPDATED:
            self.batch.updated.append(draft.unit)
        self.plan.rows.append(
            PlannedRow(draft.row.sheet, draft.row.number, draft.unit.code, draft.unit.name, outcome, changes)
        )

    def _shown(self, unit: Unit) -> dict[str, str]:
        """The unit in the words of the workbook."""
        above, kind = self._above(unit), self.kinds.by_id.get(unit.kind_id)
        return {
            CODE: unit.code,
            NAME: unit.name,
            PARENT: above.code if above else "",
            KIND: kind.name if kind else "",
            LINE: values.LINE_TITLES.get(unit.line, ""),
            STARTED: values.text_of(unit.started_on),
            ENDED: values.text_of(unit.ended_on),
        }


def kinds(*, is_locked: bool = False) -> Lookup:
    """Every kind of unit. Locking them makes imports wait for each other."""
    rows = UnitKind.objects.order_by("id")
    return Lookup(
        rows.select_for_update(no_key=True) if is_locked else rows,
        unknown=_("There is no kind of unit “%s”. Add it under Configuration › Kinds of units, or correct the cell."),
        ambiguous=_("Several kinds of units are written like “%s” without accents. Write it with its accents."),
        url_name="admin:orgs_unitkind_add",
    )
