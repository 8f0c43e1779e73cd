"""What an account is today: grants, seats, headships and stand-ins of the day, read in one query."""

from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from orgs import roles
from orgs.access.holdings import ABSENT, GRANT, HEADSHIP, SEAT, Holding, holdings_of
from orgs.models import CollectivePart, Unit, User


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
    rows = holdings_of(user, timezone.localdate())
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


def _subtree(unit_ids: frozenset[int], children: dict[int | None, list[int]]) -> frozenset[int]:
    found, queue = set(), list(unit_ids)
    while queue:
        pk = queue.pop()
        if pk not in found:
            found.add(pk)
            queue.extend(children.get(pk, ()))
    return frozenset(found)
