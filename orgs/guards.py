"""The registry of guards: functions from a document to a reason, empty when the way is clear."""

from collections.abc import Callable
from dataclasses import dataclass

from orgs.models import User
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
