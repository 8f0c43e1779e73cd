"""Grades of earlier years, for who keeps the register of whom they are about."""

from django.db.models import Q, QuerySet

from orgs.models import User
from orgs.models.names import fold
from registrations.access import SUBJECTS
from registrations.models import PastRating
from registrations.selectors.register.facts import subjects_of


def visible_to(user: User) -> QuerySet[PastRating]:
    """The grades about subjects within reach, the newest year first."""
    rows = Q(pk__in=[])
    for name in SUBJECTS:
        rows |= Q(**{f"{name}__in": subjects_of(user, name).values("pk")})
    found = PastRating.objects.filter(rows).select_related("person", "collective__unit", "unit")
    return found.order_by("-counted_year", "pk")


def matching(rows: QuerySet[PastRating], text: str) -> QuerySet[PastRating]:
    """Rows whose subject matches a search without accents."""
    folded = fold(text)
    return rows.filter(
        Q(person__search__contains=folded)
        | Q(unit__search__contains=folded)
        | Q(collective__unit__search__contains=folded)
    )
