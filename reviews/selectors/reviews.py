"""Reviews as a user may see them: all, those that wait for him, and those of a list page."""

from django.db.models import QuerySet

from orgs import access
from orgs.models import User
from reviews.models import Review
from reviews.selectors import pens

LABEL = "reviews.Review"
LISTED = ("cycle", "person", "collective", "unit")


def visible_to(user: User) -> QuerySet[Review]:
    """The reviews that `user` may read in their present state."""
    return access.within(Review.objects.all(), access.document_scope(LABEL, access.viewer_of(user)))


def waiting_for(user: User) -> QuerySet[Review]:
    """The reviews whose next step is in the hands of `user`."""
    return access.within(Review.objects.all(), pens.next_steps(LABEL, access.viewer_of(user)))


def listed(rows: QuerySet[Review]) -> QuerySet[Review]:
    """`rows` for a list: names at hand, the long definition of the form left in the database."""
    return rows.select_related(*LISTED).defer("form", "cycle__regulation__content").order_by("sort_key", "id")
