"""Registrations: who reads which, who holds the pen, what one still lacks, until when its year is open."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from criteria.models import Cycle, PeriodKind
from orgs import access, roles
from orgs.models import Collective, User
from orgs.selectors.settings import is_on
from registrations.models import PersonalPlanLine, PlanHalf, Registration, Shortcoming, Work, WorkKind
from registrations.selectors.works.routing import Route, frozen_route, route_of
from registrations.workflow import RECEIVING, REGISTERING

LABEL = "registrations.Registration"
DRAFT, SENT, RETURNED, RECEIVED, WITHDRAWN = "draft", "sent", "returned", "received", "withdrawn"
WRITABLE = (DRAFT, RETURNED)
RELATED = ("person__managing_authority", "collective__unit", "unit", "receiving_unit", "receiving_collective__unit")
# What the form asks of every work (letter 2026-CV/TU), with the words for one that lacks it.
ASKED = ("name", "content", "measures", "effect", "starts_on", "finishes_on")


@dataclass(frozen=True)
class Gap:
    """Something that a work or the registration still lacks: the sentence, and the field of the work's form."""

    sentence: str
    work: Work | None = None
    field: str = ""


def visible_to(user: User) -> QuerySet[Registration]:
    """The registrations that `user` may read: the own ones always, those of others once they were sent."""
    rows = Registration.objects.select_related(*RELATED, "via_unit", "copy_unit")
    return rows.filter(reach_of(user))


def reach_of(user: User) -> Q:
    """The condition behind `visible_to`. No part of it joins many rows: whatever is asked through it comes once."""
    return access.document_scope(LABEL, access.viewer_of(user))


def own_of(user: User) -> QuerySet[Registration]:
    """What `user` registers himself, or writes for a collective; the newest year first."""
    viewer = access.viewer_of(user)
    rows = access.NOTHING
    for role in REGISTERING:
        reached = access.reach_of(LABEL, role, viewer)
        rows = rows if reached is None else rows | reached
    found = access.within(Registration.objects.select_related(*RELATED, "via_unit"), rows)
    return found.annotate(work_count=Count("works")).order_by("-year", "-id")


def of_others(user: User) -> QuerySet[Registration]:
    """The sent registrations of others that `user` receives, follows or leads; who waits comes first."""
    rows = visible_to(user).exclude(pk__in=own_of(user).values("pk"))
    return rows.annotate(work_count=Count("works")).order_by("-year", "-sent_at", "-id")


def waiting_for_receipt(user: User) -> QuerySet[Registration]:
    """What lies before `user` to be received or returned, the longest wait first; his own is received by another."""
    reached = access.reach_of(LABEL, roles.OFFICER, access.viewer_of(user))
    if reached is None:
        return Registration.objects.none()
    rows = access.within(Registration.objects.select_related(*RELATED), reached).filter(state=SENT)
    return rows.exclude(person__isnull=False, person=user.person_id).order_by("sent_at", "id")


def holds_pen(user: User, registration: Registration, *, fresh: bool = False) -> bool:
    """Whether `user` registers this: the person himself, or who writes for the collective."""
    return bool(access.roles_on(user, registration, among=REGISTERING, fresh=fresh))


def receives(user: User, registration: Registration, *, fresh: bool = False) -> bool:
    """Whether `user` holds the pen of the receiving body."""
    return bool(access.roles_on(user, registration, among=RECEIVING, fresh=fresh))


def reason_against_writing(registration: Registration) -> str:
    """Why the registration is not written in now; empty when it is."""
    if registration.state in WRITABLE:
        return ""
    if registration.state == SENT:
        return _("The registration was sent: take it back to go on writing.")
    if registration.state == WITHDRAWN:
        return _("The registration was withdrawn.")
    return _("The registration was received: what is registered changes only with the consent of the receiving body.")


def collectives_of(user: User) -> QuerySet[Collective]:
    """The collectives for which `user` may register, where the installation has switched that on."""
    written = access.viewer_of(user).collectives_of(roles.AUTHOR)
    rows = Collective.objects.filter(is_on("collective_registrations"), pk__in=written, is_reviewed=True)
    return rows.order_by("name")


