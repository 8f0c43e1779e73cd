"""Changes after the roster date, as far as a user reads the people they are about."""

from django.db.models import QuerySet

from orgs import access, roles
from orgs.models import Person, User
from reviews.models import RosterChange


def visible_to(user: User) -> QuerySet[RosterChange]:
    """The changes about people whose record `user` may read in office (not merely his own)."""
    rows = access.scope("orgs.Person", access.viewer_of(user), needing=roles.READ_PEOPLE)
    people = access.within(Person.objects.all(), rows)
    return RosterChange.objects.filter(person__in=people.values("pk"))


def listed(user: User) -> QuerySet[RosterChange]:
    """The same for a list, the newest first."""
    return visible_to(user).select_related("cycle", "person", "unit", "collective", "made_by__person").order_by("-id")
