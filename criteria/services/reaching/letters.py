"""To whom a letter to a body goes inside the system: the accounts of those who lead it, or carry its pen."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils import timezone

from orgs import roles
from orgs.models import Appointment, CollectivePart, Membership, RoleGrant, Unit, User


def accounts_leading(bodies: QuerySet[Unit]) -> QuerySet[User]:
    """The active accounts of the heads of `bodies` today: head of the agency, or of a collective of the body."""
    today, ids = timezone.localdate(), bodies.order_by().values("pk")
    posts = Appointment.objects.current(today).filter(unit__in=ids, is_head=True)
    seats = Membership.objects.current(today).filter(collective__unit__in=ids, part=CollectivePart.HEAD)
    found = Q(person__in=posts.values("person")) | Q(person__in=seats.values("person"))
    return User.objects.filter(found, is_active=True).order_by("pk")


def accounts_by_body(unit_ids: Collection[int]) -> dict[int, list[User]]:
    """For each unit the active accounts of its heads and of the officers of the agency itself; four queries."""
    today = timezone.localdate()
    posts = Appointment.objects.current(today).filter(unit__in=unit_ids, is_head=True)
    seats = Membership.objects.current(today).filter(collective__unit__in=unit_ids, part=CollectivePart.HEAD)
    officers = RoleGrant.objects.current(today).filter(role=roles.OFFICER, unit__in=unit_ids)
    people = {*posts.values_list("unit", "person"), *seats.values_list("collective__unit", "person")}
    granted = set(officers.values_list("unit", "user"))
    wanted = Q(person__in=[person for _unit, person in people]) | Q(pk__in=[user for _unit, user in granted])
    found: dict[int, list[User]] = {}
    for user in User.objects.filter(wanted, is_active=True).order_by("pk"):
        for unit in unit_ids:
            if (unit, user.person_id) in people or (unit, user.pk) in granted:
                found.setdefault(unit, []).append(user)
    return found
