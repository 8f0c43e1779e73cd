"""Conclusions of deciding bodies within reach, and the published grades."""

from django.db.models import QuerySet

from orgs import access
from orgs.models import User
from reviews.models import Conclusion, Rating


def visible_to(user: User) -> QuerySet[Conclusion]:
    """The conclusions that `user` may read."""
    rows = access.document_scope("reviews.Conclusion", access.viewer_of(user))
    return access.within(Conclusion.objects.all(), rows)


def published(user: User) -> QuerySet[Rating]:
    """Published results: the grade only, open to every account (Điều 15.2 QĐ 124-QĐ/TW)."""
    rows = Rating.objects.filter(published_at__isnull=False).exclude(decided_grade="")
    return rows.select_related("cycle", "person", "collective", "organisation", "review__unit").defer("review__form")
