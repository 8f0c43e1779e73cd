"""Who holds today the roles without which a step cannot be taken: by collective or unit, over active accounts."""

from django.utils import timezone

from orgs import roles
from orgs.models import RoleGrant, User

WRITES_MINUTES = (roles.SECRETARY, roles.PARTY_SECRETARY)


class Holders:
    """Read in two queries. `recorders` and `confirmers` give the accounts by the id of the collective."""

    def __init__(self) -> None:
        self.with_account = set(
            User.objects.filter(is_active=True, person__isnull=False).values_list("person_id", flat=True)
        )
        self.secretaries: set[int] = set()
        self.officers: set[int] = set()
        self.recorders: dict[int, set[int]] = {}
        self.confirmers: dict[int, set[int]] = {}
        rows = RoleGrant.objects.current(timezone.localdate()).filter(user__is_active=True)
        for role, user, unit, collective in rows.values_list("role", "user_id", "unit_id", "collective_id"):
            if role in WRITES_MINUTES and collective:
                self.secretaries.add(collective)
            elif role == roles.OFFICER and unit:
                self.officers.add(unit)
            elif role == roles.RECORDER and collective:
                self.recorders.setdefault(collective, set()).add(user)
            elif role == roles.CONFIRMER and collective:
                self.confirmers.setdefault(collective, set()).add(user)
