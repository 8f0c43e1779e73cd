"""The rows of a workbook of people compared with the register: what each would create or change."""

from django.utils import timezone
from django.utils.translation import gettext as _

from orgs.models import Appointment, Gender, Person, Unit, User
from orgs.resources import values
from orgs.resources.people_cells import BIRTH, CODE, EMAIL, GENDER, LEVEL, NAME, PeopleCells
from orgs.resources.people_index import PeopleIndex
from orgs.resources.people_match import Draft, PeopleMatch
from orgs.resources.plans import CREATED, UNCHANGED, UPDATED, Change, Plan, PlannedRow, changes_of
from orgs.resources.post_rows import UNIT, PostRows
from orgs.resources.tables import Table
from orgs.selectors import people, units
from orgs.services.imports import PeopleBatch

CELL = "Tổ chức đảng"
GENDER_TITLES = {Gender.MALE.value: "Nam", Gender.FEMALE.value: "Nữ"}
ATTRIBUTES = {
    NAME: "full_name",
    BIRTH: "birth_on",
    GENDER: "gender",
    EMAIL: "email",
    LEVEL: "managing_authority",
}


class PeopleRows:
    """Plans the import of people. `actor` None (a command) and the administrator reach everybody."""

    def __init__(self, table: Table, *, actor: User | None, is_locked: bool = False) -> None:
        self.table = table
        self.plan = Plan(warnings=list(table.warnings))
        self.batch = PeopleBatch()
        self.today = timezone.localdate()
        self.units = {unit.pk: unit for unit in Unit.objects.without_tree_fields().order_by("id")}
        self.cells = PeopleCells(table, self.plan, self.units, is_locked=is_locked)
        self.index = PeopleIndex(is_locked=is_locked)
        self.reach = units.changeable_ids(actor) if actor else None
        self.mine: set[int | None] = set()
        self.own: int | None = None
        if actor and self.reach is not None:
            self.own = actor.person_id
            self.mine = {self.own, *people.changeable_by(actor).values_list("pk", flat=True)}

    def run(self) -> Plan:
        """The plan; `batch` then holds what would be written."""
        match = PeopleMatch(self.plan, self.index)
        found = (match.draft(row, self.cells.read(row)) for row in self.table.rows)
        drafts = [draft for draft in found if draft]
        known = [draft.person.pk for draft in drafts if not draft.is_new]
        self.index.load(known)
        self.posts = PostRows(
            known, units=self.units, positions=self.cells.positions.by_id, on=self.today, reach=self.reach
        )
        for draft in drafts:
            if not draft.is_new:
                draft.person = self.index.people[draft.person.pk]
            if message := self._refusal(draft):
                self.plan.problem(draft.row, *message)
            else:
                self._conclude(draft)
        self._warn_of_two_heads()
        return self.plan

    def _refusal(self, draft: Draft) -> tuple[str, str] | None:
        """The column and sentence for which the row cannot be taken at all."""
        person = draft.person
        if draft.is_new:
            return self._refusal_of_new(draft)
        if self.reach is not None and person.pk not in self.mine:
            return CODE, _("This person is outside the units that you keep.")
        if person.ended_on and person.ended_on <= self.today:
            return CODE, _("This person left the register on %s.") % values.text_of(person.ended_on)
        differs = draft.fold and draft.birth and person.birth_on
        if differs and draft.fold != person.search and draft.birth != person.birth_on:
            # Both differ: most likely the code of somebody else.
            told = f"{person.full_name}, {values.text_of(person.birth_on)}"
            return CODE, _("In the register this code belongs to %s: name and day of birth both differ.") % told
        return None

    def _refusal_of_new(self, draft: Draft) -> tuple[str, str] | None:
        if NAME not in draft.row.values:
            return NAME, _("A new person needs a name.")
        if self.reach is not None and UNIT not in draft.row.values:
            return UNIT, _("Give a unit that you keep: without one only the administrator adds people.")
        return None

    def _conclude(self, draft: Draft) -> None:
        row, person = draft.row, draft.person
        own = self._changes(draft)
        posts = self.posts.plan(person, draft.read)
        for column, message in posts.problems:
            # A cell that could not be read has been told already.
            if column not in row.values or column in draft.read:
                self.plan.problem(row, column, message)
        changes = own + changes_of(posts.fields)
        if changes and person.pk is not None and person.pk == self.own:
            self.plan.problem(row, CODE, _("Your own record is changed by another officer."))
            return
        outcome = CREATED if draft.is_new else UPDATED if changes else UNCHANGED
        if draft.is_new:
            self.batch.created.append(person)
        elif own:
            self.batch.updated.append(person)
        self.batch.posts_created += posts.created
        self.batch.posts_updated += posts.updated
        self.plan.rows.append(PlannedRow(row.sheet, row.number, person.code or "", person.full_name, outcome, changes))

    def _changes(self, draft: Draft) -> tuple[Change, ...]:
        """Set the values of the row on the person, and say what they change."""
        person = draft.person
        before = {} if draft.is_new else self._shown(person)
        for title, attribute in ATTRIBUTES.items():
            if title in draft.read:
                setattr(person, attribute, draft.read[title])
        after = self._shown(person)
        fields = [(title, before.get(title, ""), after[title]) for title in after]
        if draft.is_new and (cell := self._cell_of(draft.read.get(UNIT))):
            person.party_cell = cell
            fields.append((CELL, "", cell.code))
        return changes_of(fields)

    def _cell_of(self, unit: Unit | None) -> Unit | None:
        """The Party organisation linked to the unit, or to the nearest superior that has one."""
        seen: set[int] = set()
        while unit is not None and unit.pk not in seen:
            if unit.party_organisation_id:
                return self.units[unit.party_organisation_id]
            seen.add(unit.pk)
            unit = self.units.get(unit.parent_id)
        return None

    def _warn_of_two_heads(self) -> None:
        posts = (*self.batch.posts_created, *self.batch.posts_updated)
        flagged = [post for post in posts if post.is_head and post.unit_id and not post.ended_on]
        if not flagged:
            return
        changed = {post.pk for post in self.batch.posts_updated}
        heads: dict[int, list[str]] = {}
        rows = Appointment.objects.current(self.today).filter(is_head=True, unit__isnull=False)
        for pk, unit_id, name in rows.values_list("pk", "unit_id", "person__full_name"):
            if pk not in changed:
                heads.setdefault(unit_id, []).append(name)
        for post in flagged:
            heads.setdefault(post.unit_id, []).append(post.person.full_name)
        for unit_id in sorted({post.unit_id for post in flagged}):
            if len(heads[unit_id]) > 1:
                told = _("The unit “%(unit)s” would have several heads: %(names)s.")
                named = {"unit": self.units[unit_id].name, "names": ", ".join(sorted(heads[unit_id]))}
                self.plan.warnings.append(told % named)

    def _shown(self, person: Person) -> dict[str, str]:
        """The person in the words of the workbook, without the post."""
        level = self.cells.levels.by_id.get(person.managing_authority_id)
        return {
            CODE: person.code or "",
            NAME: person.full_name,
            BIRTH: values.text_of(person.birth_on),
            GENDER: GENDER_TITLES.get(person.gender, ""),
            LEVEL: level.name if level else "",
            EMAIL: person.email,
        }
