"""A province of N people in a database of its own, for measuring pages: the same on every run."""

from datetime import date

from django.utils import timezone

from criteria.models import Cycle, Plan, Regulation
from criteria.services.rules.regulations import load_shipped
from orgs import roles
from orgs.models import (
    Appointment,
    AuthorityRule,
    Collective,
    CollectiveKind,
    ManagingAuthority,
    Person,
    Position,
    Proposer,
    RatingKind,
    RoleGrant,
    Unit,
    UnitKind,
    User,
)
from orgs.services.transitions import start
from reviews.models import Review
from reviews.services.enrolling.enrolment import enrol

SINCE = date(2018, 1, 1)
UNITS = 100


def build(people: int) -> User:
    """Write a province with `people` people and their reviews; answers the officer who sees them all."""
    kind = UnitKind.objects.create(code="so", name="Sở, ban, ngành")
    root = Unit.objects.create(code="UBND", name="Ủy ban nhân dân tỉnh", kind=kind, line="state", started_on=SINCE)
    units = [
        Unit.objects.create(code=f"S{n:03d}", name=f"Sở số {n}", kind=kind, line="state", parent=root, started_on=SINCE)
        for n in range(UNITS)
    ]
    body = Collective.objects.create(
        code="BCSD",
        name="Ban cán sự đảng",
        unit=root,
        kind=CollectiveKind.PARTY_COMMITTEE,
        is_reviewed=False,
        started_on=SINCE,
    )
    for unit in units:
        Collective.objects.create(
            code=f"TT-{unit.code}",
            name=f"Tập thể lãnh đạo {unit}",
            unit=unit,
            kind=CollectiveKind.LEADERSHIP,
            started_on=SINCE,
        )
    _write_people(people, units)
    for kind_of_rating, proposer in ((RatingKind.CADRE, Proposer.LEADERSHIP), (RatingKind.COLLECTIVE, Proposer.ITSELF)):
        AuthorityRule.objects.create(
            rating_kind=kind_of_rating,
            proposer=proposer,
            appraising_unit=root,
            deciding_collective=body,
            document="QĐ 01",
            started_on=SINCE,
        )
    officer = User.objects.create_user("officer", password="x")
    RoleGrant.objects.create(user=officer, role=roles.OFFICER, unit=root, document="QĐ 01", started_on=SINCE)
    enrol(cycle=_cycle(root), actor=officer)
    return officer


def _write_people(count: int, units: list[Unit]) -> None:
    level = ManagingAuthority.objects.create(code="SO", name="Sở quản lý")
    post = Position.objects.create(code="CV", name="Chuyên viên", is_leading=False)
    people = [
        Person(
            code=f"P{n:06d}",
            full_name=f"Nguyễn Văn {chr(65 + n % 26)}n {n}",
            managing_authority=level,
            is_party_member=False,
        )
        for n in range(count)
    ]
    for person in people:
        person.fill_columns()
    Person.objects.bulk_create(people, batch_size=1000)
    Appointment.objects.bulk_create(
        [
            Appointment(person=person, unit=units[n % UNITS], position=post, started_on=SINCE)
            for n, person in enumerate(people)
        ],
        batch_size=1000,
    )


def _cycle(root: Unit) -> Cycle:
    load_shipped()
    plan = Plan(issuer=root, year=2024, title="Kế hoạch", number="1-KH", issued_on=date(2024, 10, 1))
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
    Cycle.objects.filter(pk=cycle.pk).update(state="open", opened_at=timezone.now())
    cycle.refresh_from_db()
    return cycle


def first_review() -> Review:
    """Any one review of the province."""
    return Review.objects.filter(person__isnull=False).select_related("cycle").first()
