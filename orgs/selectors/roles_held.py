"""The roles in which a user reaches a record, read together with the record itself."""

from django.db.models import Exists, Model, OuterRef, QuerySet

from orgs import access
from orgs.models import User

MARK = "reached_as_"


def with_roles(rows: QuerySet, user: User) -> QuerySet:
    """`rows`, each carrying what `access.roles_on` would answer for it; read it with `roles_held`.

    For pages that show one record: the record and the roles on it come in one query.
    """
    label, viewer = rows.model._meta.label, access.viewer_of(user)
    base, marks = rows.model._meta.base_manager, {}
    for role in access.REACHES.get(label, {}):
        reached = access.reach_of(label, role, viewer)
        if reached is not None:
            marks[f"{MARK}{role}"] = Exists(base.filter(reached, pk=OuterRef("pk")))
    return rows.annotate(**marks)


def roles_held(record: Model) -> frozenset[str]:
    """The codes of the roles that `with_roles` read along with the record."""
    found = vars(record).items()
    return frozenset(name.removeprefix(MARK) for name, is_held in found if name.startswith(MARK) and is_held)
