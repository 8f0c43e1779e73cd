"""From which criteria a result is chosen: those of the framework in force that measures whom it is of."""

from datetime import date

from criteria.models import Criterion
from criteria.selectors.frameworks.applying import applies
from orgs.models import Collective, Person


def criteria_for(subject: Person | Collective, on: date) -> list[Criterion]:
    """The criteria in their order, with their groups; none where no framework of that day measures `subject`."""
    framework = applies(subject, on=on, is_shown=False).choice.framework
    if framework is None:
        return []
    rows = Criterion.objects.filter(group__framework=framework).select_related("group")
    return list(rows.order_by("group__order", "order", "pk"))
