"""Coverage of 2,000 units and 100,000 people against one GROUP BY over their posts: ``python -m benchmarks.coverage``.

The page reads tree, posts, collectives, frameworks and covers, finds the framework of each collective, position and job
of each unit, sums the tree, names heads and first letters of the lines shown, and is laid out; the floor is the one
grouped query over the same posts. Queries are exact and gated: equal at 200 and at 2,000 units, and few.
"""

import os
import sys
from collections.abc import Callable
from datetime import date

import django

os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL", "sqlite://:memory:")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django has to be set up first
from django.db import connection  # noqa: E402
from django.db.models import Count, Q  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402

from benchmarks.measure import Case, report  # noqa: E402
from criteria.models import Cycle, Framework, FrameworkCover, Plan, Regulation  # noqa: E402
from criteria.selectors.reaching.coverage import CoverageBook  # noqa: E402
from criteria.services.rules.regulations import load_shipped  # noqa: E402
from orgs import roles  # noqa: E402
from orgs.models import (  # noqa: E402
    Appointment,
    Collective,
    CollectiveKind,
    Job,
    ManagingAuthority,
    Person,
    Position,
    RoleGrant,
    Unit,
    UnitKind,
    User,
)
from orgs.services.transitions import start  # noqa: E402

SINCE, DAY = date(2018, 1, 1), date(2024, 1, 2)
UNITS, PEOPLE = int(os.environ.get("BENCH_UNITS", "2000")), int(os.environ.get("BENCH_PEOPLE", "100000"))
FEW_UNITS, FEW_PEOPLE = 200, 2_000
DEPARTMENTS, POSITIONS, JOBS, OWN_FRAMEWORKS = 100, 40, 60, 200
PAGES = ("criteria:cycle_coverage", "criteria:cycle_coverage_missing")
MOST_QUERIES = 24
GOAL = 2.0


def build(units: int, people: int, first: int = 0) -> None:
    """So many units under 100 departments, so many people in them; the later ones are added to the earlier."""
    root, kind = Unit.objects.get(code="TU"), UnitKind.objects.get()
    tops = list(Unit.objects.filter(code__startswith="S").order_by("pk"))
    if not tops:
        tops = [_unit(f"S{n:03d}", root, kind) for n in range(DEPARTMENTS)]
        Unit.objects.bulk_create(tops)
    made = [_unit(f"P{n:04d}", tops[n % DEPARTMENTS], kind) for n in range(first, units - DEPARTMENTS)]
    Unit.objects.bulk_create(made, batch_size=1000)
    Collective.objects.bulk_create(
        [
            Collective(code=f"TT-{row.code}", name=f"Tập thể {row}", unit=row, kind=CollectiveKind.LEADERSHIP)
            for row in made
        ],
        batch_size=1000,
    )
    _people(Person.objects.count(), people, made)


def _unit(code: str, parent: Unit, kind: UnitKind) -> Unit:
    row = Unit(code=code, name=f"Đơn vị {code}", kind=kind, line=parent.line, parent=parent, started_on=SINCE)
    row.fill_columns()
    return row


def _people(first: int, last: int, units: list[Unit]) -> None:
    level = ManagingAuthority.objects.get()
    posts, jobs = list(Position.objects.order_by("pk")), list(Job.objects.order_by("pk"))
    people = [Person(code=f"N{n}", full_name=f"Nguyễn Văn {n}", managing_authority=level) for n in range(first, last)]
    for person in people:
        person.fill_columns()
    Person.objects.bulk_create(people, batch_size=1000)
    Appointment.objects.bulk_create(
        [
            Appointment(
                person=person,
                unit=units[n % len(units)],
                position=posts[n % 4 * 10 + n % len(units) % 10] if n % 3 else None,
                job=jobs[n % 5 * 12 + n % len(units) % 12] if n % 3 != 1 else None,
                is_head=n < len(units),
                started_on=SINCE,
            )
            for n, person in enumerate(people)
        ],
        batch_size=1000,
    )


def ground() -> tuple[User, Cycle]:
    """Law, posts, the officer of the province, a cycle and its frameworks: of posts, of collectives and of bodies."""
    call_command("migrate", verbosity=0)
    load_shipped()
    kind = UnitKind.objects.create(code="so", name="Sở, ban, ngành")
    root = Unit.objects.create(code="TU", name="Tỉnh ủy", kind=kind, line="party", started_on=SINCE)
    ManagingAuthority.objects.create(code="SO", name="Sở quản lý")
    Position.objects.bulk_create([Position(code=f"CV{n}", name=f"Chức vụ {n}") for n in range(POSITIONS)])
    Job.objects.bulk_create([Job(code=f"VT{n}", name=f"Vị trí {n}") for n in range(JOBS)])
    officer = User.objects.create_user("officer", password="x")
    RoleGrant.objects.create(user=officer, role=roles.OFFICER, unit=root, document="QĐ 01", started_on=SINCE)
    return officer, _cycle(root)


