"""Granted roles: which an account officer sees, which he may grant, where, and which he may end."""

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from orgs import access, roles
from orgs.models import Collective, Person, RoleGrant, StandIn, Unit, User

PRESENT, PAST = "present", "past"


def visible_to(user: User) -> QuerySet[RoleGrant]:
    """The grants over units and collectives whose accounts `user` keeps."""
    rows = access.scope("orgs.RoleGrant", access.viewer_of(user), needing=roles.MANAGE_ACCOUNTS)
    return access.within(RoleGrant.objects.all(), rows)


def listed(user: User, *, text: str = "", role: str = "", status: str = PRESENT) -> QuerySet[RoleGrant]:
    """The visible grants, searched by person, username or document, those in force or to come, or the past ones."""
    rows = visible_to(user).select_related("user__person", "unit", "collective")
    if text:
        people = Person.objects.matching(text).values("pk")
        rows = rows.filter(
            Q(user__person__in=people) | Q(user__username__iexact=text.strip()) | Q(document__icontains=text.strip())
        )
    if role:
        rows = rows.filter(role=role)
    ended = Q(ended_on__lte=timezone.localdate())
    if status in (PRESENT, PAST):
        rows = rows.filter(ended if status == PAST else ~Q(pk__in=RoleGrant.objects.filter(ended).values("pk")))
    return rows.order_by("user__person__sort_key", "user__username", "id")


def roles_granted_by(user: User) -> list[roles.Role]:
    """The roles that `user` may grant to somebody somewhere, in the order of the table."""
    held = access.viewer_of(user).roles
    allowed = frozenset().union(*(roles.ROLES[code].grants for code in held))
    return [role for role in roles.granted_roles() if role.code in allowed]


def units_for(user: User, role: str = "") -> QuerySet[Unit]:
    """The present units over which `user` may grant `role` (any role of a unit when empty)."""
    rows = Unit.objects.without_tree_fields().current(timezone.localdate())
    return rows.filter(_places(user, "orgs.Unit", role)).order_by("sort_key")


def collectives_for(user: User, role: str = "") -> QuerySet[Collective]:
    """The present collectives in which `user` may grant `role` (any role of a collective when empty)."""
    rows = Collective.objects.current(timezone.localdate())
    return rows.filter(_places(user, "orgs.Collective", role)).order_by("name", "id")


def may_grant(user: User, role: str, place: Model | None) -> bool:
    """Whether a role of today lets `user` grant `role` over `place` (None: everywhere)."""
    viewer = access.viewer_of(user)
    if place is None:
        return any(role in roles.ROLES[code].grants for code in viewer.everywhere)
    return type(place)._base_manager.filter(_places(user, place._meta.label, role), pk=place.pk).exists()


def endable_by(user: User) -> QuerySet[RoleGrant]:
    """The grants without an end that `user` may end: of a role that he may grant, there, and never his own."""
    viewer = access.viewer_of(user)
    rows = access.NOTHING
    for code in viewer.roles:
        reached = access.reach_of("orgs.RoleGrant", code, viewer)
        if reached is not None and roles.ROLES[code].grants:
            rows |= reached & Q(role__in=roles.ROLES[code].grants)
    return access.within(RoleGrant.objects.all(), rows).filter(ended_on=None).exclude(user__in=himself(user))


def himself(user: User) -> QuerySet[User]:
    """The account and those whose offices it holds today: nobody grants a role to himself through a stand-in."""
    absent = StandIn.objects.current(timezone.localdate()).filter(substitute=user)
    return User.objects.filter(Q(pk=user.pk) | Q(pk__in=absent.values("absent")))


def _places(user: User, label: str, role: str) -> Q:
    viewer = access.viewer_of(user)
    total = access.NOTHING
    for code in viewer.roles:
        grants = roles.ROLES[code].grants
        if not grants or (role and role not in grants):
            continue
        reached = access.reach_of(label, code, viewer)
        total = total if reached is None else total | reached
    return total
