"""Ratings as a user may see them: all, those that wait for him, and those of a list page."""

from django.db.models import QuerySet

from orgs import access
from orgs.models import User
from reviews.models import Rating
from reviews.selectors import pens

LABEL = "reviews.Rating"
LISTED = ("cycle", "person", "collective", "organisation", "group", "deciding_collective", "review")
HEAVY = ("facts", "suggestion", "review__form")


def visible_to(user: User) -> QuerySet[Rating]:
    """The ratings that `user` may read in their present state."""
    return access.within(Rating.objects.all(), access.document_scope(LABEL, access.viewer_of(user)))


def waiting_for(user: User) -> QuerySet[Rating]:
    """The ratings whose next step is in the hands of `user`."""
    return access.within(Rating.objects.all(), pens.next_steps(LABEL, access.viewer_of(user)))


def listed(rows: QuerySet[Rating]) -> QuerySet[Rating]:
    """`rows` for a list: names at hand, frozen facts and forms left in the database."""
    return rows.select_related(*LISTED).defer(*HEAVY).order_by("sort_key", "id")
