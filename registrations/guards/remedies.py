"""What may stand in the way of reporting and judging a remedy."""

from django.utils.translation import gettext as _

from orgs.guards import reason_of_own, register_guard
from orgs.models import User
from registrations.models import Shortcoming


def remedy_is_told(row: Shortcoming, user: User) -> str:
    """Who says that it is mended says how."""
    if row.measure.strip() and row.report.strip():
        return ""
    return _("Write what was planned and what was done before you report it as mended.")


def remedy_judged_by_another(row: Shortcoming, user: User) -> str:
    """Neither the subject nor who was to mend it judges whether it is mended."""
    for person in (row.person_id, row.owner_id):
        if reason := reason_of_own(person, user):
            return reason
    if row.reported_by_id == user.pk:
        return _("You reported it as mended: another person verifies it.")
    return ""


def register() -> None:
    """Register the guards; called from `AppConfig.ready`."""
    for guard in (remedy_is_told, remedy_judged_by_another):
        register_guard(guard.__name__, guard)
