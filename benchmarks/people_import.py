"""Import of 10,000 people against openpyxl merely reading the same file: ``python -m benchmarks.people_import``.

The import checks limits, reads, compares with the register, writes people, posts and their history, and records the
event; the floor builds nothing and checks nothing. Queries are exact and gated: 50 at most.
"""

import os
import sys
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import django

os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL", "sqlite://:memory:")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django has to be set up first
from django.db import connection, transaction  # noqa: E402
from openpyxl import Workbook, load_workbook  # noqa: E402

from benchmarks.measure import Case, report  # noqa: E402
from orgs.models import Line, ManagingAuthority, Person, Position, Unit, UnitKind  # noqa: E402
from orgs.resources import PersonResource  # noqa: E402

PEOPLE = 10_000
GOAL = 3.0
MOST_QUERIES = 50
FAMILY, MIDDLE = ("Nguyễn", "Trần", "Lê", "Phạm", "Đặng"), ("Văn", "Thị", "Ngọc")
GIVEN = ("Ấn", "Bình", "Chi", "Dũng", "Em", "Giang", "Hà")


def build() -> None:
    """A hundred units, a level and a position."""
    call_command("migrate", verbosity=0)
    kind = UnitKind.objects.create(code="so", name="Sở, ban, ngành")
    for number in range(100):
        Unit.objects.create(code=f"S{number}", name=f"Sở số {number}", kind=kind, line=Line.STATE)
    ManagingAuthority.objects.create(code="SO", name="Sở quản lý")
    Position.objects.create(code="CV", name="Chuyên viên")


def workbook(email: str) -> bytes:
    """A list of all ten columns."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Cán bộ")
    sheet.append(PersonResource.columns)
    for n in range(PEOPLE):
        name = f"{FAMILY[n % 5]} {MIDDLE[n % 3]} {GIVEN[n % 4]} {GIVEN[n % 7]}"
        born, unit = date(1960, 1, 1) + timedelta(days=n), f"S{n % 100}"
        sheet.append(
            [f"X{n:05d}", name, born, "Nam", unit, "Chuyên viên", "Sở quản lý", "", "01/02/2020", f"{n}@{email}"]
        )
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def read(content: bytes) -> int:
    """The floor: every row, once."""
    return sum(1 for _row in load_workbook(BytesIO(content), read_only=True).active.iter_rows(values_only=True))


def undone(content: bytes, outcome: str) -> None:
    """Import, make sure of the outcome, take it back."""
    with transaction.atomic():
        plan = PersonResource().carry_out(content, name="can-bo.xlsx")
        assert (plan.errors, plan.count(outcome)) == ([], PEOPLE)
        transaction.set_rollback(True)


def queries_of(work: Callable[[], object]) -> int:
    """How many statements `work` sends."""
    sent = 0

    def count(execute: Callable[..., object], *arguments: object) -> object:
        nonlocal sent
        sent += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        work()
    return sent


def main() -> int:
    """New people, then the same file again, then every row changed."""
    build()
    content, changed = workbook("a.vn"), workbook("b.vn")
    counts = {"queries, 10,000 new": queries_of(lambda: undone(content, "created"))}
    case = Case("10,000 new people", lambda: undone(content, "created"), lambda: read(content), "cpu", GOAL, 3)
    report([case], counts=dict(counts))
    PersonResource().carry_out(content, name="can-bo.xlsx")
    assert Person.objects.count() == PEOPLE
    counts |= {
        "queries, 10,000 unchanged": queries_of(lambda: undone(content, "unchanged")),
        "queries, 10,000 changed": queries_of(lambda: undone(changed, "updated")),
    }
    cases = [
        Case("the same file again", lambda: undone(content, "unchanged"), lambda: read(content), "cpu", GOAL, 3),
        Case("10,000 changed people", lambda: undone(changed, "updated"), lambda: read(changed), "cpu", GOAL, 3),
    ]
    report(cases, counts=counts)
    too_many = {name: count for name, count in counts.items() if count > MOST_QUERIES}
    if too_many:
        print(f"More than {MOST_QUERIES} queries: {too_many}")
    return int(bool(too_many))


if __name__ == "__main__":
    sys.exit(main())
