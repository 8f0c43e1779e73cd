"""What an account is today: grants, seats, headships and stand-ins of the day, read in one query."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import BigIntegerField, CharField, F, Q, QuerySet, Value
from django.utils import timezone

from orgs import roles
from orgs.models import Appointment, CollectivePart, Membership, RoleGrant, StandIn, Unit, User

GRANT, SEAT, HEADSHIP, ABSENT = "grant", "seat", "headship", "absent"
# (kind, role or part, unit, collective, user, person): what each reading of the union returns.
Holding = tuple[str, str, int | None, int | None, int | None, int | None]


@dataclass(frozen=True)
class Viewer:
    """What an account is today. `collectives` and `units` hold ids by role code.

    `acting_for` names the absent whose offices the account holds besides its own; `alone` is then the same account
    without them, so that an act can tell in whose place it was done.
    """

    user_id: int | None = None
    person_id: int | None = None
    collectives: dict[str, frozenset[int]] = field(default_factory=dict)
    units: dict[str, frozenset[int]] = field(default_factory=dict)
    everywhere: frozenset[str] = frozenset()
    acting_for: tuple[str, ...] = ()
    alone: "Viewer | None" = None

    @cached_property
    def roles(self) -> frozenset[str]:
        """Codes of every role held today, derived or granted."""
        own = {roles.SUBJECT} if self.person_id else set()
        return frozenset(own | set(self.collectives) | set(self.units) | self.everywhere)

    @cached_property
    def rights(self) -> frozenset[str]:
        """The standing rights that the roles bring."""
        return frozenset().union(*(roles.ROLES[code].rights for code in self.roles))

    def collectives_of(self, role: str) -> frozenset[int]:
        """Ids of the collectives in which `role` is held."""
        return self.collectives.get(role, frozenset())

    def units_of(self, role: str) -> frozenset[int]:
        """Ids of the units for which `role` was granted, without their subtrees."""
        return self.units.get(role, frozenset())

    def subtree_of(self, role: str) -> frozenset[int]:
        """Ids of the units for which `role` was granted and of all below them; the tree is read at the first asking."""
        return self._subtrees.get(role, frozenset()) if role in self.units else frozenset()

    @cached_property
    def _subtrees(self) -> dict[str, frozenset[int]]:
        children: dict[int | None, list[int]] = {}
        for pk, parent in Unit.objects.without_tree_fields().order_by().values_list("pk", "parent_id"):
            children.setdefault(parent, []).append(pk)
        return {code: _subtree(ids, children) for code, ids in self.units.items()}


def viewer_of(user: User | AnonymousUser, *, fresh: bool = False) -> Viewer:
    """What `user` is today; remembered on the user object for one request, read anew with `fresh`."""
    if not user.is_authenticated or not user.is_active:
        return Viewer()
    if fresh or not hasattr(user, "_viewer"):
        user._viewer = _read_viewer(user)
    return user._viewer


def _read_viewer(user: User) -> Viewer:
    rows = list(_holdings(user, timezone.localdate()))
    absent = [row for row in rows if row[0] == ABSENT]
    if not absent:
        return _viewer(user, rows)
    names = User.objects.filter(pk__in=[row[4] for row in absent]).select_related("person").order_by("pk")
    own = [row for row in rows if row[4] == user.pk or (row[5] and row[5] == user.person_id)]
    return _viewer(user, rows, acting_for=tuple(str(row) for row in names), alone=_viewer(user, own))


def _viewer(
    user: User, rows: list[Holding], *, acting_for: tuple[str, ...] = (), alone: Viewer | None = None
) -> Viewer:
    collectives: dict[str, set[int]] = {}
    units: dict[str, set[int]] = {}
    everywhere = {roles.ADMINISTRATOR} if user.is_superuser else set()
    for kind, code, unit, collective, _user, _person in rows:
        if kind == SEAT:
            collectives.setdefault(roles.MEMBER, set()).add(collective)
            if code == CollectivePart.HEAD:
                collectives.setdefault(roles.HEAD, set()).add(collective)
        elif kind == HEADSHIP:
            units.setdefault(roles.UNIT_HEAD, set()).add(unit)
        elif kind == GRANT and collective:
            collectives.setdefault(code, set()).add(collective)
        elif kind == GRANT and unit:
            units.setdefault(code, set()).add(unit)
        elif kind == GRANT and roles.ROLES[code].held_by == roles.GRANTED_EVERYWHERE:
            everywhere.add(code)
    _derive(collectives, units)
    return Viewer(
        user_id=user.pk,
        person_id=user.person_id,
        collectives={code: frozenset(ids) for code, ids in collectives.items()},
        units={code: frozenset(ids) for code, ids in units.items()},
        everywhere=frozenset(everywhere),
        acting_for=acting_for,
        alone=alone,
    )


def _derive(collectives: dict[str, set[int]], units: dict[str, set[int]]) -> None:
    if roles.OFFICER in units:
        units[roles.COPIED] = set(units[roles.OFFICER])
        units[roles.SUPERIOR] = set(units[roles.OFFICER])
    if authors := collectives.get(roles.SECRETARY, set()) | collectives.get(roles.HEAD, set()):
        collectives[roles.AUTHOR] = collectives.get(roles.AUTHOR, set()) | authors


def _holdings(user: User, today: date) -> QuerySet:
    """Rows (`Holding`) of the account and of whom it stands in for today."""
    absent = StandIn.objects.current(today).filter(substitute=user, absent__is_active=True).order_by()
    users = Q(user=user.pk) | Q(user__in=absent.values("absent"))
    people = Q(person__in=absent.values("absent__person"))
    if user.person_id:
        people |= Q(person=user.person_id)
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


def _subtree(unit_ids: frozenset[int], children: dict[int | None, list[int]]) -> frozenset[int]:
    found, queue = set(), list(unit_ids)
    while queue:
        pk = queue.pop()
        if pk not in found:
            found.add(pk)
            queue.extend(children.get(pk, ()))
    return frozenset(found)
