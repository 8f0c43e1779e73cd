"""The one query from which a viewer is read: written once for each database, asked with the account of the moment.

Every request asks it, and every act anew inside its lock; building its four parts costs ten times the asking.
"""

from datetime import date
from functools import cache

from django.db import connection
from django.db.models import BigIntegerField, CharField, F, Q, QuerySet, Value

from orgs.models import Appointment, Membership, RoleGrant, StandIn, User

GRANT, SEAT, HEADSHIP, ABSENT = "grant", "seat", "headship", "absent"
# (kind, role or part, unit, collective, user, person): what each row of the union holds.
Holding = tuple[str, str, int | None, int | None, int | None, int | None]
# What stands in the written query for the account, its person and the day; no row of ours has such a value.
USER, PERSON, DAY = -1, -2, date(1000, 1, 2)


def holdings_of(user: User, today: date) -> list[Holding]:
    """Grants, seats, headships and stand-ins of `user` and of whom he stands in for on the day; one query."""
    statement, parameters = _statement(connection.vendor)
    day = connection.ops.adapt_datefield_value
    given = {USER: user.pk, PERSON: user.person_id, day(DAY): day(today)}
    with connection.cursor() as cursor:
        cursor.execute(statement, [given.get(value, value) for value in parameters])
        return cursor.fetchall()


@cache
def _statement(vendor: str) -> tuple[str, tuple[object, ...]]:
    """The text of the query and its parameters, the three places that change still as they are named above."""
    return _holdings(USER, PERSON, DAY).query.sql_with_params()


def _holdings(user: int, person: int, today: date) -> QuerySet:
    absent = StandIn.objects.current(today).filter(substitute=user, absent__is_active=True).order_by()
    users = Q(user=user) | Q(user__in=absent.values("absent"))
    people = Q(person=person) | Q(person__in=absent.values("absent__person"))
    grants = RoleGrant.objects.current(today).filter(users)
    seats = Membership.objects.current(today).filter(people)
    heads = Appointment.objects.current(today).filter(people, is_head=True, unit__isnull=False)
    return _columns(grants, GRANT, code="role", unit="unit_id", collective="collective_id", user="user_id").union(
        _columns(seats, SEAT, code="part", collective="collective_id", person="person_id"),
        _columns(heads, HEADSHIP, unit="unit_id", person="person_id"),
        _columns(absent, ABSENT, user="absent_id"),
        all=True,
    )


def _columns(rows: QuerySet, kind: str, *, code: str = "", **columns: str) -> QuerySet:
    named = {
        "h_kind": Value(kind, CharField()),
        "h_code": F(code) if code else Value("", CharField()),
        **{
            f"h_{name}": F(columns[name]) if name in columns else Value(None, BigIntegerField())
            for name in ("unit", "collective", "user", "person")
        },
    }
    return rows.order_by().annotate(**named).values_list(*named)
