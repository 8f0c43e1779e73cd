"""What may stand in the way of submitting and issuing a framework."""

from django.utils.translation import gettext as _

from criteria.models import Framework
from criteria.selectors.consulting import consultations
from criteria.selectors.frameworks import conforming, framework_lineage, frameworks
from orgs.guards import register_guard
from orgs.models import User

ISSUED, AGREED = "issued", "agreed"


def framework_is_numbered(framework: Framework, user: User) -> str:
    """A framework goes out with number and date."""
    if framework.number and framework.issued_on:
        return ""
    return _("The framework has no number or no date of issue yet.")


def framework_is_complete(framework: Framework, user: User) -> str:
    """Each criterion has its four texts, and every level that the form asks for is anchored."""
    return " ".join(frameworks.what_is_missing(framework))


def framework_conforms(framework: Framework, user: User) -> str:
    """Nothing of the parent is dropped, loosened or changed, unless an exception with its document is on record."""
    if framework_lineage.circle_of(framework, framework.parent):
        return ""
    return " ".join(breach.message for breach in conforming.standing_breaches(framework))


def parents_make_no_circle(framework: Framework, user: User) -> str:
    """A framework does not stand above itself."""
    return framework_lineage.circle_of(framework, framework.parent)


def parent_framework_is_issued(framework: Framework, user: User) -> str:
    """What is made concrete has been issued, and still holds."""
    if framework.parent is None or framework.parent.state == ISSUED:
        return ""
    return _("The framework above, “%(framework)s”, is not in force: %(state)s.") % {
        "framework": framework.parent,
        "state": _(framework.parent.state_row.label),
    }


def superior_has_agreed(framework: Framework, user: User) -> str:
    """Where the framework above asks for it, the superior agrees before the issue."""
    if framework.parent is None or not framework.parent.is_submission_required or framework.state == AGREED:
        return ""
    return _(
        "The framework “%(framework)s” asks that this one is submitted to %(issuer)s, which has not agreed yet."
    ) % {
        "framework": framework.parent,
        "issuer": framework.parent.issuer,
    }


def framework_has_superior(framework: Framework, user: User) -> str:
    """There is a framework above, whose issuer looks at this one."""
    return "" if framework.parent_id else _("This framework concretises no other one: there is nobody to submit it to.")


def no_consultation_is_under_way(framework: Framework, user: User) -> str:
    """A framework that is out for opinions, or whose answers are still put together, is not taken back from them."""
    rows = consultations.under_way_with(framework)
    if not rows:
        return ""
    return _("Opinions on it are being asked for: %(consultations)s.") % {
        "consultations": ", ".join(f"“{row}”" for row in rows)
    }


def register() -> None:
    """Register the guards; called from `AppConfig.ready`."""
    for guard in (
        framework_is_numbered,
        framework_is_complete,
        framework_conforms,
        parents_make_no_circle,
        parent_framework_is_issued,
        superior_has_agreed,
        framework_has_superior,
        no_consultation_is_under_way,
    ):
        register_guard(guard.__name__, guard)
