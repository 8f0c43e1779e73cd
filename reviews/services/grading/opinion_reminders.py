"""Opinions that were asked and did not come: the officer is reminded of them, and the head of the body that owes one.

The comment of the place where somebody worked before he moved is chased like every other opinion.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from criteria.selectors.rounds.thresholds import due_threshold, thresholds
from orgs import roles
from orgs.models import Appointment, CollectivePart, Membership, RoleGrant, UnitSuccession, User
from orgs.services.messages import Letter, tell
from reviews.models import Opinion, OpinionKind, OpinionStatus
from reviews.services.grading.opinions import OPEN_STATES


def send_reminders(*, today: date | None = None) -> int:
    """Tell officers and heads, each threshold once for each opinion and day; answers how many messages are new."""
    day, steps = today or timezone.localdate(), thresholds()
    asked = Opinion.objects.filter(status=OpinionStatus.ASKED, due_on__isnull=False, rating__state__in=OPEN_STATES)
    rows = [
        (row, step)
        for row in asked.select_related("rating__person", "rating__collective", "rating__organisation", "unit")
        if (step := due_threshold((row.due_on - day).days, steps)) is not None
    ]
    heads = _heads({row.unit_id for row, _step in rows if row.unit_id}, day)
    officers = _officers({row.rating.appraising_unit_id for row, _step in rows}, day)
    return tell(
        letter
        for row, step in rows
        for letter in _letters(row, step, heads[row.unit_id], officers[row.rating.appraising_unit_id], day)
    )


def _heads(units: set[int], day: date) -> dict[int | None, list[User]]:
    """By body asked: who heads it, its collective (a Party cell has no other head), or the body that followed it."""
    bodies: dict[int, set[int]] = {unit: {unit} for unit in units}
    for before, after in UnitSuccession.objects.filter(predecessor__in=units).values_list("predecessor", "successor"):
        bodies[before].add(after)
    every = set().union(*bodies.values())
    led: dict[int, dict[int, User]] = defaultdict(dict)
    posts = Appointment.objects.current(day).filter(unit__in=every, is_head=True, person__account__is_active=True)
    for post in posts.select_related("person__account").order_by("pk"):
        led[post.unit_id][post.person_id] = post.person.account
    seats = Membership.objects.current(day).filter(collective__unit__in=every, part=CollectivePart.HEAD)
    seats = seats.filter(person__account__is_active=True).select_related("person__account", "collective")
    for seat in seats.order_by("pk"):
        led[seat.collective.unit_id][seat.person_id] = seat.person.account
    found: dict[int | None, list[User]] = defaultdict(list)
    for unit, places in bodies.items():
        found[unit] = list({person: user for place in sorted(places) for person, user in led[place].items()}.values())
    return found


def _officers(units: set[int | None], day: date) -> dict[int | None, list[User]]:
    found: dict[int | None, list[User]] = defaultdict(list)
    grants = RoleGrant.objects.current(day).filter(role=roles.OFFICER, unit__in=units - {None}, user__is_active=True)
    for grant in grants.select_related("user").order_by("pk"):
        found[grant.unit_id].append(grant.user)
    return found


def _letters(row: Opinion, step: int, heads: list[User], officers: list[User], day: date) -> Iterator[Letter]:
    left = (row.due_on - day).days
    if left >= 0:
        when = ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}
    else:
        when = ngettext("%(n)s day late", "%(n)s days late", -left) % {"n": -left}
    words = {"kind": row.get_kind_display(), "about": row.rating.subject, "when": when}
    subject = _("%(kind)s, opinion on %(about)s: %(when)s") % words
    key = f"opinion:{row.uuid}:{row.due_on:%Y%m%d}:{step}"
    body = _("Asked: %(body)s.") % {"body": row.unit or row.body_name}
    is_written = row.kind == OpinionKind.FORMER_PLACE
    page = reverse("reviews:former_comment", args=[row.uuid]) if is_written else ""
    asked = _("Write it on its page.") if is_written else _("Send it to the officer who asked for it.")
    for user in heads:
        # The person concerned is told nothing about what is asked of others on him.
        if user.person_id != row.rating.person_id:
            yield Letter(user, subject, key, asked, page, due_on=row.due_on)
    url = reverse("reviews:opinion_list", args=[row.rating.uuid])
    for user in officers:
        if user.person_id != row.rating.person_id and user not in heads:
            yield Letter(user, subject, key, body, url, due_on=row.due_on)
