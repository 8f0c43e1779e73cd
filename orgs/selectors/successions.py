"""In which bodies one goes on that was merged, divided or renamed."""

from collections import defaultdict
from datetime import date

from orgs.models import Unit, UnitSuccession


class SuccessionBook:
    """What became of which body up to a day, step by step. One query, whatever is asked afterwards."""

    def __init__(self, on: date) -> None:
        self.steps: dict[int, list[UnitSuccession]] = defaultdict(list)
        rows = UnitSuccession.objects.filter(happened_on__lte=on).select_related("predecessor", "successor")
        for row in rows.order_by("happened_on", "id"):
            self.steps[row.predecessor_id].append(row)

    def way_of(self, unit_id: int) -> tuple[UnitSuccession, ...]:
        """Every step from the body to those in which it goes on, the nearest first; empty while it stands itself."""
        found, seen, queue = [], set(), [unit_id]
        while queue:
            reached = queue.pop(0)
            if reached not in seen:
                seen.add(reached)
                found += self.steps.get(reached, ())
                queue += [row.successor_id for row in self.steps.get(reached, ())]
        return tuple(found)

    def heirs_of(self, unit: Unit) -> tuple[Unit, ...]:
        """The bodies in which it goes on, several where it was divided; itself where nobody followed it."""
        way = self.way_of(unit.pk)
        left = {row.predecessor_id for row in way}
        heirs = {row.successor_id: row.successor for row in way if row.successor_id not in left}
        return tuple(heirs.values()) or (unit,)