def frameworks(cycle: Cycle) -> None:
    """The province covers half of the positions and a third of the jobs; two hundred bodies have one of their own."""
    root = cycle.plan.issuer
    for place, post in enumerate(Position.objects.order_by("pk")[: POSITIONS // 2]):
        FrameworkCover.objects.create(framework=_framework(cycle, root, f"CV{place}"), position=post)
    for place, job in enumerate(Job.objects.order_by("pk")[: JOBS // 3]):
        FrameworkCover.objects.create(framework=_framework(cycle, root, f"VT{place}"), job=job)
    for unit in Unit.objects.without_tree_fields().filter(code__startswith="P").order_by("pk")[:OWN_FRAMEWORKS]:
        _framework(cycle, unit, unit.code, subject="collective")


def _framework(cycle: Cycle, issuer: Unit, code: str, subject: str = "person") -> Framework:
    row = Framework(
        title=f"Khung {code}",
        issuer=issuer,
        regulation=cycle.regulation,
        subject=subject,
        form_key="02A",
        number=f"{code}-HD",
        issued_on=DAY,
    )
    start(row, "framework")
    row.save()
    Framework.objects.filter(pk=row.pk).update(state="issued")
    return row


def _cycle(root: Unit) -> Cycle:
    plan = Plan(issuer=root, year=2024, title="Kế hoạch", number="1-KH", issued_on=DAY)
    start(plan, "plan")
    plan.save()
    cycle = Cycle(
        code="2024",
        title="Năm 2024",
        plan=plan,
        regulation=Regulation.objects.get(key="124-QĐ/TW@2023-10-04"),
        period_start_on=date(2024, 1, 1),
        period_end_on=date(2024, 12, 31),
        roster_on=date(2024, 11, 1),
    )
    start(cycle, "cycle")
    cycle.save()
    Cycle.objects.filter(pk=cycle.pk).update(state="open")
    return cycle


def grouped(day: date) -> int:
    """The floor: the posts of the day, grouped, counted."""
    present = Q(person__ended_on__isnull=True) | Q(person__ended_on__gt=day)
    rows = Appointment.objects.current(day).filter(present, unit__isnull=False).order_by()
    columns = ("unit", "position", "job", "person__managing_authority")
    return len(list(rows.values_list(*columns).annotate(people=Count("pk"))))


def queries_of(work: Callable[[], object]) -> int:
    """How many statements `work` sends."""
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


def main() -> int:
    """Few units, then all of them; exit 1 when the queries grow or are too many."""
    setup_test_environment()
    officer, cycle = ground()
    client = Client()
    client.force_login(officer)
    addresses = {name: reverse(name, args=[cycle.uuid]) for name in PAGES}
    build(FEW_UNITS, FEW_PEOPLE)
    frameworks(cycle)
    for address in addresses.values():
        assert client.get(address).status_code == 200, address
    few = {name: queries_of(lambda url=url: client.get(url)) for name, url in addresses.items()}
    build(UNITS, PEOPLE, first=FEW_UNITS - DEPARTMENTS)
    # The session is refreshed after a while of building: that is none of the page's queries.
    client.get(addresses[PAGES[0]])
    many = {name: queries_of(lambda url=url: client.get(url)) for name, url in addresses.items()}
    whole = CoverageBook(cycle).total()
    counts = {f"{name}: queries at {FEW_UNITS}, {UNITS} units": (few[name], many[name]) for name in PAGES}
    counts["collectives, positions, jobs"] = (whole.collective.total, whole.position.total, whole.job.total)
    counts["rows of the GROUP BY"] = grouped(DAY)
    cases = [
        Case(name, lambda url=url: client.get(url), lambda: grouped(DAY), "cpu", GOAL)
        for name, url in addresses.items()
    ]
    cases.append(Case("the figures alone", lambda: CoverageBook(cycle).total(), lambda: grouped(DAY), "cpu"))
    report(cases, counts=counts)
    wrong = [name for name in PAGES if few[name] != many[name] or many[name] > MOST_QUERIES]
    for name in wrong:
        print(f"{name}: queries {few[name]}, {many[name]}; at most {MOST_QUERIES}, and equal", file=sys.stderr)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
