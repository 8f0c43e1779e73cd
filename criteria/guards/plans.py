"""What may stand in the way of issuing a plan."""

from django.utils.translation import gettext as _

from criteria.models import Plan
from criteria.selectors.rounds import milestones
from orgs.guards import register_guard
from orgs.models import User


def plan_is_numbered(plan: Plan, user: User) -> str:
    """A plan goes out with number and date."""
    if plan.number and plan.issued_on:
        return ""
    return _("The plan has no number or no date of issue yet.")


def parent_plan_issued(plan: Plan, user: User) -> str:
    """A body's own plan follows the one above it."""
    if plan.parent is None or plan.parent.state == milestones.ISSUED:
        return ""
    return _("The plan “%(plan)s” above is not issued yet.") % {"plan": plan.parent}


def milestones_fit_parent(plan: Plan, user: User) -> str:
    """Own dates may be earlier than those above, never later; the plan above may have moved since the draft."""
    rows = plan.milestones.select_related("unit", "unit_kind", "plan")
    return " ".join(filter(None, (milestones.later_than_above(plan, row) for row in rows)))


def plan_has_dates(plan: Plan, user: User) -> str:
    """The topmost plan without a date orders nothing; a plan below another follows the dates above it."""
    return "" if plan.parent_id or plan.milestones.exists() else _("The plan gives no date yet.")


def register() -> None:
    """Register the guards; called from `AppConfig.ready`."""
    for guard in (plan_is_numbered, plan_has_dates, parent_plan_issued, milestones_fit_parent):
        register_guard(guard.__name__, guard)
