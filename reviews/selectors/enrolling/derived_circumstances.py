"""Circumstances that the register itself shows: admitted, appointed or founded under six months before the end."""

import calendar
from dataclasses import dataclass
from datetime import date

from orgs.models import Appointment, Collective, Person, RatingKind, Unit
from reviews.models import CircumstanceKind
from reviews.selectors.enrolling.roster import Roster

MONTHS = 6


@dataclass(frozen=True)
class Derived:
    """A circumstance with the text that names the register, and the day it rests on."""

    kind: str
    document: str
    on: date


def of_person(roster: Roster, person: Person, kind: str) -> list[Derived]:
    """Admission acts on the rating as Party member alone, an appointment on the rating as cadre alone."""
    last = roster.cycle.period_end_on
    if kind == RatingKind.PARTY_MEMBER and is_under_six_months(person.party_admitted_on, last):
        text = f"Sổ danh sách đảng viên của hệ thống: kết nạp ngày {person.party_admitted_on:%d/%m/%Y}"
        return [Derived(CircumstanceKind.ADMITTED_UNDER_6_MONTHS, text, person.party_admitted_on)]
    post = _rating_post(roster, person) if kind == RatingKind.CADRE else None
    if post and is_under_six_months(post.started_on, last):
        ground = f" theo {post.document}" if post.document else ""
        text = f"Sổ bổ nhiệm của hệ thống: {post.position}{ground}, từ ngày {post.started_on:%d/%m/%Y}"
        return [Derived(CircumstanceKind.APPOINTED_UNDER_6_MONTHS, text[:300], post.started_on)]
    return []


def of_body(roster: Roster, body: Collective | Unit) -> list[Derived]:
    """A collective or organisation founded, split or merged under six months before the period ends."""
    unit = body if isinstance(body, Unit) else roster.unit(body.unit_id)
    days = [day for day in (body.started_on, unit.started_on) if day]
    if not days or not is_under_six_months(max(days), roster.cycle.period_end_on):
        return []
    text = f"Sổ đơn vị của hệ thống: {body.name} thành lập ngày {max(days):%d/%m/%Y}"
    return [Derived(CircumstanceKind.FOUNDED_UNDER_6_MONTHS, text[:300], max(days))]


def _rating_post(roster: Roster, person: Person) -> Appointment | None:
    leading = [post for post in roster.posts_of(person) if post.position and post.position.is_leading]
    return min(leading, key=lambda post: (post.position.rank, not post.is_main), default=None)


def is_under_six_months(since: date | None, last: date) -> bool:
    """Whether six months counted from `since` are not full on the day `last`."""
    return since is not None and months_later(since, MONTHS) > last


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
