"""The dates of a round: which milestone speaks for a step of a unit, and what the regulation proposes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from criteria.models import Cycle, Milestone, Plan
from orgs.models import Unit

ISSUED = "issued"
BY_UNIT, BY_KIND, BY_LINE, FOR_ALL = range(4)


@dataclass(frozen=True)
class Place:
    """What a milestone may name of a unit."""

    parent_id: int | None
    kind_id: int
    line: str


class PlanBook:
    """The milestones of a plan and of the issued plans under it, read in three queries, asked without any.

    A unit follows the plan of its own body, else of the nearest body above it, else the plan itself. Inside one plan
    the most specific row wins: this very unit, its kind, its line, everybody; of two alike the later date.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._rows: dict[int, list[Milestone]] = {}
        self._plan_of_unit: dict[int, int] = {}
        self._units = {
            pk: Place(parent, kind, line)
            for pk, parent, kind, line in Unit.objects.without_tree_fields().values_list(
                "pk", "parent_id", "kind_id", "line"
            )
        }
        self._read(plan)
        self._found: dict[tuple[str, int | None], Milestone | None] = {}

    def _read(self, plan: Plan) -> None:
        under: dict[int | None, list[tuple[int, int]]] = {}
        candidates = Plan.objects.filter(state=ISSUED, year=plan.year, parent__isnull=False)
        for pk, issuer, parent in candidates.values_list("pk", "issuer_id", "parent_id"):
            under.setdefault(parent, []).append((pk, issuer))
        queue = [plan.pk]
        while queue:
            parent = queue.pop()
            self._rows[parent] = []
            for pk, issuer in under.get(parent, ()):
                self._plan_of_unit[issuer] = pk
                queue.append(pk)
        for row in Milestone.objects.filter(plan__in=self._rows).order_by("-due_on", "id"):
            self._rows[row.plan_id].append(row)

    def row_for(self, step: str, unit: Unit | None) -> Milestone | None:
        """The milestone that binds `unit` (None: a person without a unit) at `step`, or None."""
        return self._row_at(step, unit.pk if unit else None)

    def due_on(self, step: str, unit: Unit | None) -> date | None:
        """The last day of `step` for `unit`, or None where no plan gives one."""
        return self.due_at(step, unit.pk if unit else None)

    def due_at(self, step: str, unit_id: int | None) -> date | None:
        """The same by the id of the unit (None: a person without a unit)."""
        row = self._row_at(step, unit_id)
        return row.due_on if row else None

    @property
    def unit_ids(self) -> Iterable[int]:
        """Every unit there is."""
        return self._units.keys()

    def is_closing(self, step: str, unit: Unit | None) -> bool:
        """Whether the step refuses after its last day instead of only marking lateness."""
        row = self.row_for(step, unit)
        return bool(row and row.is_closing)

    def _row_at(self, step: str, unit_id: int | None) -> Milestone | None:
        key = (step, unit_id)
        if key not in self._found:
            self._found[key] = self._search(step, unit_id)
        return self._found[key]

    def _search(self, step: str, unit_id: int | None) -> Milestone | None:
        for plan_id in self._plans_above(unit_id):
            rows = [row for row in self._rows[plan_id] if row.step == step]
            if best := _most_specific(rows, unit_id, self._units.get(unit_id)):
                return best
        return None

    def _plans_above(self, unit_id: int | None) -> Iterable[int]:
        while unit_id is not None and unit_id in self._units:
            if unit_id in self._plan_of_unit:
                yield self._plan_of_unit[unit_id]
            unit_id = self._units[unit_id].parent_id
        yield self.plan.pk


class MilestoneBook(PlanBook):
    """The milestones that hold in a cycle: those of its plan and of each body's own plan under it."""

    def __init__(self, cycle: Cycle) -> None:
        super().__init__(cycle.plan)


def row_above(plan: Plan, row: Milestone) -> Milestone | None:
    """What the plans above `plan`, the nearest first, say for the place and step of its `row`; None where nothing.

    A body's own dates may be earlier than those above it, not later.
    """
    unit = row.unit or (None if row.unit_kind_id or row.line else plan.issuer)
    place = Place(None, row.unit_kind_id or (unit or plan.issuer).kind_id, row.line or (unit or plan.issuer).line)
    above, seen = plan.parent, {plan.pk}
    while above is not None and above.pk not in seen:
        seen.add(above.pk)
        rows = above.milestones.filter(step=row.step).order_by("-due_on", "id")
        if best := _most_specific(rows, unit.pk if unit else None, place):
            return best
        above = above.parent
    return None


def later_than_above(plan: Plan, row: Milestone) -> str:
    """Why the date cannot stand: it is later than that of the plan above; empty when it can."""
    above = row_above(plan, row)
    if above is None or row.due_on <= above.due_on:
        return ""
    return _("The step “%(step)s” ends on %(own)s, later than %(above)s in the plan “%(plan)s” above.") % {
        "step": row.get_step_display(),
        "own": f"{row.due_on:%d/%m/%Y}",
        "above": f"{above.due_on:%d/%m/%Y}",
        "plan": above.plan,
    }


def _most_specific(rows: Iterable[Milestone], unit_id: int | None, place: Place | None) -> Milestone | None:
    ranked = [(rank, row) for row in rows if (rank := _fit(row, unit_id, place)) is not None]
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _fit(row: Milestone, unit_id: int | None, place: Place | None) -> int | None:
    if row.unit_id and row.unit_id != unit_id:
        return None
    if row.unit_kind_id and (place is None or row.unit_kind_id != place.kind_id):
        return None
    if row.line and (place is None or row.line != place.line):
        return None
    if row.unit_id:
        return BY_UNIT
    if row.unit_kind_id:
        return BY_KIND
    return BY_LINE if row.line else FOR_ALL
