"""What is still under way in a cycle."""

from django.db.models import QuerySet

from reviews.models import Rating
from reviews.workflow import RATING

POSTPONED = "postponed"
ENDED = [state.name for state in RATING.states if state.final] + [POSTPONED]


def of_ratings(rows: QuerySet[Rating]) -> QuerySet[Rating]:
    """The ratings that rest neither in a final state nor postponed."""
    return rows.exclude(state__in=ENDED)
