"""Who prepares for a body: its own officers, and those of the body that advises it."""

from collections import defaultdict
from collections.abc import Collection

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


def officers_by_body(unit_ids: Collection[int]) -> dict[int, set[int]]:
    """The same for many units at once: ids of the accounts by id of the unit; two queries."""
    advisers = ManagingAuthority.objects.filter(advisory_unit__parent__in=unit_ids)
    advised = dict(advisers.values_list("advisory_unit", "advisory_unit__parent"))
    grants = RoleGrant.objects.current(timezone.localdate()).filter(role=roles.OFFICER, user__is_active=True)
    found: dict[int, set[int]] = defaultdict(set)
    for unit, user in grants.filter(unit__in={*unit_ids, *advised}).values_list("unit", "user"):
        for body in {unit, advised.get(unit)} & set(unit_ids):
            found[body].add(user)
    return dict(found)
