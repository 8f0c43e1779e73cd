"""Who prepares for a body: its own officers, and those of the body that advises it."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from orgs import roles
from orgs.models import ManagingAuthority, RoleGrant, User


def officers_of(unit_id: int) -> QuerySet[User]:
    """Active accounts with the part of officer at the unit itself, or at the advisory body right below it."""
    advisers = ManagingAuthority.objects.filter(advisory_unit__parent=unit_id).values("advisory_unit")
    grants = RoleGrant.objects.current(timezone.localdate()).filter(role=roles.OFFICER)
    held = grants.filter(Q(unit=unit_id) | Q(unit__in=advisers))
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("pk")
