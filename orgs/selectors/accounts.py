"""Accounts and the people who could have one, within reach of an account officer."""

from django.db.models import QuerySet

from orgs import access, roles
from orgs.models import Person, User


def visible_to(user: User) -> QuerySet[User]:
    """The accounts that `user` keeps."""
    rows = access.scope("orgs.User", access.viewer_of(user), needing=roles.MANAGE_ACCOUNTS)
    return access.within(User.objects.select_related("person"), rows)


def people_without_account(user: User) -> QuerySet[Person]:
    """People in the register for whom `user` may make an account."""
    rows = access.scope("orgs.Person", access.viewer_of(user), needing=roles.MANAGE_ACCOUNTS)
    return access.within(Person.objects.all(), rows).filter(account__isnull=True, ended_on__isnull=True)


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
