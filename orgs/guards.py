"""The registry of guards: functions from a document to a reason, empty when the way is clear."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from orgs import access
from orgs.models import StandIn, User
from orgs.models.documents import WorkflowDocument

Guard = Callable[[WorkflowDocument, User], str]
GUARDS: dict[str, Guard] = {}


@dataclass(frozen=True)
class Move:
    """A transition as one user sees it: allowed when `reasons` is empty."""

    name: str
    label: str
    target: str
    reasons: tuple[str, ...]
    needs: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.reasons


def register_guard(name: str, guard: Guard) -> None:
    """Make a guard known under the name that the workflow rows use."""
    GUARDS[name] = guard


def reasons_against(document: WorkflowDocument, names: tuple[str, ...], user: User) -> tuple[str, ...]:
    """Every reason that the named guards give against a move of `document`."""
    return tuple(str(reason) for name in names if (reason := GUARDS[name](document, user)))


def moves(document: WorkflowDocument, user: User, held: frozenset[str]) -> list[Move]:
    """The moves that the roles `held` may make now, each with the reasons against it."""
    return [
        Move(row.name, row.label, row.target, reasons_against(document, row.guards, user), row.needs)
        for row in document.workflow.leaving(document.state)
        if row.by & held
    ]


def reason_of_own(person_id: int | None, user: User) -> str:
    """Why `user` does not act as a judge upon the person `person_id`; empty where he may, and for None.

    Whoever stands in for the person concerned does not judge in his place either.
    """
    if person_id is None:
        return ""
    if user.person_id == person_id:
        return _("Nobody acts as a judge in his own case: another person does this.")
    # Most accounts stand in for nobody, which is known already: they are asked nothing more.
    if access.viewer_of(user).acting_for and _stands_in_for(person_id, user):
        return _("You stand in for the person concerned: another person does this.")
    return ""


def _stands_in_for(person_id: int, user: User) -> bool:
    return StandIn.objects.current(timezone.localdate()).filter(substitute=user, absent__person=person_id).exists()
