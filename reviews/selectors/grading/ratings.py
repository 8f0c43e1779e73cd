"""Ratings as a user may see them: all, those that wait for him, and those of a list page."""

from django.db.models import Q, QuerySet

from orgs import access, roles
from orgs.access import Viewer
from orgs.models import User
from orgs.selectors.history import register_words
from reviews.models import Rating
from reviews.selectors import pens

LABEL = "reviews.Rating"
LISTED = ("cycle", "person", "collective", "organisation", "group", "deciding_collective", "review")
HEAVY = ("facts", "suggestion", "review__form")
DECIDED = ("notice", "petition", "archived")


def _(text: str) -> str:
    return text


WORDS = {
    "rating.write_proposal": _("Wrote the proposed grade"),
    "rating.write_appraisal": _("Wrote the appraised grade"),
    "rating.pending": _("Put a grade before the body"),
    "rating.notify": _("Notified the result"),
    "rating.read": _("Read the result"),
    "petition.answer": _("Answered the petition"),
}


def untold(viewer: Viewer) -> Q:
    """Ratings of which `viewer` is the subject, or the author for it, and was not told: nobody reads these before.

    The result is the subject's from the notice on (Điều 15.2 QĐ 124-QĐ/TW), whatever other office he holds. A
    collective proposes its own grade itself; what the body made of it is hidden likewise.
    """
    told = Q(state__in=DECIDED, notified_at__isnull=False) | Q(state="not_rated")
    own = Q(person=viewer.person_id) & ~told if viewer.person_id else access.NOTHING
    return own | Q(collective__in=viewer.collectives_of(roles.AUTHOR), state__in=DECIDED, notified_at__isnull=True)


def visible_to(user: User) -> QuerySet[Rating]:
    """The ratings that `user` may read in their present state, the own ones once they were notified."""
    viewer = access.viewer_of(user)
    return access.within(Rating.objects.all(), access.document_scope(LABEL, viewer)).exclude(untold(viewer))


def is_told(user: User, rating: Rating) -> bool:
    """Whether `rating` is the own result of `user`, notified and in force."""
    is_own = rating.person_id is not None and rating.person_id == user.person_id
    return is_own and rating.state in DECIDED and rating.notified_at is not None


def waiting_for(user: User) -> QuerySet[Rating]:
    """The ratings whose next step is in the hands of `user`; nobody's own is in his."""
    viewer = access.viewer_of(user)
    return access.within(Rating.objects.all(), pens.next_steps(LABEL, viewer)).exclude(untold(viewer))


def listed(rows: QuerySet[Rating]) -> QuerySet[Rating]:
    """`rows` for a list: names at hand, frozen facts and forms left in the database."""
    return rows.select_related(*LISTED).defer(*HEAVY).order_by("sort_key", "id")


def register() -> None:
    """Give the acts on ratings their words in the history; called from `AppConfig.ready`."""
    register_words(WORDS)
