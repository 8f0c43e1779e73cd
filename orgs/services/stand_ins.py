"""In whose place an act was done: asked only where somebody stands in for an absent one."""

import re
from collections.abc import Collection

from django.apps import apps
from django.utils import timezone

from orgs import access, roles
from orgs.access import Viewer
from orgs.models import StandIn, User

UUID_TEXT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def absent_behind(actor: User, *, object_type: str, object_id: str, by: Collection[str]) -> tuple[str, ...]:
    """The absent through whose offices alone `actor` reached the act; empty where his own offices reach it.

    `by` holds the role codes that the act is open to. For an act that names none, the offices that reach the object
    count: the absent is named as soon as one of them is not the actor's own.
    """
    viewer = access.viewer_of(actor)
    if viewer.alone is None:
        return ()
    own, whole = (_held(row, object_type, object_id, by) for row in (viewer.alone, viewer))
    reaches_itself = bool(own) if by and _reaches_of(object_type, object_id) else own >= whole
    if reaches_itself:
        return ()
    rows = StandIn.objects.current(timezone.localdate()).filter(substitute=actor, absent__is_active=True)
    people = [row.absent for row in rows.select_related("absent__person").order_by("absent")]
    through = [user for user in people if _held(_office_of(user), object_type, object_id, by) - own - {roles.SUBJECT}]
    return tuple(str(user) for user in through) or viewer.acting_for


def _office_of(absent: User) -> Viewer:
    """What the absent holds himself: nobody stands in through a stand-in."""
    viewer = access.viewer_of(absent)
    return viewer.alone or viewer


def _reaches_of(object_type: str, object_id: str) -> dict[str, access.Reach]:
    """The registered reaches; none for what is no single record, such as the digest of an imported workbook."""
    return access.REACHES.get(object_type, {}) if UUID_TEXT.fullmatch(object_id) else {}


def _held(viewer: Viewer, object_type: str, object_id: str, by: Collection[str]) -> frozenset[object]:
    """The roles (of `by`, or all) in which `viewer` reaches the object; where none are registered, his offices."""
    if reaches := _reaches_of(object_type, object_id):
        rows = apps.get_model(object_type)._base_manager.filter(uuid=object_id)
        asked = {role: access.reach_of(object_type, role, viewer) for role in reaches if not by or role in by}
        return frozenset(role for role, found in asked.items() if found is not None and rows.filter(found).exists())
    held = [*viewer.collectives.items(), *viewer.units.items(), *((role, (None,)) for role in viewer.everywhere)]
    return frozenset((role, place) for role, places in held for place in places if not by or role in by)
