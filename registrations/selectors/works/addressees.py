"""Whose accounts are told about registered work."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from orgs import roles
from orgs.models import Appointment, CollectivePart, ManagingAuthority, Membership, RoleGrant, Unit, User
from orgs.selectors.successions import SuccessionBook
from registrations.models import Registration


def writers_of(registration: Registration) -> QuerySet[User]:
    """The person's own account; for a collective those of its head and its secretary."""
    active = User.objects.filter(is_active=True)
    if registration.person_id:
        return active.filter(person=registration.person_id)
    today, collective = timezone.localdate(), registration.collective_id
    heads = Membership.objects.current(today).filter(collective=collective, part=CollectivePart.HEAD)
    grants = RoleGrant.objects.current(today).filter(collective=collective, role=roles.SECRETARY)
    return active.filter(Q(person__in=heads.values("person")) | Q(pk__in=grants.values("user")))


def receivers_of(registration: Registration) -> QuerySet[User]:
    """The officers of the receiving body, but for the person himself."""
    grants = RoleGrant.objects.current(timezone.localdate()).filter(
        unit=registration.receiving_unit_id, role=roles.OFFICER
    )
    rows = User.objects.filter(is_active=True, pk__in=grants.values("user"))
    return rows.exclude(person__isnull=False, person=registration.person_id)


def answerers_of(body: Unit) -> QuerySet[User]:
    """Who answers for a body: its head, the head of its collective, its officers and secretaries.

    A body without any is answered for by the officers of the advisory bodies below it; one that is abolished by who
    answers for those in which it goes on.
    """
    today = timezone.localdate()
    bodies = SuccessionBook(today).heirs_of(body)
    posts = Appointment.objects.current(today).filter(unit__in=bodies, is_head=True)
    seats = Membership.objects.current(today).filter(collective__unit__in=bodies, part=CollectivePart.HEAD)
    advisers = ManagingAuthority.objects.filter(advisory_unit__isnull=False).values("advisory_unit")
    grants = RoleGrant.objects.current(today).filter(
        Q(unit__in=bodies, role=roles.OFFICER)
        | Q(collective__unit__in=bodies, role__in=(roles.SECRETARY, roles.PARTY_SECRETARY))
        | Q(unit__parent__in=bodies, unit__in=advisers, role=roles.OFFICER)
    )
    found = Q(person__in=posts.values("person")) | Q(person__in=seats.values("person"))
    return User.objects.filter(is_active=True).filter(found | Q(pk__in=grants.values("user")))
