"""Who has the paper of a plan signed and files its scan: whoever prepares the plan."""

from django.db.models import QuerySet

from criteria.models import Plan
from criteria.workflow import PREPARING
from orgs import access
from orgs.models import User
from orgs.selectors.files import register_signers


def signed_by(user: User) -> QuerySet[Plan]:
    """The plans that `user` prepares."""
    viewer = access.viewer_of(user)
    total = access.NOTHING
    for role in PREPARING:
        found = access.reach_of("criteria.Plan", role, viewer)
        total = total if found is None else total | found
    return access.within(Plan.objects.all(), total)


def register() -> None:
    """The pen of the plan's paper; called from `AppConfig.ready`."""
    register_signers("criteria.Plan", signed_by)
