"""The rows of a workbook of results compared with the log: which are new, which stand already, what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from orgs.models import Collective, Person, Refusal, User, names
from orgs.resources import values
from orgs.resources.plans import CREATED, UNCHANGED, Change, Plan, PlannedRow
from orgs.resources.tables import Table, TableRow
from registrations.models import ResultAxis, YearResult
from registrations.selectors.register.facts import subjects_of
from registrations.selectors.results import results as selectors
from registrations.services.results.imports import outside
from registrations.services.results.results import FIELDS, ResultWords, refuse_words

CODE, NAME, PRODUCT, TASK = "Mã", "Họ tên, tên đơn vị", "Sản phẩm, công việc", "Nhiệm vụ được giao"
AXIS, CRITERION, DOCUMENT = "Trục kết quả", "Tiêu chí", "Số, ký hiệu văn bản"
STARTED, PLANNED, DONE = "Ngày bắt đầu", "Thời hạn", "Ngày hoàn thành"
BEYOND, REASON, CAUSE = "Vượt mức", "Nội dung vượt mức", "Nguyên nhân khách quan"
COLUMNS = (
    CODE, NAME, PRODUCT, TASK, AXIS, CRITERION, DOCUMENT, STARTED, PLANNED, DONE, BEYOND, REASON, CAUSE,
)  # fmt: skip
REQUIRED = (CODE, PRODUCT)
TEXTS = {PRODUCT: "product", TASK: "task", CRITERION: "criterion", DOCUMENT: "document", REASON: "beyond_reason"}
TEXTS |= {CAUSE: "cause"}
DAYS = {STARTED: "started_on", PLANNED: "planned_on", DONE: "done_on"}
COLUMN_OF = {name: title for title, name in (TEXTS | DAYS).items()}
# The words of the workbook, which is Vietnamese whatever the language of the pages.
BEYOND_WORDS = {"số lượng": "beyond_quantity", "chất lượng": "beyond_quality", "thời gian": "beyond_time"}
LONGEST = {"document": 300, "criterion": 300}


@dataclass
class ResultBatch:
    """Clean rows that the log does not hold yet."""

    rows: list[YearResult] = field(default_factory=list)


class ResultRows:
    """Plans the import. A code is first sought among people, then among units: there it is their one collective."""

    def __init__(self, table: Table, *, actor: User | None, is_locked: bool = False) -> None:
        self.actor = actor
        self.table = table
        self.plan = Plan(warnings=list(table.warnings))
        self.batch = ResultBatch()
        codes = {names.fold(values.text_of(row.values.get(CODE))) for row in table.rows}
        people = Person.objects.exclude(code=None)
        self.people = {names.fold(row.code): row for row in people if names.fold(row.code) in codes}
        self.bodies: dict[str, list[Collective]] = {}
        for body in Collective.objects.filter(is_reviewed=True, ended_on=None).select_related("unit").order_by("pk"):
            self.bodies.setdefault(names.fold(body.unit.code), []).append(body)
        self.reach = {
            name: set(subjects_of(actor, name).values_list("pk", flat=True)) if actor else None
            for name in ("person", "collective")
        }
        bodies = (body.pk for code in codes for body in self.bodies.get(code, ()))
        self.standing = selectors.standing_of((row.pk for row in self.people.values()), bodies)

    def run(self) -> Plan:
        """The plan; `batch` then holds what would be written."""
        for row in self.table.rows:
            words, subject = self._words(row), self._subject(row)
            if words and subject:
                self._conclude(row, words, subject)
        return self.plan

    def _words(self, row: TableRow) -> ResultWords | None:
        found: dict[str, Any] = {}
        before = len(self.plan.errors)
        for title, name in TEXTS.items():
            self._read(row, title, name, found, lambda value, name=name: _line(value, name))
        for title, name in DAYS.items():
            self._read(row, title, name, found, lambda value: values.day_of(value, is_1904=self.table.is_1904))
        self._read(row, AXIS, "axis", found, _axis_of)
        beyond: dict[str, Any] = {}
        self._read(row, BEYOND, "beyond", beyond, _beyond_of)
        if len(self.plan.errors) > before:
            return None
        words = ResultWords(**({"product": ""} | found | beyond.get("beyond", {})))
        try:
            refuse_words(words, has_evidence=False)
        except Refusal as refusal:
            self.plan.problem(row, COLUMN_OF.get(refusal.field, PRODUCT), str(refusal))
            return None
        return words

    def _read(
        self, row: TableRow, title: str, name: str, found: dict[str, Any], reader: Callable[[object], Any]
    ) -> None:
        if title not in row.values:
            return
        try:
            found[name] = reader(row.values[title])
        except ValueError as wrong:
            self.plan.problem(row, title, str(wrong))

    def _subject(self, row: TableRow) -> Person | Collective | None:
        code = values.text_of(row.values.get(CODE))
        bodies = self.bodies.get(names.fold(code), [])
        subject = self.people.get(names.fold(code)) or (bodies[0] if len(bodies) == 1 else None)
        if not code:
            self.plan.problem(row, CODE, _("This cell is empty."))
        elif subject is None:
            self.plan.problem(row, CODE, _("The register knows no “%s” of this kind.") % code)
        elif not self._is_within(subject):
            self.plan.problem(row, CODE, outside(subject))
            return None
        elif isinstance(subject, Person) and not _is_named(row, subject):
            self.plan.problem(row, NAME, _("In the register this code belongs to %s.") % subject)
            return None
        return subject

    def _is_within(self, subject: Person | Collective) -> bool:
        reach = self.reach["person" if isinstance(subject, Person) else "collective"]
        return self.actor is None or subject.pk in reach or selectors.writes(self.actor, subject)

    def _conclude(self, row: TableRow, words: ResultWords, subject: Person | Collective) -> None:
        is_person = isinstance(subject, Person)
        result = YearResult(
            person=subject if is_person else None,
            collective=None if is_person else subject,
            entered_by=self.actor,
            **{name: getattr(words, name) for name in FIELDS},
        )
        result.fill_keys()
        is_new = selectors.same_of(result) not in self.standing
        changes = (Change(PRODUCT, "", result.product),) if is_new else ()
        if is_new:
            self.standing.add(selectors.same_of(result))
            self.batch.rows.append(result)
        outcome = CREATED if is_new else UNCHANGED
        code = values.text_of(row.values[CODE])
        self.plan.rows.append(PlannedRow(row.sheet, row.number, code, str(subject), outcome, changes))


def _is_named(row: TableRow, person: Person) -> bool:
    given = values.text_of(row.values.get(NAME))
    return not given or names.fold(given) == names.fold(person.full_name)


def _line(value: object, name: str) -> str:
    return values.line_of_text(value, longest=LONGEST.get(name, 20_000))


def _axis_of(value: object) -> str:
    text = values.text_of(value)
    code = text.split(".")[0].strip()
    if code not in ResultAxis.values:
        raise ValueError(_("“%s” is none of the axes 1 to 6.") % text)
    return code


def _beyond_of(value: object) -> dict[str, bool]:
    text = values.text_of(value)
    known = {names.fold(word): name for word, name in BEYOND_WORDS.items()}
    found = [known.get(names.fold(part)) for part in text.replace(",", ";").split(";") if part.strip()]
    if None in found:
        raise ValueError(
            _("“%(text)s” is none of these: %(words)s.") % {"text": text, "words": "; ".join(BEYOND_WORDS)}
        )
    return {name: True for name in found if name}
