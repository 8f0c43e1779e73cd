"""The rows of the home page about meetings, ballots and opinions."""

from collections.abc import Iterable

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orgs import roles
from orgs.access import Viewer
from orgs.models import User
from orgs.selectors.files import register_readers
from reviews.models import AgendaItem, Meeting
from reviews.selectors.grading import former_comments, opinions
from reviews.selectors.meeting import meetings
from reviews.selectors.waiting.inbox import TaskRow, register_provider


def sessions(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """Where to convene, and for each session of mine what comes next; five queries when there is anything."""
    mine = meetings.convened_by(user)
    if not mine:
        return
    for place in meetings.places_to_hear(user):
        if place.session is None:
            yield _to_convene(place)
    rows = Meeting.objects.filter(collective__in=mine, cycle__closed_at=None).exclude(state="closed")
    rows = rows.select_related("collective", "tally").annotate(
        items=Count("agenda"), heard=Count("agenda", filter=Q(agenda__is_heard=True))
    )
    rows = rows.order_by("-held_on", "-id")
    waiting = _next_items(mine)
    for meeting in rows:
        yield _session_row(meeting, waiting.get(meeting.pk))
        tally = getattr(meeting, "tally", None)
        if tally and not tally.confirmed_by_id and tally.entered_by_id != user.pk:
            yield _to_confirm(meeting)


def _to_convene(place: meetings.PlaceToHear) -> TaskRow:
    return TaskRow(
        key=f"convene-{place.cycle.code}-{place.collective.code}",
        title=_("Convene %s") % place.collective,
        detail=ngettext("%(n)s review to be heard", "%(n)s reviews to be heard", place.waiting) % {"n": place.waiting},
        act_label=_("Convene"),
        act_url=reverse("reviews:meeting_convene", args=[place.cycle.uuid, place.collective.uuid]),
    )


def _next_items(collective_ids: set[int]) -> dict[int, AgendaItem]:
    rows = AgendaItem.objects.filter(
        meeting__collective__in=collective_ids, meeting__state="open", is_heard=False, review__state="meeting"
    ).select_related("review__person", "review__collective")
    absent = Q(meeting__attendance__person=F("review__person"), meeting__attendance__is_present=False)
    found: dict[int, AgendaItem] = {}
    for item in rows.exclude(pk__in=AgendaItem.objects.filter(absent).values("pk")).defer("review__form"):
        found.setdefault(item.meeting_id, item)
    return found


def _session_row(meeting: Meeting, item: AgendaItem | None) -> TaskRow:
    desk = reverse("reviews:meeting_detail", args=[meeting.uuid])
    words = _("%(heard)s of %(items)s heard") % {"heard": meeting.heard, "items": meeting.items}
    if item:
        title, label = _("Next to be heard: %s") % item.review.subject, _("Open")
        url = reverse("reviews:meeting_item", args=[meeting.uuid, item.uuid])
    elif meeting.state == "open":
        title, label, url = _("Close the meeting of %s") % meeting.collective, _("Go to the meeting"), desk
    else:
        title, label, url = _("Hold the meeting of %s") % meeting.collective, _("Go to the meeting"), desk
    return TaskRow(
        key=f"meeting-{meeting.uuid}",
        title=title,
        detail=f"{meeting.collective} · {words}",
        due_on=meeting.held_on,
        act_label=label,
        act_url=url,
    )


def _to_confirm(meeting: Meeting) -> TaskRow:
    return TaskRow(
        key=f"tally-{meeting.uuid}",
        title=_("Confirm the ballot of %s") % meeting.collective,
        detail=_("Enter the result again from the paper."),
        act_label=_("Enter and confirm"),
        act_url=reverse("reviews:tally_confirm", args=[meeting.uuid]),
    )


def officer_rows(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """Ratings with opinions missing: one row; one query."""
    if not viewer.units_of(roles.OFFICER):
        return
    missing = opinions.missing_for(user).count()
    if missing:
        yield TaskRow(
            key="opinions-missing",
            title=ngettext("Opinions missing on %(n)s rating", "Opinions missing on %(n)s ratings", missing)
            % {"n": missing},
            act_label=_("See the list"),
            act_url=reverse("reviews:opinion_missing"),
        )


def comments_asked(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """Comments on who moved away from the place that I head: a row each, for each is written by itself; one query."""
    if not viewer.units_of(roles.UNIT_HEAD) and not viewer.collectives_of(roles.HEAD):
        return
    for row in former_comments.waiting_for(user):
        yield TaskRow(
            key=f"comment-{row.uuid}",
            title=_("Comment on %s, who moved") % row.rating.person,
            detail=f"{row.rating.get_kind_display()} · {row.rating.cycle}",
            due_on=row.due_on,
            act_label=_("Write the comment"),
            act_url=reverse("reviews:former_comment", args=[row.uuid]),
        )


def register() -> None:
    """Contribute these rows to the home page, open scans to readers of their meeting; from `AppConfig.ready`."""
    for provider in (sessions, officer_rows, comments_asked):
        register_provider(provider)
    register_readers("reviews.Meeting", meetings.visible_to)
