"""Plans: who sees which, what the regulation proposes as dates, which bodies have none."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria import access as reach
from criteria.models import Plan, Regulation
from criteria.regulation import MilestoneDefault
from criteria.selectors.rules.regulations import parsed
from orgs import access, roles
from orgs.models import Appointment, Collective, Unit, UnitKind, User
from orgs.selectors.files import Shelf, holds_pen, register_readers, versions_of

ISSUED = "issued"
LABEL, PAPER = "criteria.Plan", "plan"
STANDINGS = ("law", "guidance", "local", "to_be_confirmed")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ProposedDate:
    """A date of the regulation for a round: the last day, for which step and place, and on what it rests."""

    step: str
    due_on: date
    line: str
    unit_kind: UnitKind | None
    is_closing: bool
    note: str
    standing: str


@dataclass(frozen=True)
class ProposedDates:
    """What a new plan starts from; `open` are dates for places that this installation does not know by themselves."""

    placed: tuple[ProposedDate, ...]
    open: tuple[ProposedDate, ...]


def visible_to(user: User) -> QuerySet[Plan]:
    """The plans that `user` may read: issued ones everybody, drafts those who prepare them."""
    rows = Plan.objects.select_related("issuer", "parent")
    return access.within(rows, access.document_scope(LABEL, access.viewer_of(user)))


def shelf_of(user: User, plan: Plan) -> Shelf | None:
    """The kept versions of the paper of `plan`, None before it is issued."""
    if plan.state != ISSUED:
        return None
    address = reverse("criteria:plan_paper", args=[plan.uuid])
    rows = versions_of(LABEL, str(plan.uuid)).filter(kind=PAPER)
    return Shelf(_("Plan"), address, tuple(rows), holds_pen(user, LABEL, str(plan.uuid)))


def bodies_prepared_by(user: User) -> QuerySet[Unit]:
    """The bodies of today for which `user` may write a plan or a framework, by name."""
    bodies = reach.bodies_prepared_by(access.viewer_of(user)).current(timezone.localdate())
    return bodies.order_by("sort_key", "code")


def parents_for(user: User, plan: Plan | None = None) -> QuerySet[Plan]:
    """The plans under which `user` may put one of the same year: any visible plan but the plan itself."""
    rows = visible_to(user).order_by("-year", "issuer__sort_key")
    return rows.filter(year=plan.year).exclude(pk=plan.pk) if plan else rows


def proposed_dates(row: Regulation, year: int) -> ProposedDates:
    """The dates of the regulation for the round of `year`; "trước ngày" makes the day before it the last one.

    Of two dates for the same step and place the one of higher standing is placed, then the later one; the other stays
    open, to be given to a kind of unit or a unit by hand.
    """
    kinds = {kind.code: kind for kind in UnitKind.objects.all()}
    placed: dict[tuple[str, str, int | None], ProposedDate] = {}
    left = []
    for date_row in sorted(_dates_of(row, year, kinds), key=_weight):
        place = (date_row.step, date_row.line, date_row.unit_kind and date_row.unit_kind.pk)
        if place in placed:
            left.append(date_row)
        else:
            placed[place] = date_row
    return ProposedDates(_by_day(placed.values()), _by_day(left))


def _dates_of(row: Regulation, year: int, kinds: dict[str, UnitKind]) -> Iterable[ProposedDate]:
    for default in parsed(row).milestones:
        if not default.step:
            continue
        known = [kinds[code] for code in default.unit_kinds if code in kinds]
        for kind in known or [None]:
            yield _proposed(default, year, kind)


def _proposed(default: MilestoneDefault, year: int, kind: UnitKind | None) -> ProposedDate:
    limit = default.due_on(year)
    return ProposedDate(
        step=default.step,
        due_on=limit - ONE_DAY,
        line=default.line,
        unit_kind=kind,
        is_closing=default.closing,
        # Official documents are Vietnamese: "before the 25th" is what the clause says.
        note=f"{default.label}: trước {limit:%d/%m/%Y} ({default.authority.cites})"[:300],
        standing=default.authority.standing,
    )


def _weight(row: ProposedDate) -> tuple[int, int]:
    return STANDINGS.index(row.standing), -row.due_on.toordinal()


def _by_day(rows: Iterable[ProposedDate]) -> tuple[ProposedDate, ...]:
    return tuple(sorted(rows, key=lambda row: (row.due_on, row.step)))


def bodies_without_plan(user: User, plan: Plan) -> QuerySet[Unit]:
    """The bodies under `plan` that must have a plan of their own for its year and have none issued, by name.

    A body must have one when people hold a post in it today or a collective of it reviews itself. Who prepares `plan`
    or inspects sees all of them, others those for which they prepare. Each unit carries `draft`, its draft or none,
    and `heads`, who answers for it.
    """
    today = timezone.localdate()
    busy = Exists(
        Appointment.objects.current(today).filter(unit=OuterRef("pk"), person__ended_on__isnull=True)
    ) | Exists(Collective.objects.current(today).filter(unit=OuterRef("pk"), is_reviewed=True))
    issued = Plan.objects.filter(issuer=OuterRef("pk"), year=plan.year, state=ISSUED)
    bodies = Unit.objects.without_tree_fields().current(today).filter(busy).exclude(Exists(issued))
    bodies = bodies.filter(pk__in=_under(plan)).exclude(pk=plan.issuer_id).filter(_seen_by(user, plan))
    heads = Appointment.objects.current(today).filter(is_head=True).select_related("person", "position")
    drafts = Plan.objects.filter(year=plan.year)
    return (
        bodies.select_related("kind")
        .prefetch_related(
            Prefetch("appointments", heads.order_by("position__rank", "id"), to_attr="heads"),
            Prefetch("plans", drafts, to_attr="drafts"),
        )
        .order_by("sort_key", "code")
    )


def may_see_missing(user: User, plan: Plan) -> bool:
    """Whether the list of who has no plan is for `user`: those who prepare plans, and inspectors."""
    viewer = access.viewer_of(user)
    return roles.MANAGE_PLANS in viewer.rights or roles.INSPECTOR in viewer.roles


def _under(plan: Plan) -> Iterable[int] | QuerySet:
    units = Unit.objects.without_tree_fields()
    # The province's own plan stands over both trees, the Party's and the State's.
    if plan.parent_id is None:
        return units.values("pk")
    children: dict[int | None, list[int]] = {}
    for pk, parent in units.values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(pk)
    found, queue = [], [plan.issuer_id]
    while queue:
        found.append(queue.pop())
        queue += children.get(found[-1], [])
    return found


def _seen_by(user: User, plan: Plan) -> Q:
    viewer = access.viewer_of(user)
    if roles.INSPECTOR in viewer.roles or reach.bodies_prepared_by(viewer).filter(pk=plan.issuer_id).exists():
        return Q()
    return Q(pk__in=reach.bodies_prepared_by(viewer).values("pk"))


def register() -> None:
    """Open kept papers to the readers of their plan; called from `AppConfig.ready`."""
    register_readers(LABEL, visible_to)
