"""Review meetings: who sees them, the legal order, and the secretary's desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from criteria.models import Cycle
from criteria.selectors.rounds.working_days import after_working_days, working_days_between
from criteria.selectors.rules.regulations import parsed
from orgs import access, roles
from orgs.models import Collective, CollectivePart, RoleGrant, User
from reviews.models import AgendaItem, Meeting, Prompt, Review, Venue

LABEL = "reviews.Meeting"
HEARD_IN = ("self_review", "meeting")
PART_ORDER = {CollectivePart.HEAD: 1, CollectivePart.DEPUTY: 2, CollectivePart.MEMBER: 3}
CONVENING = (roles.HEAD, roles.SECRETARY, roles.PARTY_SECRETARY)
SUBJECT = ("review__person", "review__collective")


@dataclass(frozen=True)
class Circulation:
    """Whether the drafts went out in time: `days` working days lie between, `needed` by the regulation."""

    sent_on: date | None
    days: int
    needed: int
    cites: str

    @property
    def is_enough(self) -> bool:
        """Whether the drafts were sent early enough."""
        return self.sent_on is not None and self.days >= self.needed


@dataclass(frozen=True)
class Quorum:
    """How many came of those summoned; an unconfirmed quorum is shown and does not block."""

    summoned: int
    present: int
    unmarked: int
    numerator: int
    denominator: int
    is_confirmed: bool
    cites: str

    @property
    def is_reached(self) -> bool:
        """Whether enough came."""
        return bool(self.summoned) and Fraction(self.present, self.summoned) >= Fraction(
            self.numerator, self.denominator
        )


@dataclass(frozen=True)
class PlaceToHear:
    """A collective in a cycle with reviews that wait for a session."""

    cycle: Cycle
    collective: Collective
    waiting: int
    session: Meeting | None


def visible_to(user: User) -> QuerySet[Meeting]:
    """The meetings that `user` may read."""
    return access.within(Meeting.objects.all(), access.document_scope(LABEL, access.viewer_of(user)))


def listed(rows: QuerySet[Meeting], *, cycle: Cycle | None = None, state: str = "") -> QuerySet[Meeting]:
    """`rows` for a list, with `items` on the agenda and `heard` counted."""
    if cycle:
        rows = rows.filter(cycle=cycle)
    if state:
        rows = rows.filter(state=state)
    counted = {"items": Count("agenda"), "heard": Count("agenda", filter=Q(agenda__is_heard=True))}
    return rows.select_related("cycle", "collective").annotate(**counted).order_by("-held_on", "-id")


def keeps(user: User, meeting: Meeting) -> bool:
    """Whether `user` keeps this meeting: head, secretary, Party committee secretary of the venue."""
    return bool(access.roles_on(user, meeting) & frozenset(CONVENING))


def is_head(user: User, meeting: Meeting) -> bool:
    """Whether `user` leads the collective and may let a matter of form pass."""
    return meeting.collective_id in access.viewer_of(user).collectives_of(roles.HEAD)


def convened_by(user: User) -> set[int]:
    """Ids of the collectives that `user` may convene."""
    viewer = access.viewer_of(user)
    return set().union(*(viewer.collectives_of(role) for role in CONVENING))


def places_to_hear(user: User) -> list[PlaceToHear]:
    """Where `user` may convene and submitted reviews wait, with the session that is not closed yet; four queries."""
    mine = convened_by(user)
    counts = (
        Venue.objects.filter(
            collective__in=mine, heard_at=None, review__state__in=HEARD_IN, review__cycle__state="open"
        )
        .order_by("review__cycle", "collective")
        .values_list("review__cycle", "collective")
        .annotate(waiting=Count("pk"))
    )
    found = list(counts)
    cycles = Cycle.objects.defer("regulation__content").in_bulk({cycle for cycle, _body, _n in found})
    bodies = Collective.objects.in_bulk({body for _cycle, body, _n in found})
    sessions = {
        (row.cycle_id, row.collective_id): row
        for row in Meeting.objects.filter(collective__in=mine).exclude(state="closed")
    }
    return [
        PlaceToHear(cycles[cycle], bodies[body], waiting, sessions.get((cycle, body))) for cycle, body, waiting in found
    ]


def reviews_to_hear(meeting: Meeting) -> list[Review]:
    """The reviews that this collective still has to hear, in the legal order."""
    venues = Venue.objects.filter(
        collective=meeting.collective_id, review__cycle=meeting.cycle_id, heard_at=None, review__state__in=HEARD_IN
    ).select_related(*SUBJECT)
    return in_legal_order(meeting, [venue.review for venue in venues])


def in_legal_order(meeting: Meeting, reviews: Iterable[Review]) -> list[Review]:
    """The collective before individuals, the head before deputies, deputies before members (Điều 7)."""
    rows = list(reviews)
    parts = dict(
        Venue.objects.filter(collective=meeting.collective_id, review__in=rows).values_list("review_id", "part")
    )
    return sorted(rows, key=lambda review: (rank(review, parts.get(review.pk, "")), review.sort_key, review.pk))


def rank(review: Review, part: str) -> int:
    """0 for a collective, then 1, 2, 3 by the part of the person in the venue."""
    return PART_ORDER.get(part, 9) if review.person_id else 0


def heard_before(meeting: Meeting, review: Review) -> Review | None:
    """A review that this venue must hear before `review`; None when it is its turn."""
    parts = dict(Venue.objects.filter(collective=meeting.collective_id, review=review).values_list("review", "part"))
    own = rank(review, parts.get(review.pk, ""))
    waiting = reviews_to_hear(meeting)
    first = waiting[0] if waiting else None
    if first is None or first.pk == review.pk:
        return None
    part = Venue.objects.get(collective=meeting.collective_id, review=first).part
    return first if rank(first, part) < own else None


def agenda_of(meeting: Meeting) -> list[AgendaItem]:
    """The items in their order; each with `owes`, whether an explanation report is missing, and `comment_count`."""
    owed = Prompt.objects.filter(review=OuterRef("review"), state="issued")
    rows = meeting.agenda.select_related(*SUBJECT, "review__unit").defer("review__form")
    return list(rows.annotate(owes=Exists(owed), comment_count=Count("comments")).order_by("order"))


def circulation_of(meeting: Meeting) -> Circulation:
    """How many working days lie between sending the drafts and the meeting."""
    setting = parsed(meeting.cycle.regulation).procedure.settings["circulation_working_days"]
    days = working_days_between(meeting.circulated_on, meeting.held_on) if meeting.circulated_on else 0
    return Circulation(meeting.circulated_on, days, int(setting.value), setting.authority.cites)


def earliest_day(cycle: Cycle, circulated_on: date) -> date:
    """The first day on which a meeting may be held when the drafts are sent on `circulated_on`."""
    return after_working_days(circulated_on, parsed(cycle.regulation).procedure.circulation_working_days)


def quorum_of(meeting: Meeting, attendance: Iterable) -> Quorum:
    """How many came of those summoned, against the regulation's quorum; `attendance` was read before."""
    procedure = parsed(meeting.cycle.regulation).procedure
    rows = list(attendance)
    authority = procedure.settings["quorum"].authority
    return Quorum(
        len(rows),
        sum(row.is_present is True for row in rows),
        sum(row.is_present is None for row in rows),
        *procedure.quorum,
        is_confirmed=authority.is_confirmed,
        cites=authority.cites,
    )


def secretary_of(collective: Collective) -> int | None:
    """The person who is secretary of the collective today, the first of several; None where nobody was granted it."""
    grants = RoleGrant.objects.current(timezone.localdate()).filter(collective=collective, role=roles.SECRETARY)
    return grants.filter(user__person__isnull=False).order_by("id").values_list("user__person", flat=True).first()
