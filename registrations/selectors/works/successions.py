"""Which bodies stand for which: what waits for a body that was merged waits for the one in which it goes on.

As conditions inside other queries, over at most two mergers in one wait (as `reaches`); in words for pages.
"""

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs.models import Unit, UnitSuccession
from registrations.models import Obstacle, SupportRequest


def stood_for(body: Unit) -> QuerySet:
    """The ids of the bodies whose rows `body` stands for: its own, and those that became (part of) it by today."""
    today, then = timezone.localdate(), "successions__successor__successions"
    once = Q(successions__successor=body, successions__happened_on__lte=today)
    twice = Q(successions__happened_on__lte=today)
    twice &= Q(**{f"{then}__successor": body, f"{then}__happened_on__lte": today})
    rows = Unit.objects.without_tree_fields().order_by().filter(Q(pk=body.pk) | once | twice)
    return rows.values("pk")


def standing_for(waited_for: QuerySet) -> Q:
    """The condition on units that they stand today for one of `waited_for` (a query of ids): itself, or who followed.

    A body that was divided is stood for by each of its parts.
    """
    moved = UnitSuccession.objects.filter(happened_on__lte=timezone.localdate())
    once = moved.filter(predecessor__in=waited_for).values("successor")
    twice = moved.filter(predecessor__in=once).values("successor")
    near = Q(pk__in=waited_for) | Q(pk__in=once)
    return near & ~Q(pk__in=moved.values("predecessor")) | Q(pk__in=twice)


def called_now(row: SupportRequest | Obstacle) -> str:
    """The body of a row whose `way` was read (`works.follow_bodies`), as it is called now, and what it was before."""
    old = body_of(row)
    left = {step.predecessor_id for step in row.way}
    heirs = {step.successor_id: step.successor.name for step in row.way if step.successor_id not in left}
    if not heirs:
        return str(old or "")
    return _("%(now)s (formerly %(old)s)") % {"now": ", ".join(heirs.values()), "old": old}


def body_of(row: SupportRequest | Obstacle) -> Unit | None:
    """For whom the row waits, as it was written; nobody is named for some obstacles."""
    return row.waits_for if isinstance(row, Obstacle) else row.body
