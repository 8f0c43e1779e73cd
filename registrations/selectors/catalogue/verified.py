"""Works as a rating meets them: of whom, for which year, with their verified outcome. A ground, never a condition."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from registrations.models import Work, WorkOutcome
from registrations.selectors.works import works

# What was not done is shown where it was verified, but it is nobody's ground for the best grade.
REACHED = (WorkOutcome.DONE, WorkOutcome.CHANGED)


def works_of(people: Iterable[int], collectives: Iterable[int], year: int) -> QuerySet[Work]:
    """The works in the catalogue that these people and collectives registered for `year`."""
    whose = Q(registration__person__in=list(people)) | Q(registration__collective__in=list(collectives))
    rows = works.entered(Work.objects.filter(whose, registration__year=year))
    return rows.select_related("registration").order_by("registration_id", "kind", "order", "id")


def verified(rows: QuerySet[Work]) -> QuerySet[Work]:
    """Those whose outcome the receiving body has verified."""
    return rows.filter(state__in=works.VERIFIED).exclude(verified_outcome="")


def is_ground(work: Work) -> bool:
    """Whether the outcome speaks for an excellent."""
    return work.state in works.VERIFIED and work.verified_outcome in REACHED
