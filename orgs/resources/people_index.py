"""The register of people as an import looks at it: codes, names with days of birth, and the rows it will change."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from orgs.models import Person

MANY = 5000


@dataclass(frozen=True)
class Known:
    """A person of the register, by what tells him from others."""

    pk: int
    code: str
    name: str
    birth_on: date | None

    @property
    def told(self) -> str:
        """The person as a sentence names him."""
        code = self.code or _("no cadre code")
        return f"{self.name} ({code})"


class PeopleIndex:
    """Everybody in the register: one query; `load` then fetches whole the people that a file names."""

    def __init__(self, *, is_locked: bool = False) -> None:
        self.is_locked = is_locked
        self.people: dict[int, Person] = {}
        self.codes: dict[str, int] = {}
        self.births: dict[tuple[str, date], list[Known]] = {}
        rows = Person.objects.order_by("id").values_list("pk", "code", "full_name", "birth_on", "search")
        for pk, code, name, birth_on, search in rows:
            if code:
                self.codes[code.casefold()] = pk
            if birth_on:
                self.births.setdefault((search, birth_on), []).append(Known(pk, code or "", name, birth_on))

    def by_code(self, code: str) -> int | None:
        """The id of the person with this cadre code, in any case."""
        return self.codes.get(code.casefold())

    def alike(self, fold: str, birth_on: date) -> list[Known]:
        """People of the same name without accents and the same day of birth."""
        return self.births.get((fold, birth_on), [])

    def load(self, ids: list[int]) -> None:
        """Fetch these people whole, some thousands a query; locked where they will be written."""
        for start in range(0, len(ids), MANY):
            rows = Person.objects.filter(pk__in=ids[start : start + MANY]).order_by("id")
            rows = rows.select_for_update(no_key=True) if self.is_locked else rows
            self.people.update({person.pk: person for person in rows})
