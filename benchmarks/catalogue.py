"""The catalogue of 5,000 registered works against the bare page of its officer: ``python -m benchmarks.catalogue``.

Each page is asked as its officer asks it: rights, filters, figures, one page of rows, laid out. Queries are exact and
gated: equal at 200 and at 5,000 works, and few. Printed: each page against one of the same account that lists nothing.
"""

import os
import sys
from collections.abc import Callable
from datetime import date, timedelta

import django

os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL", "sqlite://:memory:")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django has to be set up first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.measure import Case, report  # noqa: E402
from orgs import roles  # noqa: E402
from orgs.models import Collective, CollectiveKind, Person, RoleGrant, Unit, UnitKind, User  # noqa: E402
from registrations.models import Obstacle, Registration, Work, WorkField  # noqa: E402
from registrations.selectors.works.works import ENTERED  # noqa: E402

SIZES = (200, 5_000)
UNITS, WORKS_EACH = 100, 2
SINCE, TODAY = date(2018, 1, 1), timezone.localdate()
PAGES = {
    "list": ("registrations:catalogue", ""),
    "list, filtered": ("registrations:catalogue", "?kind=hard&field=land&obstacle=open"),
    "what is stuck": ("registrations:catalogue_stuck", ""),
    "over time": ("registrations:catalogue_picture", "?step=quarter"),
}
MOST_QUERIES = 12
GOAL = 4.0


def ground() -> User:
    """The province with its Organisation Committee, a hundred agencies, and the officer who keeps the catalogue."""
    call_command("migrate", verbosity=0)
    kind = UnitKind.objects.create(code="so", name="Sở, ban, ngành")
    units = [Unit(code=code, name=f"Đơn vị {code}", kind=kind, line="party", started_on=SINCE) for code in _codes()]
    for unit in units:
        unit.fill_columns()
    Unit.objects.bulk_create(units, batch_size=500)
    Collective.objects.create(
        code="BTV", name="Ban Thường vụ Tỉnh ủy", unit=units[0], kind=CollectiveKind.PARTY_COMMITTEE, started_on=SINCE
    )
    officer = User.objects.create_user("officer", password="x")
    RoleGrant.objects.create(user=officer, role=roles.OFFICER, unit=units[1], document="QĐ 01", started_on=SINCE)
    return officer


def _codes() -> list[str]:
    return ["TU", "BTCTU", *(f"S{n:03d}" for n in range(UNITS))]


def build(first: int, last: int, officer: User) -> None:
    """Works from `first` to `last`, two a registration; every fourth has an obstacle that waits for a body."""
    units = list(Unit.objects.without_tree_fields().order_by("code"))
    keeper, standing = Unit.objects.get(code="BTCTU"), Collective.objects.get()
    numbers = range(first // WORKS_EACH, last // WORKS_EACH)
    people = [Person(code=f"N{n}", full_name=f"Nguyễn Văn {n}") for n in numbers]
    for person in people:
        person.fill_columns()
    Person.objects.bulk_create(people, batch_size=1000)
    rows = Registration.objects.bulk_create(
        [
            Registration(
                year=TODAY.year,
                person=person,
                unit=units[place % len(units)],
                unit_name=units[place % len(units)].name,
                receiving_unit=keeper,
                receiving_collective=standing,
                addressee="Thường trực Tỉnh ủy",
                sent_at=timezone.now(),
                received_at=timezone.now() - timedelta(days=place % 300),
                workflow_name="registration",
                state="received",
            )
            for place, person in enumerate(people)
        ],
        batch_size=1000,
    )
    works = Work.objects.bulk_create([_work(row, n) for row in rows for n in range(WORKS_EACH)], batch_size=1000)
    Obstacle.objects.bulk_create(
        [
            Obstacle(
                work=work,
                text="Chưa có đơn giá.",
                found_on=TODAY - timedelta(days=place % 200),
                waits_for=units[place % 12],
                written_by=officer,
            )
            for place, work in enumerate(works[::4])
        ],
        batch_size=1000,
    )


def _work(row: Registration, number: int) -> Work:
    place = row.pk * WORKS_EACH + number
    fields = WorkField.values
    return Work(
        registration=row,
        kind="hard" if number == 0 else "new",
        order=1,
        field=fields[place % len(fields)],
        name=f"Công việc thứ {place}",
        starts_on=date(TODAY.year, 1, 2),
        finishes_on=date(TODAY.year, 1 + place % 12, 20),
        workflow_name="work",
        state=ENTERED[place % len(ENTERED)],
    )


def queries_of(read: Callable[[], object]) -> int:
    """How many statements a page sends."""
    with CaptureQueriesContext(connection) as asked:
        read()
    return len(asked)


def main() -> int:
    """Few works, then all of them; exit 1 when the queries grow or are too many."""
    officer = ground()
    client = Client()
    client.force_login(officer)
    addresses = {name: reverse(page) + query for name, (page, query) in PAGES.items()}
    seen: dict[str, list[int]] = {}
    done = 0
    for size in SIZES:
        build(done, size, officer)
        done = size
        for name, url in addresses.items():
            assert client.get(url).status_code == 200, url
            seen.setdefault(name, []).append(queries_of(lambda url=url: client.get(url)))
    counts = {f"{name}: queries at {SIZES} works": tuple(found) for name, found in seen.items()}
    bare = reverse("orgs:account_own")
    cases = [
        Case(name, lambda url=url: client.get(url), lambda: client.get(bare), "cpu", GOAL)
        for name, url in addresses.items()
    ]
    report(cases, counts=counts)
    wrong = [name for name, found in seen.items() if len(set(found)) > 1 or found[-1] > MOST_QUERIES]
    for name in wrong:
        print(f"{name}: queries {seen[name]}; at most {MOST_QUERIES}, and equal", file=sys.stderr)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
