"""The rows of a workbook of earlier years compared with the register: what each would add."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from orgs.guards import reason_of_own
from orgs.models import Collective, Person, RatingKind, Unit, User, names
from orgs.resources.plans import CREATED, UNCHANGED, Change, Plan, PlannedRow
from orgs.resources.tables import Table, TableRow
from registrations.models import PastRating, Shortcoming
from registrations.resources import past_cells as cells
from registrations.resources.past_cells import PastCells
from registrations.selectors.register.facts import subjects_of

PEOPLE_KINDS = (RatingKind.CADRE, RatingKind.PARTY_MEMBER, RatingKind.STATE)


@dataclass
class PastBatch:
    """Clean rows: grades and shortcomings that the register does not hold yet."""

    ratings: list[PastRating] = field(default_factory=list)
    shortcomings: list[Shortcoming] = field(default_factory=list)


class PastRows:
    """Plans the import. A code is first sought among people, then among units; of a collective it is the unit's."""

    def __init__(self, table: Table, *, actor: User | None, is_locked: bool = False) -> None:
        self.table, self.actor = table, actor
        self.plan = Plan(warnings=list(table.warnings))
        self.batch = PastBatch()
        self.cells = PastCells(table, self.plan)
        self.people = {row.code.casefold(): row for row in Person.objects.exclude(code=None).exclude(code="")}
        self.units = {row.code.casefold(): row for row in Unit.objects.without_tree_fields().exclude(code="")}
        self.collectives: dict[int, list[Collective]] = {}
        for body in Collective.objects.filter(is_reviewed=True, ended_on=None).order_by("pk"):
            self.collectives.setdefault(body.unit_id, []).append(body)
        self.reach = {name: self._reached(name) for name in ("person", "collective", "unit")}
        self.ratings = {_rating_key(row): row for row in PastRating.objects.filter(withdrawn_on=None)}
        self.named = {_named_key(row) for row in Shortcoming.objects.filter(withdrawn_on=None, is_none=False)}

    def _reached(self, name: str) -> set[int] | None:
        """The subjects of whom the actor keeps the register; None for a command, which reaches everybody."""
        return set(subjects_of(self.actor, name).values_list("pk", flat=True)) if self.actor else None

    def run(self) -> Plan:
        """The plan; `batch` then holds what would be written."""
        for row in self.table.rows:
            found = self.cells.read(row)
            named = self._subject(row, found) if found else None
            if found and named:
                self._conclude(row, found, *named)
        return self.plan

    def _subject(self, row: TableRow, found: dict[str, Any]) -> tuple[str, Model] | None:
        """("person", the person) and the like; None, with the reason noted, where there is none within reach."""
        named = self._found(row, found)
        if named is None:
            return None
        name, subject = named
        reach = self.reach[name]
        if reach is not None and subject.pk not in reach:
            self.plan.problem(row, cells.CODE, _("%s is outside what you keep the register of.") % subject)
            return None
        if name == "person" and self.actor and (reason := reason_of_own(subject.pk, self.actor)):
            self.plan.problem(row, cells.CODE, reason)
            return None
        if name == "person" and cells.NAME in found and names.fold(found[cells.NAME]) != subject.search:
            told = _("In the register this code belongs to %s.") % subject
            self.plan.problem(row, cells.NAME, told)
            return None
        return named

    def _found(self, row: TableRow, found: dict[str, Any]) -> tuple[str, Model] | None:
        code, kind = found[cells.CODE], found.get(cells.KIND)
        person, unit = self.people.get(code.casefold()), self.units.get(code.casefold())
        if person and kind in (None, *PEOPLE_KINDS):
            return "person", person
        if unit is None or kind in PEOPLE_KINDS:
            self.plan.problem(row, cells.CODE, _("The register knows no “%s” of this kind.") % code)
            return None
        if kind == RatingKind.ORGANISATION:
            return "unit", unit
        bodies = self.collectives.get(unit.pk, [])
        if len(bodies) != 1:
            told = _("“%(unit)s” has %(count)s collectives that review themselves: the row cannot tell which is meant.")
            self.plan.problem(row, cells.CODE, told % {"unit": unit, "count": len(bodies)})
            return None
        return "collective", bodies[0]

    def _conclude(self, row: TableRow, found: dict[str, Any], name: str, subject: Model) -> None:
        shared = {
            name: subject,
            "document": found[cells.DOCUMENT],
            "document_on": found[cells.DOCUMENT_ON],
            "counted_year": found[cells.YEAR],
            "entered_by": self.actor,
        }
        changes: list[Change] = []
        if cells.GRADE in found:
            self._plan_grade(row, found, shared, changes)
        if cells.NAMED in found:
            self._plan_shortcoming(found, shared, changes)
        outcome = CREATED if changes else UNCHANGED
        code = found[cells.CODE]
        self.plan.rows.append(PlannedRow(row.sheet, row.number, code, str(subject), outcome, tuple(changes)))

    def _plan_grade(self, row: TableRow, found: dict[str, Any], shared: dict[str, Any], changes: list[Change]) -> None:
        rating = PastRating(kind=found[cells.KIND], grade=found[cells.GRADE], **shared)
        standing = self.ratings.get(_rating_key(rating))
        if standing is not None and standing.grade != rating.grade:
            told = _("For this year “%s” stands in the register already. Withdraw it there first, by its document.")
            words = {code: title for title, code in cells.GRADES.items()}
            self.plan.problem(row, cells.GRADE, told % words[standing.grade])
        elif standing is None:
            self.ratings[_rating_key(rating)] = rating
            self.batch.ratings.append(rating)
            changes.append(Change(cells.GRADE, "", str(row.values[cells.GRADE])))

    def _plan_shortcoming(self, found: dict[str, Any], shared: dict[str, Any], changes: list[Change]) -> None:
        named = Shortcoming(
            text=found[cells.NAMED],
            measure=found.get(cells.MEASURE, ""),
            remedied_on=found.get(cells.REMEDIED_ON),
            remedy_document=found.get(cells.REMEDY_DOCUMENT, ""),
            **shared,
        )
        if _named_key(named) not in self.named:
            self.named.add(_named_key(named))
            self.batch.shortcomings.append(named)
            changes.append(Change(cells.NAMED, "", named.text))


def _rating_key(row: PastRating) -> tuple[object, ...]:
    return row.person_id, row.collective_id, row.unit_id, row.kind, row.counted_year


def _named_key(row: Shortcoming) -> tuple[object, ...]:
    return row.person_id, row.collective_id, row.unit_id, row.text, row.document_on
