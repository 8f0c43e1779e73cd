"""What an import would do, row by row, before anything is written: the dry run and the act share this plan."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from orgs.resources.tables import TableRow

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"


@dataclass(frozen=True)
class Problem:
    """Something wrong in one cell. `url_name` leads to the page that mends it, where it is not the file."""

    sheet: str
    row: int
    column: str
    message: str
    url_name: str = ""


@dataclass(frozen=True)
class Change:
    """A field that would change; both values as they are shown."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class PlannedRow:
    """What one row of the file would do. `key` is the code, `title` the name."""

    sheet: str
    number: int
    key: str
    title: str
    outcome: str
    changes: tuple[Change, ...] = ()


@dataclass
class Plan:
    """Every row's outcome, with what is wrong and what should be looked at."""

    rows: list[PlannedRow] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def problem(self, row: TableRow, column: str, message: str, url_name: str = "") -> None:
        """Note what is wrong in one cell."""
        self.errors.append(Problem(row.sheet, row.number, column, message, url_name))

    def warn(self, row: TableRow, message: str) -> None:
        """Note what should be looked at in one row."""
        place = _("Worksheet “%(sheet)s”, row %(row)s: ") % {"sheet": row.sheet, "row": row.number}
        self.warnings.append(place + message)

    def count(self, outcome: str) -> int:
        """How many rows have this outcome."""
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def is_empty(self) -> bool:
        """Whether carrying it out would change nothing."""
        return all(row.outcome == UNCHANGED for row in self.rows)

    @property
    def fingerprint(self) -> str:
        """A digest of what would be done: what was confirmed must be what is carried out."""
        return hashlib.sha256(repr((self.rows, self.errors)).encode()).hexdigest()

    def sorted_errors(self) -> list[Problem]:
        """Errors in the order of the file."""
        return sorted(self.errors, key=lambda problem: (problem.sheet, problem.row, problem.column))

    def as_json(self) -> dict[str, object]:
        """The counts, errors and warnings, as the commands print them; with an error nothing is created or updated."""
        return {
            "created": 0 if self.errors else self.count(CREATED),
            "updated": 0 if self.errors else self.count(UPDATED),
            "unchanged": self.count(UNCHANGED),
            "errors": [
                {"sheet": row.sheet, "row": row.row, "column": row.column, "message": row.message}
                for row in self.sorted_errors()
            ],
            "warnings": list(self.warnings),
        }


def changes_of(fields: Iterable[tuple[str, object, object]]) -> tuple[Change, ...]:
    """The fields whose value differs, from (title, before, after) as they are shown."""
    return tuple(
        Change(title, str(before or ""), str(after or "")) for title, before, after in fields if before != after
    )
