"""Which person of the register a row means: by cadre code, without it by name and day of birth, never in silence."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from orgs.models import Person, names
from orgs.resources.people_cells import BIRTH, CODE, NAME
from orgs.resources.people_index import Known, PeopleIndex
from orgs.resources.plans import Plan
from orgs.resources.tables import TableRow


@dataclass
class Draft:
    """A person as the row would leave him; `read` holds the clean values by column, `fold` the name to search by."""

    row: TableRow
    read: dict[str, Any]
    person: Person
    is_new: bool
    fold: str

    @property
    def birth(self) -> date | None:
        """The day of birth in the row."""
        return self.read.get(BIRTH)


class PeopleMatch:
    """Finds the person of each row; a row that means nobody in particular is noted in the plan and gives no draft."""

    def __init__(self, plan: Plan, index: PeopleIndex) -> None:
        self.plan, self.index = plan, index
        self.codes: dict[str, TableRow] = {}
        self.births: dict[tuple[str, date], TableRow] = {}

    def draft(self, row: TableRow, read: dict[str, Any]) -> Draft | None:
        """The draft of one row; the rows must come in the order of the file."""
        code, fold, birth = read.get(CODE, ""), names.fold(read.get(NAME, "")), read.get(BIRTH)
        if CODE in row.values and not code:
            # The code was given and could not be read: nothing else may stand in for it.
            return None
        if self._stands_already(row, code, fold, birth):
            return None
        alike = self.index.alike(fold, birth) if fold and birth else []
        if not code:
            return self._by_birth(row, read, fold, alike)
        pk = self.index.by_code(code)
        if pk is None and alike:
            others = "; ".join(other.told for other in alike)
            told = _("“%(code)s” becomes a new person beside %(others)s, of the same name and day of birth.")
            self.plan.warn(row, told % {"code": code, "others": others})
        return Draft(row, read, Person(pk=pk) if pk else Person(code=code), pk is None, fold)

    def _stands_already(self, row: TableRow, code: str, fold: str, birth: date | None) -> bool:
        """Whether an earlier row has the same code or, without one, the same name and day of birth."""
        by_birth = self.births.get((fold, birth)) if fold and birth else None
        earlier = self.codes.get(code.casefold()) if code else by_birth
        if earlier:
            told = _("The same person stands already in row %(row)s of “%(sheet)s”.")
            self.plan.problem(row, CODE if code else NAME, told % {"row": earlier.number, "sheet": earlier.sheet})
            return True
        if by_birth:
            self.plan.warn(row, _("same name and day of birth as in row %s, under another code.") % by_birth.number)
        if code:
            self.codes[code.casefold()] = row
        if fold and birth:
            self.births.setdefault((fold, birth), row)
        return False

    def _by_birth(self, row: TableRow, read: dict[str, Any], fold: str, alike: list[Known]) -> Draft | None:
        if not read.get(BIRTH):
            if BIRTH not in row.values:
                self.plan.problem(row, CODE, _("Without a cadre code the row needs a day of birth."))
            return None
        if len(alike) > 1:
            told = _("Several people of the register have this name and day of birth: give the code.")
            self.plan.problem(row, CODE, told)
            return None
        if not alike:
            return Draft(row, read, Person(), True, fold)
        if alike[0].name != read[NAME]:
            told = _("%s was born on the same day and is written alike without accents: give the code.")
            self.plan.problem(row, CODE, told % alike[0].told)
            return None
        self.plan.warn(row, _("recognised by name and day of birth as %s.") % alike[0].told)
        return Draft(row, read, Person(pk=alike[0].pk), False, fold)
