"""What the imports of units and of people share: one path for admin, page and command."""

import hashlib
from collections.abc import Iterable
from typing import Any, ClassVar, Protocol

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from import_export import resources
from import_export.results import Error, Result, RowResult
from tablib import Dataset

from orgs.documents import CellError, TemplateSheet, mark_errors, template_workbook
from orgs.models import Refusal, Stale, User
from orgs.resources.formats import Workbook
from orgs.resources.plans import CREATED, UNCHANGED, UPDATED, Plan, PlannedRow
from orgs.resources.tables import Table, read_table
from orgs.services.imports import Source

TYPES = {
    CREATED: RowResult.IMPORT_TYPE_NEW,
    UPDATED: RowResult.IMPORT_TYPE_UPDATE,
    UNCHANGED: RowResult.IMPORT_TYPE_SKIP,
}


# What the preview of the admin shows at most; the officer's page has all rows, by pages.
SHOWN = 500


class Told(Error):
    """A refusal as import-export shows it: its sentence, without the path through the code."""

    traceback = ""


class Rows(Protocol):
    """What compares a table with the register."""

    plan: Plan
    batch: Any

    def run(self) -> Plan:
        """The plan."""


class RegisterResource(resources.ModelResource):
    """A sheet of the register. All or nothing: a file with one error writes nothing."""

    columns: ClassVar[tuple[str, ...]] = ()
    required: ClassVar[tuple[str, ...]] = ()
    title: ClassVar[str] = ""

    def __init__(self, actor: User | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.actor = actor

    def rows(self, table: Table, *, is_locked: bool = False) -> Rows:
        """The comparison of `table` with the register."""
        raise NotImplementedError

    def write(self, rows: Rows, source: Source) -> None:
        """Write what the comparison holds."""
        raise NotImplementedError

    def template_sheet(self) -> TemplateSheet:
        """The worksheet of the template."""
        raise NotImplementedError

    def exported(self, queryset: QuerySet) -> Iterable[tuple[Any, ...]]:
        """The rows of an export, in the columns of the import."""
        raise NotImplementedError

    def read(self, content: bytes) -> Table:
        """The file as a table. Raises `Refusal` for a file that is no such workbook."""
        return read_table(content, columns=self.columns, required=self.required)

    def check(self, content: bytes) -> Plan:
        """The dry run: what the file would do, and what is wrong with it. Writes nothing."""
        return self.rows(self.read(content)).run()

    @transaction.atomic
    def carry_out(self, content: bytes, *, name: str, confirmed: str = "") -> Plan:
        """Write the file unless it has errors; compared anew under locks, so that it fits the register of this moment.

        `confirmed` is the fingerprint of the plan that somebody agreed to; raises `Stale` when it would be another now.
        """
        rows = self.rows(self.read(content), is_locked=True)
        plan = rows.run()
        if confirmed and plan.fingerprint != confirmed:
            raise Stale(_("The register has changed since the file was checked. Check it again."))
        if not plan.errors:
            self.write(rows, Source(name, hashlib.sha256(content).hexdigest()))
        return plan

    def template(self) -> bytes:
        """An empty workbook with the columns, notes and drop-downs of this register."""
        return template_workbook([self.template_sheet()])

    def marked(self, content: bytes, plan: Plan) -> bytes:
        """The file with its wrong cells marked, and a first worksheet that lists the errors."""
        errors = [CellError(row.sheet, row.row, row.column, row.message) for row in plan.sorted_errors()]
        return mark_errors(content, errors)

    def workbook(self, queryset: QuerySet) -> bytes:
        """The register as a workbook that could be imported again."""
        return Workbook().export_data(self.export(queryset))

    def export(self, queryset: QuerySet | None = None, **kwargs: Any) -> Dataset:
        """The rows in the columns of the import, so that an export can be mended and imported."""
        dataset = Dataset(headers=list(self.columns), title=self.title)
        for row in self.exported(self.get_queryset() if queryset is None else queryset):
            dataset.append(row)
        return dataset

    def import_data(self, dataset: Dataset, dry_run: bool = False, **kwargs: Any) -> Result:
        """The same check and act for the pages of import-export; a refusal stands in the result as its one error."""
        result = self.get_result_class()()
        result.diff_headers = list(self.columns)
        result.total_rows = len(dataset)
        name = kwargs.get("file_name") or ""
        try:
            content = _bytes_of(dataset)
            plan = self.check(content) if dry_run else self.carry_out(content, name=name)
        except Refusal as refusal:
            result.append_base_error(Told(refusal))
            return result
        warn = kwargs.get("warn")
        for text in plan.warnings if warn else ():
            warn(text)
        _fill(result, plan)
        return result


def _bytes_of(dataset: Dataset) -> bytes:
    """The workbook behind a dataset; a dataset made in memory becomes one."""
    if dataset.headers == ["xlsx"] and len(dataset) == 1 and isinstance(dataset[0][0], bytes):
        return dataset[0][0]
    return Workbook().export_data(dataset)


def _fill(result: Result, plan: Plan) -> None:
    wrong: dict[tuple[str, int], dict[str, list[str]]] = {}
    for problem in plan.sorted_errors():
        wrong.setdefault((problem.sheet, problem.row), {}).setdefault(problem.column, []).append(problem.message)
    for (sheet, number), messages in list(wrong.items())[:SHOWN]:
        result.append_invalid_row(f"{sheet} · {number}", {}, ValidationError(messages))
    result.totals[RowResult.IMPORT_TYPE_INVALID] = len(wrong)
    for row in plan.rows:
        result.totals[TYPES[row.outcome]] += 1
    for row in plan.rows[:SHOWN]:
        result.append_row_result(_row_result(row, result.diff_headers))


def _row_result(row: PlannedRow, headers: list[str]) -> RowResult:
    shown = RowResult()
    shown.import_type, shown.object_repr = TYPES[row.outcome], row.title
    changes = {change.field: change for change in row.changes}
    shown.diff = [_difference(changes.get(title)) for title in headers]
    if row.outcome != CREATED:
        shown.diff[:2] = [row.key, shown.diff[1] or row.title]
    return shown


def _difference(change: Any) -> str:
    if change is None:
        return ""
    return f"{change.before} → {change.after}" if change.before else change.after