def years_open(today: date) -> list[int]:
    """The years for which one registers: this one, the next, and every one whose cycle is still open."""
    cycles = _year_cycles()
    found = {row.period_end_on.year for row in cycles if row.state != "closed"} | {today.year, today.year + 1}
    return sorted((year for year in found if closed_on(year, cycles) is None), reverse=True)


def _year_cycles() -> list[Cycle]:
    return list(Cycle.objects.filter(period_kind=PeriodKind.YEAR).order_by("id"))


def closed_on(year: int, cycles: list[Cycle] | None = None) -> date | None:
    """The day on which the cycle of the year was closed; None while any cycle of that year is not."""
    rows = [row for row in (_year_cycles() if cycles is None else cycles) if row.period_end_on.year == year]
    if not rows or any(row.state != "closed" for row in rows):
        return None
    return max(timezone.localdate(row.closed_at) if row.closed_at else row.period_end_on for row in rows)


def reason_against_day(year: int, day: date | None) -> str:
    """Why a day cannot stand in the registration of the year: its cycle was closed before; empty when it can."""
    closed = closed_on(year) if day else None
    if closed is None or day <= closed:
        return ""
    return _(
        "The cycle of %(year)s was closed on %(closed)s: a later day cannot be entered. Register what goes on in the "
        "next year."
    ) % {"year": year, "closed": f"{closed:%d/%m/%Y}"}


def route_for(registration: Registration) -> Route | None:
    """The frozen route of what was sent, else where it would go today."""
    sent = frozen_route(registration) if registration.state not in WRITABLE else None
    return sent or route_of(registration.subject, timezone.localdate())


def plan_of(registration: Registration) -> list[tuple[PlanHalf, str, list[PersonalPlanLine]]]:
    """The personal plan: (half, its name, its lines) of both halves, in one query."""
    lines = list(registration.plan_lines.select_related("shortcoming"))
    return [(half, half.label, [line for line in lines if line.half == half]) for half in PlanHalf]


def gaps_of(registration: Registration) -> list[Gap]:
    """Everything that the registration lacks before it is sent."""
    # A page that has read the works finds them here again.
    works = sorted(registration.works.all(), key=lambda work: (work.kind, work.order, work.pk))
    found = [Gap(sentence, work, name) for work in works for name, sentence in work_gaps(work).items()]
    if not works:
        found.append(Gap(_("There is no work yet: register at least one, in part I or in part II.")))
    return found


def work_gaps(work: Work) -> dict[str, str]:
    """{field: sentence} of what one work lacks."""
    words = {
        "name": _("The work has no name yet."),
        "content": _("Say what the work consists of."),
        "measures": _("The work has no measure yet: say how it is to be done."),
        "effect": _("Say what effect is expected."),
        "starts_on": _("Say when it starts."),
        "finishes_on": _("Say when it is finished."),
        "difficulties": _("Say which difficulties are foreseen."),
    }
    asked = (*ASKED, "difficulties") if work.kind == WorkKind.NEW else ASKED
    found = {name: words[name] for name in asked if not _is_filled(getattr(work, name))}
    if work.starts_on and work.finishes_on and work.finishes_on < work.starts_on:
        found["finishes_on"] = finish_before_start()
    return found


def finish_before_start() -> str:
    """The refusal of days in the wrong order, with the way out."""
    return _("The work would be finished before it starts: mend one of the two days.")


def _is_filled(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None


def shortcomings_to_plan(registration: Registration) -> QuerySet[Shortcoming]:
    """What the register names of the subject and is not mended: each may become a line of the personal plan."""
    own = Q(person=registration.person_id) if registration.person_id else Q(collective=registration.collective_id)
    rows = Shortcoming.objects.filter(own, is_none=False, withdrawn_on=None, remedied_on=None)
    return rows.exclude(plan_lines__registration=registration).order_by("-document_on", "id")


def year_title(registration: Registration) -> str:
    """The heading of the page."""
    return pgettext("registration of work", "Registration of %(year)s") % {"year": registration.year}
