"""The rows of the home page about what the year holds: remedies that I owe, reports to verify, remarks on me."""

from collections.abc import Iterable

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orgs import access, roles
from orgs.access import Viewer
from orgs.models import User
from registrations.access import SHORTCOMING
from registrations.models import RunningRemark, Shortcoming
from registrations.selectors.remedies import remedies
from reviews.selectors.waiting.inbox import FOLLOWING, TaskRow, register_provider

KEEPERS = (roles.OFFICER, roles.INSPECTOR)


def remedies_owed(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """What I am to mend, in one row with the nearest day; one query."""
    rows = Shortcoming.objects.filter(remedies.owed_by(viewer), state=remedies.OPEN)
    found = rows.order_by().aggregate(count=Count("pk"), first=Min("due_on"))
    if found["count"]:
        words = ngettext("%(n)s shortcoming to mend", "%(n)s shortcomings to mend", found["count"])
        yield TaskRow(
            key="remedies-owed",
            title=words % {"n": found["count"]},
            act_label=_("See the list"),
            act_url=f"{reverse('registrations:remedy_list')}?state=open",
            due_on=found["first"],
        )


def remedies_to_verify(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """Reports of others that wait for who keeps the register; one query."""
    if not viewer.roles & set(KEEPERS):
        return
    rows = Q(pk__in=[])
    for role in KEEPERS:
        reached = access.reach_of(SHORTCOMING, role, viewer)
        rows = rows if reached is None else rows | reached
    waiting = Shortcoming.objects.filter(rows, state=remedies.REPORTED).exclude(reported_by=user)
    if count := waiting.count():
        words = ngettext(
            "%(n)s remedy is reported, to be verified", "%(n)s remedies are reported, to be verified", count
        )
        yield TaskRow(
            key="remedies-reported",
            title=words % {"n": count},
            act_label=_("See the list"),
            act_url=f"{reverse('registrations:remedy_list')}?state=reported",
        )


def remarks_on_me(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """Remarks on me that I have not answered; nobody must, so they are only to be followed; one query."""
    if not viewer.person_id:
        return
    rows = RunningRemark.objects.filter(person=viewer.person_id, answered_at=None, withdrawn_at=None)
    if count := rows.count():
        words = ngettext("%(n)s remark on your work", "%(n)s remarks on your work", count)
        yield TaskRow(
            key="remarks-on-me",
            title=words % {"n": count},
            act_label=_("Read and answer"),
            act_url=reverse("registrations:remark_list"),
            list=FOLLOWING,
        )


def register() -> None:
    """Contribute these rows; called from `AppConfig.ready`."""
    for provider in (remedies_owed, remedies_to_verify, remarks_on_me):
        register_provider(provider)
