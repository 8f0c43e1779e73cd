"""What may stand in the way of sending a dissemination out."""

from django.utils.translation import gettext as _

from criteria.models import Dissemination
from orgs.guards import register_guard
from orgs.models import User


def dissemination_has_bodies(dissemination: Dissemination, user: User) -> str:
    """What nobody is asked to study is not sent out."""
    if dissemination.units.exists():
        return ""
    return _("No body is addressed yet: choose at least one.")


def register() -> None:
    """Register the guard; called from `AppConfig.ready`."""
    register_guard("dissemination_has_bodies", dissemination_has_bodies)
