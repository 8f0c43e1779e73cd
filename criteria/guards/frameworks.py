"""What may stand in the way of issuing a framework."""

from django.utils.translation import gettext as _

from criteria.models import Framework
from criteria.selectors import frameworks
from orgs.guards import register_guard
from orgs.models import User


def framework_is_numbered(framework: Framework, user: User) -> str:
    """A framework goes out with number and date."""
    if framework.number and framework.issued_on:
        return ""
    return _("The framework has no number or no date of issue yet.")


def framework_is_complete(framework: Framework, user: User) -> str:
    """Each criterion has its four texts, and every level that the form asks for is anchored."""
    return " ".join(frameworks.what_is_missing(framework))


def register() -> None:
    """Register the guards; called from `AppConfig.ready`."""
    for guard in (framework_is_numbered, framework_is_complete):
        register_guard(guard.__name__, guard)
