"""Which documents are past the last day of their present step, by the milestones of their unit."""

from datetime import date

from django.db.models import Q
from django.utils import timezone

from criteria.models import Cycle
from criteria.selectors.rounds.milestones import MilestoneBook
from orgs.workflow import Workflow


class LateBook:
    """The dates of one cycle for every unit; three queries, one more where the cycle came without its plan."""

    def __init__(self, cycle: Cycle) -> None:
        self.today = timezone.localdate()
        self._dates = MilestoneBook(cycle)

    def due_on(self, step: str, unit_id: int | None) -> date | None:
        """The last day of `step` for the unit; None where no plan gives one, or the state has no deadline."""
        return self._dates.due_at(step, unit_id) if step else None

    def is_late(self, step: str, unit_id: int | None) -> bool:
        """Whether the last day is over."""
        due = self.due_on(step, unit_id)
        return due is not None and due < self.today

    def scope(self, flow: Workflow, *paths: str) -> Q:
        """The documents of `flow` that are late; `paths` lead to the unit, one of them is filled."""
        total = Q(pk__in=[])
        for state in flow.states:
            if not state.due:
                continue
            late = [pk for pk in self._dates.unit_ids if self.is_late(state.due, pk)]
            rows = Q(pk__in=[])
            for path in paths:
                rows |= Q(**{f"{path}__in": late})
            if self.is_late(state.due, None):
                rows |= Q(**{f"{path}__isnull": True for path in paths})
            total |= Q(state=state.name) & rows
        return total
