"""What may stand in the way of opening and closing a cycle."""

from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Cycle
from criteria.selectors.reaching import openings
from orgs.guards import GUARDS, register_guard
from orgs.models import User


def cycle_is_ready(cycle: Cycle, user: User) -> str:
    """Everything that is missing, in one answer."""
    return " ".join(openings.what_is_missing(cycle))


def period_has_ended(cycle: Cycle, user: User) -> str:
    """A round cannot end before the period that it rates."""
    if timezone.localdate() > cycle.period_end_on:
        return ""
    return _("The period lasts until %(day)s.") % {"day": f"{cycle.period_end_on:%d/%m/%Y}"}


def register() -> None:
    """Register the guards; called from `AppConfig.ready`.

    Whether every rating has ended is known on a higher floor, which registers `cycle_has_ended` itself and asks
    `period_has_ended` there; without that floor the period alone decides.
    """
    register_guard("cycle_is_ready", cycle_is_ready)
    if "cycle_has_ended" not in GUARDS:
        register_guard("cycle_has_ended", period_has_ended)
