"""The forms of every regulation, for those who check them against the paper of the authority."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from criteria.models import Regulation
from criteria.regulation import Form
from criteria.selectors.rules.regulations import parsed, visible_to
from orgs import access, roles
from orgs.models import User

PLACE = re.compile(r"\{[a-z_]+\}")
CHECKERS = frozenset({roles.ADMINISTRATOR, roles.OFFICER})


@dataclass(frozen=True)
class Shelf:
    """One regulation with its forms, newest text; each form with its subtitle, dots for what the round fills in."""

    row: Regulation
    forms: tuple[tuple[Form, str], ...]
    is_illustration: bool


def may_check(user: User) -> bool:
    """Whether the gallery is for this user: administrators and officers, who answer for the forms."""
    return bool(CHECKERS & access.viewer_of(user).roles)


def regulations_for(user: User) -> QuerySet[Regulation]:
    """The regulations whose forms the user may check; drafts of a derived one only who derives it."""
    if roles.ADMINISTRATOR in access.viewer_of(user).roles:
        return Regulation.objects.all()
    return visible_to(user)


def shelves_for(user: User) -> list[Shelf]:
    """Every regulation with forms, the newest first; one query."""
    rows = regulations_for(user).order_by("-in_force_from", "key")
    found = [(row, parsed(row)) for row in rows]
    return [Shelf(row, tuple(_titled(law.forms)), law.is_illustration) for row, law in found if law.forms]


def _titled(forms: Iterable[Form]) -> Iterable[tuple[Form, str]]:
    return ((form, PLACE.sub("…", form.subtitle)) for form in forms)
