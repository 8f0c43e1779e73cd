"""The rows of the home page about ratings: one row for each kind of act, with the number that waits."""

from collections.abc import Iterable

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orgs import access
from orgs.access import Viewer
from orgs.models import User
from reviews.models import Conclusion
from reviews.selectors import pens, ratings
from reviews.selectors.inbox import TaskRow, register_provider
from reviews.selectors.own_reviews import own_book


def ratings_waiting(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """How many ratings wait for the user at each step; one query, none for a cadre."""
    if not viewer.collectives and not viewer.units:
        return
    rows = ratings.waiting_for(user).filter(cycle__closed_at=None).order_by()
    counts = rows.values_list("cycle_id", "cycle__code", "state").annotate(Count("pk"))
    for cycle_id, code, state, number in sorted(counts):
        yield TaskRow(
            key=f"ratings-{code}-{state}",
            title=_title(state, number),
            due_on=own_book(user).known_due(cycle_id, state),
            act_label=_("Open the board") if state == "decision" else _("See the list"),
            act_url=_address(code, state),
        )


def conclusions_to_confirm(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """How many conclusions of deciding bodies wait for a second person; one query, none without a collective."""
    if not viewer.collectives:
        return
    mine = pens.next_steps("reviews.Conclusion", viewer)
    rows = access.within(Conclusion.objects.filter(cycle__closed_at=None), mine).exclude(recorded_by=user)
    if number := rows.count():
        words = ngettext("%(n)s conclusion to be confirmed", "%(n)s conclusions to be confirmed", number)
        yield TaskRow(
            key="conclusions-recorded",
            title=words % {"n": number},
            detail=_("Recorded by another; check number, date and every grade against the paper."),
            act_label=_("See the list"),
            act_url=reverse("reviews:conclusion_list"),
        )


def _title(state: str, number: int) -> str:
    words = {
        "proposal": ngettext("%(n)s grade to be proposed", "%(n)s grades to be proposed", number),
        "appraisal": ngettext("%(n)s rating to be appraised", "%(n)s ratings to be appraised", number),
        "decision": ngettext("%(n)s rating before the body", "%(n)s ratings before the body", number),
        "notice": ngettext("%(n)s result to be notified and filed", "%(n)s results to be notified and filed", number),
        "petition": ngettext("%(n)s petition to be answered", "%(n)s petitions to be answered", number),
        "postponed": ngettext("%(n)s rating postponed", "%(n)s ratings postponed", number),
    }
    return words[state] % {"n": number}


def _address(code: str, state: str) -> str:
    if state == "decision":
        return reverse("reviews:board_list")
    return f"{reverse('reviews:rating_list')}?cycle={code}&state={state}&mine=on"


def register() -> None:
    """Contribute these rows to the home page; called from `AppConfig.ready`."""
    register_provider(ratings_waiting)
    register_provider(conclusions_to_confirm)
