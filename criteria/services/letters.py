"""To whom a letter to a body goes inside the system: the accounts of those who lead it, or carry its pen."""

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


def accounts_answering(bodies: QuerySet[Unit]) -> QuerySet[User]:
    """The heads of `bodies`, and the officers of the agencies themselves."""
    officers = RoleGrant.objects.current(timezone.localdate()).filter(
        role=roles.OFFICER, unit__in=bodies.order_by().values("pk")
    )
    leading = accounts_leading(bodies).order_by().values("pk")
    return User.objects.filter(Q(pk__in=leading) | Q(pk__in=officers.values("user")), is_active=True).order_by("pk")
