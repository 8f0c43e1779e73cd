"""Who holds the next step of each waiting document, read for all documents at once: the inverse of the reaches."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from criteria.models import Cycle
from orgs import roles
from orgs.models import Appointment, CollectivePart, Membership, RoleGrant, User
from orgs.workflow import WORKFLOWS, Workflow
from reviews.models import Meeting, Prompt, Rating, Review
from reviews.selectors.pens import ASIDE

PERSON, COLLECTIVE, UNIT = "person", "collective", "unit"


@dataclass(frozen=True)
class Noun:
    """A kind of document: where its unit stands, and for each role the place (kind, path) that names its holders."""

    model: type
    workflow: str
    unit_path: str
    holders: dict[str, tuple[str, str]]


VENUE = (COLLECTIVE, "venues__collective_id")
NOUNS = (
    Noun(
        Review,
        "review",
        "unit_id",
        {
            roles.SUBJECT: (PERSON, "person_id"),
            roles.AUTHOR: (COLLECTIVE, "collective_id"),
            roles.HEAD: VENUE,
            roles.SECRETARY: VENUE,
            roles.PARTY_SECRETARY: VENUE,
        },
    ),
    Noun(
        Rating,
        "rating",
        "review__unit_id",
        {
            roles.HEAD: (COLLECTIVE, "proposing_collective_id"),
            roles.SECRETARY: (COLLECTIVE, "proposing_collective_id"),
            roles.PARTY_SECRETARY: (COLLECTIVE, "proposing_collective_id"),
            roles.UNIT_HEAD: (UNIT, "proposing_unit_id"),
            roles.OFFICER: (UNIT, "appraising_unit_id"),
            roles.CONFIRMER: (COLLECTIVE, "deciding_collective_id"),
        },
    ),
    Noun(
        Prompt,
        "prompt",
        "review__unit_id",
        {
            roles.SUBJECT: (PERSON, "review__person_id"),
            roles.AUTHOR: (COLLECTIVE, "review__collective_id"),
            roles.OFFICER: (UNIT, "advisory_unit_id"),
        },
    ),
    Noun(
        Meeting,
        "meeting",
        "collective__unit_id",
        dict.fromkeys((roles.HEAD, roles.SECRETARY, roles.PARTY_SECRETARY), (COLLECTIVE, "collective_id")),
    ),
)


@dataclass(frozen=True)
class Waiting:
    """One document that waits at a step for some accounts."""

    step: str
    unit_id: int | None
    users: frozenset[int]


def waiting_in(cycle: Cycle) -> Iterable[Waiting]:
    """Every document of the cycle in a state that has a deadline, with the active accounts that hold its next step."""
    accounts = _Accounts()
    for noun in NOUNS:
        flow = WORKFLOWS[noun.workflow]
        for state in flow.states:
            holders = {role: noun.holders[role] for role in _movers(flow, state.name) if role in noun.holders}
            if state.due and holders:
                yield from _waiting(
                    noun, noun.model.objects.filter(cycle=cycle, state=state.name), state.due, holders, accounts
                )


def _movers(flow: Workflow, state: str) -> frozenset[str]:
    rows = [row.by for row in flow.leaving(state) if row.name not in ASIDE]
    return frozenset().union(*rows)


def _waiting(
    noun: Noun, rows: QuerySet, step: str, holders: dict[str, tuple[str, str]], accounts: "_Accounts"
) -> Iterable[Waiting]:
    users: dict[int, set[int]] = defaultdict(set)
    for role, (kind, path) in holders.items():
        for pk, place in rows.order_by().values_list("pk", path):
            users[pk] |= accounts.of(role, kind, place)
    for pk, unit_id in rows.order_by().values_list("pk", noun.unit_path):
        if users[pk]:
            yield Waiting(step, unit_id, frozenset(users[pk]))


class _Accounts:
    """Active accounts by person, by role in a collective, by role over a unit; three queries."""

    def __init__(self) -> None:
        today = timezone.localdate()
        active = User.objects.filter(is_active=True, person__isnull=False)
        self.by_person = dict(active.values_list("person_id", "pk"))
        self.found: dict[tuple[str, str, int], set[int]] = defaultdict(set)
        heads = Membership.objects.current(today).filter(part=CollectivePart.HEAD)
        for collective, person in heads.values_list("collective_id", "person_id"):
            if user := self.by_person.get(person):
                self.found[roles.HEAD, COLLECTIVE, collective].add(user)
                self.found[roles.AUTHOR, COLLECTIVE, collective].add(user)
        leaders = Appointment.objects.current(today).filter(is_head=True, unit__isnull=False)
        for unit, person in leaders.values_list("unit_id", "person_id"):
            if user := self.by_person.get(person):
                self.found[roles.UNIT_HEAD, UNIT, unit].add(user)
        grants = RoleGrant.objects.current(today).filter(user__is_active=True)
        for role, user, unit, collective in grants.values_list("role", "user_id", "unit_id", "collective_id"):
            kind, place = (COLLECTIVE, collective) if collective else (UNIT, unit)
            self.found[role, kind, place].add(user)
            if role == roles.SECRETARY:
                self.found[roles.AUTHOR, COLLECTIVE, collective].add(user)

    def of(self, role: str, kind: str, place: int | None) -> set[int]:
        """The accounts that hold `role` at a place."""
        if kind == PERSON:
            return {self.by_person[place]} if place in self.by_person else set()
        return self.found.get((role, kind, place), set())
