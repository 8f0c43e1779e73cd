"""Reminders of the remedies: who is to mend one is told before, on and after its day; afterwards the head as well."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from criteria.selectors.rounds.thresholds import due_threshold, thresholds
from orgs.models import Appointment, CollectivePart, Membership, User
from orgs.services.messages import Letter, tell
from registrations.models import Shortcoming
from registrations.selectors.remedies.remedies import OPEN

RELATED = ("person", "owner", "collective__unit", "unit")


def send_reminders(*, today: date | None = None) -> int:
    """Tell who owes an open remedy, each threshold once for each row and date; answers how many messages are new.

    A person is reminded wherever he works now: the row goes with him.
    """
    day, steps = today or timezone.localdate(), thresholds()
    rows = [
        (row, step)
        for row in Shortcoming.objects.filter(state=OPEN, due_on__isnull=False).select_related(*RELATED)
        if (step := due_threshold((row.due_on - day).days, steps)) is not None
    ]
    told = _Told([row for row, _step in rows], day)
    return tell(letter for row, step in rows for letter in _letters(row, step, told.users(row, day), day))


class _Told:
    """Who owes what: accounts, heads of collectives and of agencies, read once for all rows."""

    def __init__(self, rows: list[Shortcoming], day: date) -> None:
        people = {row.owner_id or row.person_id for row in rows} - {None}
        bodies = {row.collective_id for row in rows if row.collective_id}
        heads = Membership.objects.current(day).filter(collective__in=bodies, part=CollectivePart.HEAD)
        self.heads: dict[int, set[int]] = defaultdict(set)
        for body, person in heads.values_list("collective", "person"):
            self.heads[body].add(person)
        posts = Appointment.objects.current(day).filter(person__in=people, is_main=True)
        self.units: dict[int, int] = dict(posts.filter(unit__isnull=False).values_list("person", "unit"))
        units = {row.unit_id for row in rows if row.unit_id} | set(self.units.values())
        self.chiefs: dict[int, set[int]] = defaultdict(set)
        chiefs = Appointment.objects.current(day).filter(unit__in=units, is_head=True)
        for unit, person in chiefs.values_list("unit", "person"):
            self.chiefs[unit].add(person)
        people = people.union(*self.heads.values(), *self.chiefs.values())
        self.accounts = {user.person_id: user for user in User.objects.filter(person__in=people, is_active=True)}

    def users(self, row: Shortcoming, day: date) -> list[User]:
        """Who mends it; once it is late also the head of the agency where he works."""
        owner = row.owner_id or row.person_id
        people = {owner} if owner else self.heads[row.collective_id] | self.chiefs[row.unit_id]
        if owner and row.due_on < day:
            people = people | self.chiefs[self.units.get(owner)]
        return [self.accounts[person] for person in sorted(people) if person in self.accounts]


def _letters(row: Shortcoming, step: int, users: list[User], day: date) -> Iterator[Letter]:
    left = (row.due_on - day).days
    if left > 0:
        when = ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}
    elif left == 0:
        when = _("today is the last day")
    else:
        when = ngettext("%(n)s day late", "%(n)s days late", -left) % {"n": -left}
    subject = _("To be mended, %(about)s: %(when)s") % {"about": row.subject, "when": when}
    url = reverse("registrations:remedy_detail", args=[row.uuid])
    key = f"remedy:{row.uuid}:{row.due_on:%Y%m%d}:{step}"
    for user in users:
        yield Letter(user, subject, key, row.text[:200], url, due_on=row.due_on)
