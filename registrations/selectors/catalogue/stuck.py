"""What is stuck: every wait of a work, for whom, since when, in how many days; the longest first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from orgs.models import Unit
from orgs.selectors.successions import SuccessionBook
from registrations.models import Obstacle, SupportRequest, Work
from registrations.selectors.works import works

OBSTACLE, REQUEST, CHANGE, REPORT = "obstacle", "request", "change", "report"


@dataclass(frozen=True)
class Wait:
    """One wait: of which kind, which row it is, of which work, for which body (None: nobody is named), since when."""

    kind: str
    pk: int
    work_id: int
    body_id: int | None
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
    body: Unit | None
    text: str
    days: int
    is_overdue: bool


@dataclass(frozen=True)
class BodyRow:
    """How much waits for one body (None: nobody is named), and how long the longest."""

    body: Unit | None
    count: int
    longest: int


def waits_of(rows: QuerySet[Work]) -> list[Wait]:
    """Every wait of `rows`, the longest first; four queries for any number.

    A change and a reported outcome wait for the receiving body; an obstacle and a request for whom they name. Where
    that body is abolished, they wait for the one in which it goes on.
    """
    ids = rows.order_by().values("pk")
    obstacles = Obstacle.objects.filter(work__in=ids, solved_on=None).order_by()
    requests = SupportRequest.objects.filter(work__in=ids, state=works.OPEN_REQUEST).order_by()
    received = rows.filter(state__in=(works.CHANGE_ASKED, *works.REPORTED)).order_by()
    found = [
        Wait(OBSTACLE, pk, work, body, since)
        for pk, work, body, since in obstacles.values_list("pk", "work_id", "waits_for_id", "found_on")
    ]
    found += [
        Wait(REQUEST, pk, work, body, _day(since, due), due)
        for pk, work, body, since, due in requests.values_list("pk", "work_id", "body_id", "opened_at", "due_on")
    ]
    found += [
        Wait(CHANGE if state == works.CHANGE_ASKED else REPORT, pk, pk, body, timezone.localdate(since))
        for pk, state, body, since in received.values_list(
            "pk", "state", "registration__receiving_unit_id", "state_since"
        )
    ]
    return sorted(_with_heirs(found), key=lambda wait: (wait.since, wait.kind, wait.pk))


def _with_heirs(waits: list[Wait]) -> list[Wait]:
    book = SuccessionBook(timezone.localdate())
    moved = {pk: way[-1].successor_id for wait in waits if (pk := wait.body_id) and (way := book.way_of(pk))}
    return [replace(wait, body_id=moved[wait.body_id]) if wait.body_id in moved else wait for wait in waits]


def _day(moment: datetime | None, otherwise: date) -> date:
    return timezone.localdate(moment) if moment else otherwise


def bodies_of(waits: Iterable[Wait]) -> QuerySet[Unit]:
    """Every body for which something waits, by name."""
    ids = {wait.body_id for wait in waits} - {None}
    return Unit.objects.without_tree_fields().filter(pk__in=ids).order_by("sort_key", "code")


def waiting_for(waits: Iterable[Wait], body_id: int | None) -> list[Wait]:
    """Those for one body; all of them without one."""
    return [wait for wait in waits if body_id is None or wait.body_id == body_id]


def rows_of(waits: list[Wait]) -> list[StuckRow]:
    """`waits` with their work, body and words; four queries for any number."""
    today = timezone.localdate()
    found = Work.objects.select_related(*works.RELATED).in_bulk({wait.work_id for wait in waits})
    bodies = _bodies({wait.body_id for wait in waits} - {None})
    words = _words(waits)
    return [
        StuckRow(
            wait,
            found[wait.work_id],
            bodies.get(wait.body_id),
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


def _bodies(ids: set[int]) -> dict[int, Unit]:
    return Unit.objects.without_tree_fields().in_bulk(ids)


def by_body(waits: list[Wait]) -> list[BodyRow]:
    """How much waits for whom, the most first; one query."""
    today = timezone.localdate()
    found: dict[int | None, list[int]] = defaultdict(list)
    for wait in waits:
        found[wait.body_id].append(wait.days(today))
    bodies = _bodies(set(found) - {None})
    rows = [BodyRow(bodies.get(pk), len(days), max(days)) for pk, days in found.items()]
    return sorted(rows, key=lambda row: (-row.count, -row.longest, row.body.name if row.body else ""))
