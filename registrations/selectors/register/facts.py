"""The register as a user reaches it: whose facts he may state, and the rows about them."""

from django.db.models import Model, Q, QuerySet

from orgs import access, roles
from orgs.models import User
from orgs.models.names import fold
from registrations.access import REACHED, SUBJECTS
from registrations.models import Discipline, Finding, Shortcoming

KINDS: dict[str, type[Model]] = {"discipline": Discipline, "finding": Finding, "shortcoming": Shortcoming}


def subjects_of(user: User, kind: str) -> QuerySet:
    """The persons, collectives or units (`kind`) whose facts `user` may state; none without the right."""
    model, viewer = SUBJECTS[kind], access.viewer_of(user)
    if roles.STATE_FACTS not in viewer.rights:
        return model.objects.none()
    rows = access.scope(model._meta.label, viewer, needing=roles.STATE_FACTS)
    for reached in REACHED[kind]:
        rows |= reached(viewer)
    return access.within(model.objects.all(), rows)


def visible_to(user: User, kind: str) -> QuerySet:
    """The rows of the register of one kind about subjects within reach, newest document first."""
    rows = Q(pk__in=[])
    for name in SUBJECTS:
        rows |= Q(**{f"{name}__in": subjects_of(user, name).values("pk")})
    return KINDS[kind].objects.filter(rows).select_related("person", "collective", "unit", "entered_by__person")


def matching(rows: QuerySet, text: str) -> QuerySet:
    """Rows whose subject matches a search without accents, or whose document contains the text."""
    folded = fold(text)
    return rows.filter(
        Q(person__search__contains=folded)
        | Q(unit__search__contains=folded)
        | Q(collective__unit__search__contains=folded)
        | Q(document__icontains=text)
    )
