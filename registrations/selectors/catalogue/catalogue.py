"""The catalogue of registered works (letter 2026-CV/TU, 2): who opens it, its rows by the filters of the address."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, When
from django.utils import timezone

from criteria.selectors.plain_tree import PlainTree
from orgs import access, roles
from orgs.models import Unit, User
from orgs.models.names import fold
from registrations.models import Obstacle, Registration, Work, WorkKind
from registrations.selectors.works import registrations, works

OPEN, NONE = "open", "none"
BODY = ("pk", "uuid", "name")
RELATED = (*works.RELATED, "registration__receiving_unit", "registration__receiving_collective")


class Body(NamedTuple):
    """A body as a choice: of a hundred of them only this is read."""

    pk: int
    uuid: UUID
    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Asked:
    """What the address asks for; empty fields ask nothing. Days are those on which a work is to be finished.

    `unit` is a place of work with all below it. For whom a work waits, the list of what is stuck says.
    """

    q: str = ""
    year: int | None = None
    kind: str = ""
    field: str = ""
    state: str = ""
    unit: Unit | Body | None = None
    since: date | None = None
    until: date | None = None
    obstacle: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class Totals:
    """How many works there are, of each part, and how far they are."""

    total: int
    hard: int
    new: int
    running: int
    reported: int
    verified: int
    obstructed: int
    late: int


def may_open(user: User) -> bool:
    """Whether `user` receives, follows, inspects or decides about registrations of others."""
    return roles.READ_SUMMARIES in access.viewer_of(user).rights


def may_propose(user: User) -> bool:
    """Whether `user` keeps a catalogue and prepares frameworks, so that a work of it becomes a criterion."""
    return may_open(user) and bool(access.viewer_of(user).roles & {roles.OFFICER, roles.ADMINISTRATOR})


def entered_for(user: User) -> QuerySet[Work]:
    """Every work in the catalogue that `user` may read, whatever became of it."""
    return works.entered(works.visible_to(user)).select_related(*RELATED)


def listed(user: User, asked: Asked) -> QuerySet[Work]:
    """The rows of the catalogue in the order of place of work, person and form."""
    return in_order(filtered(entered_for(user), asked))


def in_order(rows: QuerySet[Work]) -> QuerySet[Work]:
    """By place of work, then by who registered, then as the form has them."""
    return rows.order_by(
        "registration__unit__sort_key", "registration__unit_id", "registration__person__sort_key",
        "registration_id", "kind", "order", "id",
    )  # fmt: skip


def filtered(rows: QuerySet[Work], asked: Asked) -> QuerySet[Work]:
    """`rows` as far as the address asks for them."""
    if asked.q:
        text = fold(asked.q)
        rows = rows.filter(
            Q(name__icontains=asked.q)
            | Q(registration__person__search__contains=text)
            | Q(registration__unit__search__contains=text)
        )
    plain = {"registration__year": asked.year, "kind": asked.kind, "field": asked.field, "state": asked.state}
    plain |= {"finishes_on__gte": asked.since, "finishes_on__lte": asked.until}
    rows = rows.filter(**{name: value for name, value in plain.items() if value})
    if asked.unit:
        rows = rows.filter(registration__unit__in=PlainTree().subtree([asked.unit.pk]))
    return _obstructed(_late(rows) if asked.is_late else rows, asked)


def _late(rows: QuerySet[Work]) -> QuerySet[Work]:
    return rows.filter(state__in=works.RUNNING, finishes_on__lt=timezone.localdate())


def _obstructed(rows: QuerySet[Work], asked: Asked) -> QuerySet[Work]:
    if not asked.obstacle:
        return rows
    standing = Obstacle.objects.filter(work=OuterRef("pk"), solved_on=None)
    return rows.filter(Exists(standing) if asked.obstacle == OPEN else ~Exists(standing))


def with_obstacles(rows: QuerySet[Work]) -> QuerySet[Work]:
    """`rows`, each with `standing`, its unsolved obstacles and for whom they wait."""
    open_rows = Obstacle.objects.filter(solved_on=None).select_related("waits_for").order_by("found_on", "id")
    open_rows = open_rows.only("work_id", "text", "waits_for__name")
    return rows.prefetch_related(Prefetch("obstacles", open_rows, to_attr="standing"))


def totals_of(rows: QuerySet[Work]) -> Totals:
    """The figures of `rows`, in one query: how many works share part, state, lateness and obstacle, then summed up."""
    standing = Obstacle.objects.filter(work=OuterRef("pk"), solved_on=None)
    is_late = Q(state__in=works.RUNNING, finishes_on__lt=timezone.localdate())
    facts = rows.order_by().annotate(is_late=Case(When(is_late, then=True), default=False), stands=Exists(standing))
    found = list(facts.values_list("kind", "state", "is_late", "stands").annotate(Count("pk")))

    def count(wanted: Callable[[str, str, bool, bool], bool]) -> int:
        return sum(number for *fact, number in found if wanted(*fact))

    return Totals(
        total=count(lambda kind, state, late, stands: True),
        hard=count(lambda kind, state, late, stands: kind == WorkKind.HARD),
        new=count(lambda kind, state, late, stands: kind == WorkKind.NEW),
        running=count(lambda kind, state, late, stands: state in works.RUNNING),
        reported=count(lambda kind, state, late, stands: state in works.REPORTED),
        verified=count(lambda kind, state, late, stands: state in works.VERIFIED),
        obstructed=count(lambda kind, state, late, stands: stands),
        late=count(lambda kind, state, late, stands: late),
    )


def facets_of(user: User) -> tuple[list[int], list[Body]]:
    """What the filters offer, in one query: the years for which something was received that `user` may read, the
    newest first, and the places of work that occur, by name.
    """
    shown = (*(f"unit__{name}" for name in BODY), "unit__sort_key", "unit__code")
    found = list(_received(user).values_list("year", *shown).distinct())
    places = {row[1]: row for row in found if row[1]}
    return (
        sorted({row[0] for row in found}, reverse=True),
        [Body(*row[1:4]) for row in sorted(places.values(), key=lambda row: row[4:])],
    )


def _received(user: User) -> QuerySet[Registration]:
    """The registrations whose works stand in the catalogue: all of one enter it together, when it is received."""
    return registrations.visible_to(user).select_related(None).filter(state=registrations.RECEIVED).order_by()
