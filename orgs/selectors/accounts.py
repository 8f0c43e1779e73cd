"""Accounts and the people who could have one, within reach of an account officer."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from orgs import access, roles
from orgs.access import Viewer
from orgs.models import Appointment, Person, RoleGrant, User

KEEPING = tuple(code for code, role in roles.ROLES.items() if roles.MANAGE_ACCOUNTS in role.rights)


def visible_to(user: User) -> QuerySet[User]:
    """The accounts that `user` keeps: of people posted within his reach today, and of those posted nowhere any more.

    Whoever moved away belongs to the officer of the new place; an administrator's account to administrators alone.
    """
    viewer = access.viewer_of(user)
    rows = access.scope("orgs.User", viewer, needing=roles.MANAGE_ACCOUNTS)
    found = access.within(User.objects.select_related("person"), rows)
    if roles.ADMINISTRATOR in viewer.everywhere:
        return found
    mighty = RoleGrant.objects.current(timezone.localdate()).filter(role=roles.ADMINISTRATOR)
    others = found.exclude(Q(is_superuser=True) | Q(is_staff=True) | Q(pk__in=mighty.values("user")))
    return others.exclude(person__in=_posted_elsewhere(viewer))


def people_in_reach(user: User) -> QuerySet[Person]:
    """The people for whom `user` may make an account, by the same rule."""
    viewer = access.viewer_of(user)
    rows = access.scope("orgs.Person", viewer, needing=roles.MANAGE_ACCOUNTS)
    found = access.within(Person.objects.all(), rows)
    return found if roles.ADMINISTRATOR in viewer.everywhere else found.exclude(pk__in=_posted_elsewhere(viewer))


def people_without_account(user: User) -> QuerySet[Person]:
    """People in the register for whom `user` may make an account and who have none."""
    return people_in_reach(user).filter(account__isnull=True, ended_on__isnull=True)


def _posted_elsewhere(viewer: Viewer) -> QuerySet:
    """Ids of the people who hold posts today, and none within reach."""
    reach = frozenset().union(*(viewer.subtree_of(code) for code in KEEPING))
    posts = Appointment.objects.current(timezone.localdate()).filter(unit__isnull=False)
    here = posts.filter(unit__in=reach).values("person")
    return posts.exclude(person__in=here).values("person")


def accounts_matching(user: User, text: str, status: str) -> QuerySet[User]:
    """The kept accounts, searched by name or username, cut down to `status` (active, inactive, unused)."""
    rows = visible_to(user).order_by("person__sort_key", "username")
    if text:
        people = Person.objects.matching(text)
        rows = rows.filter(person__in=people) | rows.filter(username__iexact=text.strip())
    conditions = {
        "active": {"is_active": True},
        "inactive": {"is_active": False},
        "unused": {"last_login__isnull": True},
    }
    return rows.filter(**conditions.get(status, {}))
