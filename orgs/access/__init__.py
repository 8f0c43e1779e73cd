"""Who reaches what today: dated grants, appointments and stand-ins turned into one `Q` per noun.

Each app registers, for each of its nouns, how a role reaches it. Lists, details, exports and the acts on one
object are all answered from these same queries, so they cannot disagree.
"""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from orgs import roles
from orgs.access.viewer import Viewer, viewer_of
from orgs.models import User
from orgs.workflow import Workflow, workflows_of

Reach = Callable[[Viewer], Q | None]
REACHES: dict[str, dict[str, Reach]] = {}
NOTHING = Q(pk__in=[])


def register_reach(label: str, role: str, reach: Reach) -> None:
    """Say how `role` reaches the noun `label` ("reviews.Review"); one entry for each pair."""
    REACHES.setdefault(label, {})[role] = reach


def reach_of(label: str, role: str, viewer: Viewer) -> Q | None:
    """The rows of `label` that `viewer` reaches in `role`; None when it reaches none."""
    reach = REACHES.get(label, {}).get(role)
    is_held = role in viewer.roles or roles.ROLES[role].held_by == roles.NAMED
    return reach(viewer) if reach and is_held else None


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
    for flow in workflows_of(label):
        for rows, states in _readable(flow, label, viewer):
            total |= rows & Q(workflow_name=flow.name, state__in=states)
    return total


def _readable(flow: Workflow, label: str, viewer: Viewer) -> list[tuple[Q, frozenset[str]]]:
    """What is reached and the states in which it is read; reaches with the same states come as one."""
    states_of: dict[int, tuple[Q, set[str]]] = {}
    for role in REACHES.get(label, {}):
        rows, states = reach_of(label, role, viewer), flow.readable_by(role)
        if rows is not None and states:
            states_of.setdefault(id(rows), (rows, set()))[1].update(states)
    found: dict[frozenset[str], Q] = {}
    for rows, states in states_of.values():
        found[frozenset(states)] = found.get(frozenset(states), NOTHING) | rows
    return [(rows, states) for states, rows in found.items()]


def along(path: str, rows: Q) -> Q:
    """`rows`, as a condition on what leads to them by the foreign keys of `path` ("registration__"): a join, where a
    list of ids would be made of all rows first. For reaches whose conditions are plain look-ups.
    """
    children = [along(path, row) if isinstance(row, Q) else (f"{path}{row[0]}", row[1]) for row in rows.children]
    return Q(*children, _connector=rows.connector, _negated=rows.negated)


def within(queryset: QuerySet, rows: Q) -> QuerySet:
    """`queryset` cut down to `rows`, each once, whatever joins `rows` needs."""
    return queryset.filter(pk__in=queryset.model._base_manager.filter(rows).values("pk"))


def roles_on(
    user: User | AnonymousUser, document: Model, *, among: frozenset[str] | None = None, fresh: bool = False
) -> frozenset[str]:
    """The role codes (those `among` some, or all) in which `user` reaches this very object, from the same queries as
    the lists; one query, none where a role is not held at all.
    """
    label = document._meta.label
    viewer = viewer_of(user, fresh=fresh)
    asked = [role for role in REACHES.get(label, {}) if among is None or role in among]
    reached = {role: rows for role in asked if (rows := reach_of(label, role, viewer)) is not None}
    if not reached:
        return frozenset()
    base = document._meta.base_manager
    answers = {f"as_{role}": Exists(base.filter(rows, pk=OuterRef("pk"))) for role, rows in reached.items()}
    found = base.filter(pk=document.pk).annotate(**answers).values(*answers).first() or {}
    return frozenset(name.removeprefix("as_") for name, is_held in found.items() if is_held)
