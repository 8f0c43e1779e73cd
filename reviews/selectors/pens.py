"""Whose move it is: the steps that carry a document forward, and what one user may do with one document."""

from django.db.models import Q

from orgs import access, guards
from orgs.access import Viewer
from orgs.guards import Move
from orgs.models import User
from orgs.models.documents import WorkflowDocument
from orgs.workflow import Workflow, workflows_of

# Nobody is asked to return, postpone, reopen or revoke: these wait for no one, although the pen is there.
ASIDE = frozenset({"return", "postpone", "reopen", "close", "revoke", "exempt", "petition", "withdraw"})


def steps_of(flow: Workflow, role: str) -> frozenset[str]:
    """Names of the open states in which `role` holds the pen for a step forward."""
    return frozenset(
        row.source
        for row in flow.transitions
        if role in row.by and row.name not in ASIDE and not flow.state(row.source).final
    )


def next_steps(label: str, viewer: Viewer) -> Q:
    """The documents of `label` whose step forward is in the hands of `viewer`."""
    total = access.NOTHING
    for role in access.REACHES.get(label, {}):
        rows = access.reach_of(label, role, viewer)
        if rows is None:
            continue
        for flow in workflows_of(label):
            if states := steps_of(flow, role):
                total |= rows & Q(workflow_name=flow.name, state__in=states)
    return total


def moves_of(user: User, document: WorkflowDocument) -> list[Move]:
    """Every move that `user` holds the pen for now, each with the reasons that stand against it."""
    return guards.moves(document, user, access.roles_on(user, document))


def may(user: User, document: WorkflowDocument, move: str) -> Move | None:
    """The move as `user` has it: None without the pen, `is_open` when nothing stands against it."""
    return next((row for row in moves_of(user, document) if row.name == move), None)
