"""Who holds the pen of an answer: the accounts behind bodies and cadres, read for all addressees at once."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone

from criteria.models import Addressee
from orgs import roles
from orgs.models import Appointment, CollectivePart, Membership, RoleGrant, User

WRITERS = (roles.OFFICER, roles.SECRETARY, roles.PARTY_SECRETARY)
PREPARED = "prepared"


class Pens:
    """Active accounts: heads and writers (officers, secretaries) by body, cadres by person; four queries."""

    def __init__(self) -> None:
        today = timezone.localdate()
        accounts = User.objects.filter(is_active=True, person__isnull=False)
        self._by_person: dict[int, int] = dict(accounts.values_list("person_id", "pk"))
        self._heads: dict[int, set[int]] = defaultdict(set)
        self._writers: dict[int, set[int]] = defaultdict(set)
        posts = Appointment.objects.current(today).filter(is_head=True, unit__isnull=False)
        seats = Membership.objects.current(today).filter(part=CollectivePart.HEAD)
        leading = [*posts.values_list("unit_id", "person_id"), *seats.values_list("collective__unit_id", "person_id")]
        for unit, person in leading:
            if user := self._by_person.get(person):
                self._heads[unit].add(user)
        grants = RoleGrant.objects.current(today).filter(role__in=WRITERS, user__is_active=True)
        for user, unit, of_collective in grants.values_list("user_id", "unit_id", "collective__unit_id"):
            self._writers[unit or of_collective].add(user)

    def heads_of(self, addressee: Addressee) -> set[int]:
        """Who sends the answer: the heads of the body, or the cadre himself."""
        if addressee.person_id:
            return self._account_of(addressee.person_id)
        return set(self._heads.get(addressee.unit_id, ()))

    def told(self, addressee: Addressee) -> set[int]:
        """Who learns that the addressee is asked: the heads and all who may prepare the answer."""
        named = {addressee.preparer_id} if addressee.preparer_id else set()
        return self.heads_of(addressee) | set(self._writers.get(addressee.unit_id, ())) | named

    def held(self, addressee: Addressee, *, is_overdue: bool = False) -> set[int]:
        """Who holds the pen now: whom the head named, else the writers of the body, else its heads.

        A prepared answer lies before the heads; after the last day they are among those who are reminded anyhow.
        """
        heads = self.heads_of(addressee)
        if addressee.person_id or addressee.state == PREPARED:
            return heads
        named = {addressee.preparer_id} if addressee.preparer_id else set(self._writers.get(addressee.unit_id, ()))
        return (named | heads) if is_overdue or not named else named

    def without_anyone(self, addressees: Iterable[Addressee]) -> list[Addressee]:
        """The addressees for whom nobody has an account: their answer can come on paper only."""
        return [row for row in addressees if not self.told(row)]

    def _account_of(self, person_id: int) -> set[int]:
        return {self._by_person[person_id]} if person_id in self._by_person else set()
