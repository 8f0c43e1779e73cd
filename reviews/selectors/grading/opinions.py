"""Opinions on ratings: who reads them, and what of them is still missing."""

from django.db.models import Count, Q, QuerySet

from orgs import access, roles
from orgs.models import User
from orgs.selectors.files import register_readers
from orgs.selectors.history import register_words
from reviews.models import Opinion, OpinionKind, OpinionStatus, Rating

# Opinions prepare the decision: the subject and the proposing body do not read what others said.
READING = frozenset({roles.OFFICER, roles.COPIED, roles.INSPECTOR})
# As the history names them: for the same readers, for their notes hold the opinions themselves.
ACTS = ("opinion.ask", "opinion.receive", "opinion.give", "opinion.waive")
OPEN_STATES = ("proposal", "appraisal", "decision")


def _(text: str) -> str:
    return text


WORDS = {
    "opinion.ask": _("Asked for an opinion"),
    "opinion.receive": _("Entered an opinion"),
    "opinion.give": _("Gave the comment of the former place"),
    "opinion.waive": _("Waived an opinion"),
    "rating.state_grade": _("Recorded the State-side grade"),
    "meeting.convene": _("Convened the meeting"),
    "meeting.change": _("Changed day, place or circulation"),
    "meeting.agenda": _("Brought the agenda up to date"),
    "meeting.attendance": _("Recorded the attendance"),
    "meeting.let_pass": _("Let a matter of form pass"),
    "tally.enter": _("Entered the result of the ballot"),
    "tally.confirm": _("Confirmed the result of the ballot"),
    "review.hear": _("Heard by the meeting"),
    "review.answer_conclusion": _("Answered the conclusion of the meeting"),
}


def readable_by(user: User) -> QuerySet[Rating]:
    """The ratings whose opinions `user` reads: as officer, as body that gets a copy, as inspector; never the own."""
    viewer = access.viewer_of(user)
    total = access.NOTHING
    for role in READING:
        rows = access.reach_of("reviews.Rating", role, viewer)
        total = total if rows is None else total | rows
    rows = access.within(Rating.objects.all(), total)
    return rows.exclude(person=viewer.person_id) if viewer.person_id else rows


def reads(user: User, rating: Rating, held: frozenset[str]) -> bool:
    """The same for one rating, towards which `user` holds the roles `held`."""
    is_own = rating.person_id is not None and rating.person_id == user.person_id
    return not is_own and bool(held & READING)


def visible_to(user: User) -> QuerySet[Opinion]:
    """The opinions on those ratings, and the comments that `user` gave; their files are open to the same people."""
    return Opinion.objects.filter(Q(rating__in=readable_by(user).values("pk")) | Q(given_by=user))


def opinions_of(rating: Rating) -> list[Opinion]:
    """The opinions on one rating; one query."""
    return list(rating.opinions.select_related("unit", "file", "entered_by__person", "given_by__person"))


def gathers(user: User, rating: Rating) -> bool:
    """Whether `user` asks, enters and waives opinions on `rating`: the officer of the appraising body."""
    is_own = bool(rating.person_id and rating.person_id == access.viewer_of(user).person_id)
    return not is_own and roles.OFFICER in access.roles_on(user, rating)


def missing_for(user: User) -> QuerySet[Rating]:
    """The ratings of others before `user` as officer with opinions asked that neither came nor were waived."""
    viewer = access.viewer_of(user)
    units = viewer.units_of(roles.OFFICER)
    blocking = Q(opinions__status=OpinionStatus.ASKED) & ~Q(opinions__kind=OpinionKind.RESIDENCE)
    rows = Rating.objects.filter(appraising_unit__in=units, state__in=OPEN_STATES, cycle__closed_at=None)
    if viewer.person_id:
        rows = rows.exclude(person=viewer.person_id)
    waiting = rows.annotate(missing=Count("opinions", filter=blocking, distinct=True)).filter(missing__gt=0)
    related = waiting.select_related("person", "collective", "organisation", "cycle")
    return related.defer("facts", "suggestion").order_by("sort_key", "id")


def register() -> None:
    """Open the files of opinions to their readers, and name the acts of this part; called from `AppConfig.ready`."""
    register_readers("reviews.Opinion", visible_to)
    register_words(WORDS)
