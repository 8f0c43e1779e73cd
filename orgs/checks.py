"""System checks: the tables that are joined by name fit together."""

from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, Error

from orgs import guards
from orgs.roles import ROLES
from orgs.services import transitions
from orgs.workflow import WORKFLOWS


def workflow_names_fit(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every guard of a row is registered and every registered one is used; every consequence is a move; roles exist."""
    named = {guard for flow in WORKFLOWS.values() for row in flow.transitions for guard in row.guards}
    moves = {f"{flow.name}.{row.name}" for flow in WORKFLOWS.values() for row in flow.transitions}
    spoken = {
        role
        for flow in WORKFLOWS.values()
        for roles in (*(state.readers for state in flow.states), *(row.by for row in flow.transitions))
        for role in roles
    }
    found: list[CheckMessage] = []
    for name in sorted(named - set(guards.GUARDS)):
        found.append(Error(f"The guard {name} stands in a workflow row but nobody registered it.", id="orgs.E001"))
    for name in sorted(set(guards.GUARDS) - named):
        found.append(Error(f"The guard {name} is registered but no workflow row names it.", id="orgs.E002"))
    for name in sorted(set(transitions.CONSEQUENCES) - moves):
        found.append(Error(f"A consequence is registered for {name}, which is no move.", id="orgs.E003"))
    for name in sorted(set(transitions.PRELUDES) - moves):
        found.append(Error(f"A prelude is registered for {name}, which is no move.", id="orgs.E005"))
    for name in sorted(spoken - set(ROLES)):
        found.append(Error(f"The role {name} of a workflow row is not in orgs/roles.py.", id="orgs.E004"))
    return found


def register() -> None:
    """Let Django ask these questions whenever it starts; called from `AppConfig.ready`."""
    checks.register(workflow_names_fit)
