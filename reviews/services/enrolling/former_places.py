"""Where a mover was before, and the comment that this place owes (HD 21-HD/BTCTW; NĐ 90/2020/NĐ-CP, Điều 20)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _

from criteria.selectors.rounds.milestones import MilestoneBook
from orgs.models import Person, RatingKind, Unit
from reviews.models import Circumstance, CircumstanceKind, Opinion, OpinionKind, Rating
from reviews.selectors.enrolling.derived_circumstances import is_under_six_months
from reviews.services.enrolling.realignment import Step

ENDED = ("notice", "archived", "petition", "not_rated")


@dataclass(frozen=True)
class FormerPlace:
    """The units left, the Party cell left, and since when the main post was held (None: longer than is known)."""

    units: tuple[Unit, ...]
    main: Unit | None
    since: date | None
    cell: Unit | None


def of_person(person: Person, on: date) -> FormerPlace:
    """Read before the posts end on the day `on`; who holds none any more was last where his latest post ended."""
    held = person.appointments.filter(unit__isnull=False).select_related("unit", "position")
    rows = list(held.current(on))
    if not rows:
        last = held.filter(ended_on__lte=on).aggregate(last=Max("ended_on"))["last"]
        rows = list(held.filter(ended_on=last)) if last else []
    rows.sort(key=lambda post: not post.is_main)
    units = tuple({post.unit_id: post.unit for post in rows}.values())
    main = units[0] if units else None
    here = [post.started_on for post in rows if post.unit_id == main.pk]
    since = None if None in here or not here else min(here)
    return FormerPlace(units, main, since, person.party_cell)


def ask_for_comments(step: Step, former: FormerPlace) -> list[str]:
    """Note on each open rating that the person moved, and ask the former place where he was six months or more."""
    dates = MilestoneBook(step.cycle)
    lines = []
    for rating in Rating.objects.filter(cycle=step.cycle, person=step.person).exclude(state__in=ENDED).order_by("id"):
        Circumstance.objects.get_or_create(
            rating=rating,
            kind=CircumstanceKind.MOVED,
            withdrawn_at=None,
            defaults={"document": step.document, "document_on": step.on, "entered_by": step.actor},
        )
        place = _asked_place(step.person, former, rating.kind)
        if place is None or is_under_six_months(former.since, step.on):
            continue
        Opinion.objects.get_or_create(
            rating=rating,
            kind=OpinionKind.FORMER_PLACE,
            unit=place,
            defaults={
                "body_name": place.name,
                "due_on": dates.due_on("appraisal", place),
                "entered_by": step.actor,
            },
        )
        words = {"rating": rating.get_kind_display(), "place": place}
        lines.append(_("%(rating)s: the comment of the former place is asked from %(place)s.") % words)
    return lines


def _asked_place(person: Person, former: FormerPlace, kind: str) -> Unit | None:
    if kind == RatingKind.PARTY_MEMBER:
        return former.cell if former.cell and former.cell.pk != person.party_cell_id else None
    is_still_there = person.appointments.filter(unit=former.main, ended_on=None).exists()
    return None if is_still_there else former.main
