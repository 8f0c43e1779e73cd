"""What is stuck: every wait of a work, for whom, since when, in how many days; the longest first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from orgs.models import Unit
from orgs.selectors.successions import SuccessionBook
from registrations.models import Obstacle, SupportRequest, Work
from registrations.selectors.works import works

OBSTACLE, REQUEST, CHANGE, REPORT = "obstacle", "request", "change", "report"
SHOWN = (
    "uuid", "name", "registration__unit_name", "registration__person__full_name", "registration__collective__name",
)  # fmt: skip


class Wait(NamedTuple):
    """One wait: of which kind, which row it is, of which work, for which body (None: nobody is named), since when."""

    kind: str
    pk: int
    work_id: int
    body: Unit | None
    since: date
    due_on: date | None = None

    def days(self, today: date) -> int:
        """How many days it has lasted."""
        return max((today - self.since).days, 0)


@dataclass(frozen=True)
class StuckRow:
    """A wait as a page or paper shows it."""

    wait: Wait
    work: Work
    text: str
    days: int
    is_overdue: bool

    @property
    def body(self) -> Unit | None:
        """For whom."""
        return self.wait.body


@dataclass(frozen=True)
class BodyRow:
    """How much waits for one body (None: nobody is named), and how long the longest."""

    body: Unit | None
    count: int
    longest: int


def waits_of(rows: QuerySet[Work]) -> list[Wait]:
    """Every wait of `rows`, the longest first; four queries for any number, a fifth where a body is abolished.

    A change and a reported outcome wait for the receiving body; an obstacle and a request for whom they name. Where
    that body is abolished, they wait for the one in which it goes on.
    """
    ids = rows.order_by().values("pk")
    obstacles = Obstacle.objects.filter(work__in=ids, solved_on=None).order_by()
    requests = SupportRequest.objects.filter(work__in=ids, state=works.OPEN_REQUEST).order_by()
    received = rows.filter(state__in=(works.CHANGE_ASKED, *works.REPORTED)).order_by()
    # Asked once, not for each of thousands of moments.
    zone = timezone.get_current_timezone()
    found = [
        (OBSTACLE, pk, work, body, since, None)
        for pk, work, body, since in obstacles.values_list("pk", "work_id", "waits_for_id", "found_on")
    ]
    found += [
        (REQUEST, pk, work, body, since.astimezone(zone).date() if since else due, due)
        for pk, work, body, since, due in requests.values_list("pk", "work_id", "body_id", "opened_at", "due_on")
    ]
    found += [
        (CHANGE if state == works.CHANGE_ASKED else REPORT, pk, pk, body, since.astimezone(zone).date(), None)
        for pk, state, body, since in received.values_list(
            "pk", "state", "registration__receiving_unit_id", "state_since"
        )
    ]
    bodies = _bodies({row[3] for row in found} - {None})
    waits = [Wait(kind, pk, work, bodies.get(body), *days) for kind, pk, work, body, *days in found]
    return sorted(waits, key=attrgetter("since", "kind", "pk"))


def _bodies(ids: set[int]) -> dict[int, Unit]:
    """The bodies, one that is abolished replaced by the one in which it goes on."""
    today, found = timezone.localdate(), Unit.objects.without_tree_fields().in_bulk(ids)
    if not any(body.ended_on and body.ended_on <= today for body in found.values()):
        return found
    book = SuccessionBook(today)
    return {pk: book.heirs_of(body)[-1] for pk, body in found.items()}


def bodies_of(waits: Iterable[Wait]) -> list[Unit]:
    """Every body for which something waits, by name."""
    found = {wait.body.pk: wait.body for wait in waits if wait.body}
    return sorted(found.values(), key=lambda body: (body.sort_key, body.code))


def waiting_for(waits: Iterable[Wait], body: Unit | None) -> list[Wait]:
    """Those for one body; all of them without one."""
    return [wait for wait in waits if body is None or (wait.body and wait.body.pk == body.pk)]


def rows_of(waits: list[Wait]) -> list[StuckRow]:
    """`waits` with their work and words; three queries for any number."""
    today = timezone.localdate()
    rows = Work.objects.select_related("registration__person", "registration__collective").only(*SHOWN)
    found = rows.in_bulk({wait.work_id for wait in waits})
    words = _words(waits)
    return [
        StuckRow(
            wait,
            found[wait.work_id],
            words.get((wait.kind, wait.pk), ""),
            wait.days(today),
            wait.due_on is not None and wait.due_on < today,
        )
        for wait in waits
    ]


def _words(waits: list[Wait]) -> dict[tuple[str, int], str]:
    ids: dict[str, set[int]] = defaultdict(set)
    for wait in waits:
        ids[wait.kind].add(wait.pk)
    obstacles = Obstacle.objects.filter(pk__in=ids[OBSTACLE]).values_list("pk", "text")
    requests = SupportRequest.objects.filter(pk__in=ids[REQUEST]).values_list("pk", "text")
    return {(OBSTACLE, pk): text for pk, text in obstacles} | {(REQUEST, pk): text for pk, text in requests}


def by_body(waits: list[Wait]) -> list[BodyRow]:
    """How much waits for whom, the most first."""
    today = timezone.localdate()
    bodies = {wait.body.pk: wait.body for wait in waits if wait.body}
    days: dict[int | None, list[int]] = defaultdict(list)
    for wait in waits:
        days[wait.body and wait.body.pk].append(wait.days(today))
    rows = [BodyRow(bodies.get(pk), len(found), max(found)) for pk, found in days.items()]
    return sorted(rows, key=lambda row: (-row.count, -row.longest, row.body.name if row.body else ""))
