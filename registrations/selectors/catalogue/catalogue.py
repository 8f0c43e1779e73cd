"""The catalogue of registered works (letter 2026-CV/TU, 2): who opens it, its rows by the filters of the address."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from criteria.selectors.plain_tree import PlainTree
from orgs import access, roles
from orgs.models import Unit, User
from orgs.models.names import fold
from registrations.models import Obstacle, Registration, SupportRequest, Work
from registrations.selectors.works import registrations, works

OPEN, NONE = "open", "none"
RELATED = (*works.RELATED, "registration__receiving_unit", "registration__receiving_collective")
# What a line of the list shows.
LINE_RELATED = ("registration__person", "registration__collective")
LINE = (
    "uuid", "kind", "field", "name", "finishes_on", "state", "workflow_name", "verified_outcome",
    "registration__year", "registration__unit_name",
    "registration__person__full_name", "registration__collective__name",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What the address asks for; empty fields ask nothing. Days are those on which a work is to be finished.

    `unit` is a place of work with all below it, `waits_for` a body before which an obstacle or request lies.
    """

    q: str = ""
    year: int | None = None
    kind: str = ""
    field: str = ""
    state: str = ""
    unit: Unit | None = None
    since: date | None = None
    until: date | None = None
    obstacle: str = ""
    waits_for: Unit | None = None
    is_late: bool = False


@dataclass(frozen=True)
class Totals:
    """The figures above the list."""

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
    standing = Obstacle.objects.filter(work=OuterRef("pk"), solved_on=None)
    if asked.obstacle:
        rows = rows.filter(Exists(standing) if asked.obstacle == OPEN else ~Exists(standing))
    if asked.waits_for:
        requests = SupportRequest.objects.filter(work=OuterRef("pk"), state=works.OPEN_REQUEST, body=asked.waits_for)
        rows = rows.filter(Exists(standing.filter(waits_for=asked.waits_for)) | Exists(requests))
    return rows


def lines_of(rows: QuerySet[Work]) -> QuerySet[Work]:
    """`rows` with what a line of the list shows, and no more."""
    return rows.select_related(None).select_related(*LINE_RELATED).only(*LINE)


def with_obstacles(rows: QuerySet[Work]) -> QuerySet[Work]:
    """`rows`, each with `standing`, its unsolved obstacles and for whom they wait."""
    open_rows = Obstacle.objects.filter(solved_on=None).select_related("waits_for").order_by("found_on", "id")
    open_rows = open_rows.only("work_id", "text", "waits_for__name")
    return rows.prefetch_related(Prefetch("obstacles", open_rows, to_attr="standing"))


def totals_of(rows: QuerySet[Work]) -> Totals:
    """The figures of `rows`, in one query."""
    standing = Obstacle.objects.filter(work=OuterRef("pk"), solved_on=None)
    late = Q(state__in=works.RUNNING, finishes_on__lt=timezone.localdate())
    found = rows.order_by().aggregate(
        total=Count("pk"),
        hard=Count("pk", filter=Q(kind="hard")),
        new=Count("pk", filter=Q(kind="new")),
        running=Count("pk", filter=Q(state__in=works.RUNNING)),
        reported=Count("pk", filter=Q(state__in=works.REPORTED)),
        verified=Count("pk", filter=Q(state__in=works.VERIFIED)),
        obstructed=Count("pk", filter=Exists(standing)),
        late=Count("pk", filter=late),
    )
    return Totals(**found)


def years_of(user: User) -> list[int]:
    """The years for which something was received that `user` may read, the newest first."""
    return sorted(_received(user).values_list("year", flat=True).distinct(), reverse=True)


def places_of(user: User) -> QuerySet[Unit]:
    """The places of work that occur, by name; only what a choice shows."""
    return _choices(Q(pk__in=_received(user).values("unit")))


def bodies_waited_for(user: User) -> QuerySet[Unit]:
    """The bodies before which something that `user` may read lies unanswered; only what a choice shows."""
    received = _received(user).values("pk")
    waiting = Obstacle.objects.filter(solved_on=None, waits_for__isnull=False, work__registration__in=received)
    asked = SupportRequest.objects.filter(state=works.OPEN_REQUEST, work__registration__in=received)
    return _choices(Q(pk__in=waiting.order_by().values("waits_for").union(asked.order_by().values("body"))))


def _received(user: User) -> QuerySet[Registration]:
    """The registrations whose works stand in the catalogue: all of one enter it together, when it is received."""
    return registrations.visible_to(user).select_related(None).filter(state=registrations.RECEIVED).order_by()


def _choices(condition: Q) -> QuerySet[Unit]:
    rows = Unit.objects.without_tree_fields().filter(condition).order_by("sort_key", "code")
    return rows.only("uuid", "name", "code")
