"""The base of everything that moves through a workflow."""

from django.db import models

from orgs.models import record
from orgs.workflow import WORKFLOWS, State, Workflow


def state_choices() -> list[tuple[str, str]]:
    """Every state of every workflow, so that a new state needs no migration."""
    return sorted({(state.name, state.label) for flow in WORKFLOWS.values() for state in flow.states})


class WorkflowDocument(record.Record):
    """A document with a state. `state` is written by `orgs.services.transitions.advance` and nowhere else."""

    workflow_name = models.CharField(max_length=40, editable=False)
    state = models.CharField(max_length=40, choices=state_choices, editable=False, db_index=True)
    state_since = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def workflow(self) -> Workflow:
        """The procedure this document follows."""
        return WORKFLOWS[self.workflow_name]

    @property
    def state_row(self) -> State:
        """The row of the present state."""
        return self.workflow.state(self.state)

    @property
    def is_final(self) -> bool:
        """Whether the document rests in a final state."""
        return self.state_row.final

    @property
    def chain(self) -> str:
        """The audit chain in which the acts on this document are linked."""
        return "system"

    @property
    def unit_path(self) -> str:
        """Where the document lives, as written into its audit events."""
        return ""
