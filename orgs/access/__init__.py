"""Who reaches what today: dated grants, appointments and stand-ins turned into one `Q` per noun.

Each app registers, for each of its nouns, how a role reaches it. Lists, details, exports and the acts on one
object are all answered from these same queries, so they cannot disagree.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from orgs import roles, workflow
from orgs.models import Appointment, CollectivePart, Membership, RoleGrant, StandIn, Unit, User

Reach = Callable[["Viewer"], Q | None]
REACHES: dict[str, dict[str, Reach]] = {}
NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class Viewer:
    """What an account is today. `collectives`, `units`, `subtrees` hold ids by role code."""

    user_id: int | None = None
    person_id: int | None = None
    collectives: dict[str, frozenset[int]] = field(default_factory=dict)
    units: dict[str, frozenset[int]] = field(default_factory=dict)
    subtrees: dict[str, frozenset[int]] = field(default_factory=dict)
    everywhere: frozenset[str] = frozenset()
    acting_for: tuple[str, ...] = ()

    @property
    def roles(self) -> frozenset[str]:
        """Codes of every role held today, derived or granted."""
        own = {roles.SUBJECT} if self.person_id else set()
        return frozenset(own | set(self.collectives) | set(self.units) | self.everywhere)

    @property
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
        """Ids of the units for which `role` was granted and of all below them."""
        return self.subtrees.get(role, frozenset())


def viewer_of(user: User | AnonymousUser, *, fresh: bool = False) -> Viewer:
    """What `user` is today; remembered on the user object for one request, read anew with `fresh`."""
    if not user.is_authenticated or not user.is_active:
        return Viewer()
    if fresh or not hasattr(user, "_viewer"):
        user._viewer = _read_viewer(user)
    return user._viewer


def _read_viewer(user: User) -> Viewer:
    today = timezone.localdate()
    absent = list(
        StandIn.objects.current(today).filter(substitute=user, absent__is_active=True).select_related("absent__person")
    )
    user_ids = [user.pk, *(row.absent_id for row in absent)]
    person_ids = [pk for pk in (user.person_id, *(row.absent.person_id for row in absent)) if pk]
    collectives: dict[str, set[int]] = {}
    units: dict[str, set[int]] = {}
    everywhere = set()
    for grant in RoleGrant.objects.current(today).filter(user__in=user_ids):
        if grant.collective_id:
            collectives.setdefault(grant.role, set()).add(grant.collective_id)
        elif grant.unit_id:
            units.setdefault(grant.role, set()).add(grant.unit_id)
        elif roles.ROLES[grant.role].held_by == roles.GRANTED_EVERYWHERE:
            everywhere.add(grant.role)
    if user.is_superuser:
        everywhere.add(roles.ADMINISTRATOR)
    _add_derived(person_ids, collectives, units)
    return Viewer(
        user_id=user.pk,
        person_id=user.person_id,
        collectives={code: frozenset(ids) for code, ids in collectives.items()},
        units={code: frozenset(ids) for code, ids in units.items()},
        subtrees=_subtrees(units),
        everywhere=frozenset(everywhere),
        acting_for=tuple(str(row.absent) for row in absent),
    )


def _add_derived(person_ids: list[int], collectives: dict[str, set[int]], units: dict[str, set[int]]) -> None:
    if roles.OFFICER in units:
        units[roles.COPIED] = set(units[roles.OFFICER])
    if writers := collectives.get(roles.SECRETARY):
        collectives[roles.AUTHOR] = set(writers)
    if not person_ids:
        return
    today = timezone.localdate()
    for seat in Membership.objects.current(today).filter(person__in=person_ids):
        collectives.setdefault(roles.MEMBER, set()).add(seat.collective_id)
        if seat.part == CollectivePart.HEAD:
            collectives.setdefault(roles.HEAD, set()).add(seat.collective_id)
    heads = Appointment.objects.current(today).filter(person__in=person_ids, is_head=True, unit__isnull=False)
    if ids := set(heads.values_list("unit_id", flat=True)):
        units[roles.UNIT_HEAD] = ids
    if headed := collectives.get(roles.HEAD):
        collectives.setdefault(roles.AUTHOR, set()).update(headed)


def _subtrees(units: dict[str, set[int]]) -> dict[str, frozenset[int]]:
    if not units:
        return {}
    children: dict[int | None, list[int]] = {}
    for pk, parent in Unit.objects.without_tree_fields().values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(pk)
    return {code: _subtree(ids, children) for code, ids in units.items()}


def _subtree(unit_ids: set[int], children: dict[int | None, list[int]]) -> frozenset[int]:
    found, queue = set(), list(unit_ids)
    while queue:
        pk = queue.pop()
        if pk not in found:
            found.add(pk)
            queue.extend(children.get(pk, ()))
    return frozenset(found)


def register_reach(label: str, role: str, reach: Reach) -> None:
    """Say how `role` reaches the noun `label` ("reviews.Review"); one entry for each pair."""
    REACHES.setdefault(label, {})[role] = reach


def reach_of(label: str, role: str, viewer: Viewer) -> Q | None:
    """The rows of `label` that `viewer` reaches in `role`; None when it reaches none."""
    reach = REACHES.get(label, {}).get(role)
    return reach(viewer) if reach and role in viewer.roles else None


def scope(label: str, viewer: Viewer, *, needing: str = "") -> Q:
    """The rows of `label` within reach of any role (any that brings the right `needing`)."""
    total = NOTHING
    for role in REACHES.get(label, {}):
        if needing and needing not in roles.ROLES[role].rights:
            continue
        rows = reach_of(label, role, viewer)
        total = total if rows is None else total | rows
    return total


def document_scope(label: str, viewer: Viewer) -> Q:
    """The workflow documents of `label` that `viewer` may read: reach and the readers of each state."""
    total = NOTHING
    for role in REACHES.get(label, {}):
        rows = reach_of(label, role, viewer)
        if rows is None:
            continue
        for flow in workflow.WORKFLOWS.values():
            if states := flow.readable_by(role):
                total |= rows & Q(workflow_name=flow.name, state__in=states)
    return total


def waiting_scope(label: str, viewer: Viewer) -> Q:
    """The workflow documents of `label` on which `viewer` holds the pen for some move."""
    total = NOTHING
    for role in REACHES.get(label, {}):
        rows = reach_of(label, role, viewer)
        if rows is None:
            continue
        for flow in workflow.WORKFLOWS.values():
            if states := flow.moves_of(role):
                total |= rows & Q(workflow_name=flow.name, state__in=states)
    return total


def within(queryset: QuerySet, rows: Q) -> QuerySet:
    """`queryset` cut down to `rows`, each once, whatever joins `rows` needs."""
    return queryset.filter(pk__in=queryset.model._base_manager.filter(rows).values("pk"))


def roles_on(user: User | AnonymousUser, document: Model, *, fresh: bool = False) -> frozenset[str]:
    """The role codes in which `user` reaches this very object, from the same queries as the lists."""
    label = document._meta.label
    viewer = viewer_of(user, fresh=fresh)
    reached = {role: rows for role in REACHES.get(label, {}) if (rows := reach_of(label, role, viewer)) is not None}
    if not reached:
        return frozenset()
    base = document._meta.base_manager
    asked = {f"as_{role}": Exists(base.filter(rows, pk=OuterRef("pk"))) for role, rows in reached.items()}
    found = base.filter(pk=document.pk).annotate(**asked).values(*asked).first() or {}
    return frozenset(name.removeprefix("as_") for name, is_held in found.items() if is_held)
