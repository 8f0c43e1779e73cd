"""Conclusions of deciding bodies within reach, and the published grades."""

from django.db.models import QuerySet

from orgs import access
from orgs.models import User
from reviews.models import Conclusion, ConclusionLine, Rating
from reviews.selectors.grading import ratings


def visible_to(user: User) -> QuerySet[Conclusion]:
    """The conclusions that `user` may read."""
    rows = access.document_scope("reviews.Conclusion", access.viewer_of(user))
    return access.within(Conclusion.objects.all(), rows)


def lines_of(conclusion: Conclusion, user: User) -> list[ConclusionLine]:
    """The lines whose ratings `user` reads: an officer those that he appraises, nobody the own one before its notice.

    A revoked line stays with its rating.
    """
    rows = conclusion.lines.filter(rating__in=ratings.visible_to(user).values("pk"))
    related = ("rating__person", "rating__collective", "rating__organisation", "rating__group")
    return list(rows.select_related(*related).defer("rating__facts", "rating__suggestion"))


def published(user: User) -> QuerySet[Rating]:
    """Published results: the grade only, open to every account (Điều 15.2 QĐ 124-QĐ/TW)."""
    rows = Rating.objects.filter(published_at__isnull=False).exclude(decided_grade="")
    return rows.select_related("cycle", "person", "collective", "organisation", "review__unit").defer("review__form")
