"""What may stand in the way of a registration, and of an outcome."""

from django.utils import timezone
from django.utils.translation import gettext as _

from orgs.guards import reason_of_own, register_guard
from orgs.models import User
from registrations.models import Registration, Work
from registrations.selectors.works import registrations as selectors
from registrations.selectors.works.routing import reason_without_route, route_of


def registration_is_complete(registration: Registration, user: User) -> str:
    """Every gap, each with the work that it belongs to."""
    return " ".join(
        f"{gap.work}: {gap.sentence}" if gap.work else gap.sentence for gap in selectors.gaps_of(registration)
    )


def registration_has_receiver(registration: Registration, user: User) -> str:
    """Somebody must rate the subject."""
    is_read = hasattr(registration, "route_today")
    found = registration.route_today if is_read else route_of(registration.subject, timezone.localdate())
    return "" if found else reason_without_route(registration.subject)


def registered_year_is_open(registration: Registration, user: User) -> str:
    """Nothing is registered any more for a year that is closed."""
    return selectors.reason_against_day(registration.year, timezone.localdate())


def registration_judged_by_another(row: Registration | Work, user: User) -> str:
    """Who registered neither receives nor verifies."""
    return reason_of_own((row if isinstance(row, Registration) else row.registration).person_id, user)


def a_change_was_consented(work: Work, user: User) -> str:
    """Done otherwise than registered is reported where the receiving body consented to the change."""
    if any(row.is_consented for row in work.changes.all()):
        return ""
    return _("Ask the receiving body for the change first; without its consent report the work as done or not done.")


def register() -> None:
    """Register the guards; called from `AppConfig.ready`."""
    for guard in (
        registration_is_complete,
        registration_has_receiver,
        registered_year_is_open,
        registration_judged_by_another,
        a_change_was_consented,
    ):
        register_guard(guard.__name__, guard)
