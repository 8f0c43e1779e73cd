"""The rows of the home page about registered work: to be received, verified, answered; my own that came back."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orgs import roles
from orgs.access import Viewer
from orgs.models import User
from registrations.selectors.works import registrations, works
from registrations.selectors.works.successions import called_now
from registrations.workflow import ASKED_FOR_SUPPORT
from reviews.selectors.waiting.inbox import TaskRow, register_provider

# Beyond these an officer of many gets one row with the list behind it.
ONE_BY_ONE = 4


def registrations_to_receive(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """What was sent to the bodies of an officer; one query, none for others."""
    if roles.OFFICER not in viewer.roles:
        return
    rows = list(registrations.waiting_for_receipt(user)[: ONE_BY_ONE + 1])
    if len(rows) > ONE_BY_ONE:
        count = registrations.waiting_for_receipt(user).count()
        yield TaskRow(
            key="registrations-sent",
            title=ngettext(
                "%(n)s registration of work is to be received", "%(n)s registrations of work are to be received", count
            )
            % {"n": count},
            act_label=_("See the list"),
            act_url=f"{reverse('registrations:registration_list')}?state={registrations.SENT}",
        )
        return
    for row in rows:
        yield TaskRow(
            key=f"registration-{row.uuid}",
            title=_("Registration of work to be received: %(who)s") % {"who": row},
            detail=row.unit_name,
            act_label=_("Receive or return"),
            act_url=reverse("registrations:registration_detail", args=[row.uuid]),
        )


def works_to_decide(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """Changes to consent to and outcomes to verify, the oldest few; one query, for officers."""
    if roles.OFFICER not in viewer.roles:
        return
    for row in works.waiting_for_receiver(user)[:ONE_BY_ONE]:
        is_change = row.state == works.CHANGE_ASKED
        yield TaskRow(
            key=f"work-{row.uuid}",
            title=row.name,
            detail=f"{row.registration.subject} · {_(row.state_row.label)}",
            act_label=_("Look at the change") if is_change else _("Verify the outcome"),
            act_url=reverse("registrations:work_detail", args=[row.uuid]),
        )


def support_to_answer(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """What was asked of the bodies for which the user answers, the most urgent first; one query.

    A body that was merged is named as it is called now, with what it was when it was asked; one more query then.
    """
    if not viewer.roles & ASKED_FOR_SUPPORT:
        return
    rows = list(works.asked_of(user).filter(state=works.OPEN_REQUEST)[: ONE_BY_ONE + 1])
    if len(rows) > ONE_BY_ONE:
        yield TaskRow(
            key="support-asked",
            title=_("Support is asked of your bodies for several works"),
            due_on=rows[0].due_on,
            act_label=_("See the list"),
            act_url=reverse("registrations:support_list"),
        )
        return
    for row in works.follow_bodies(rows):
        yield TaskRow(
            key=f"support-{row.uuid}",
            title=_("Support asked for registered work: %(work)s") % {"work": row.work.name},
            detail=f"{row.work.registration.subject} · {called_now(row)}",
            due_on=row.due_on,
            act_label=_("Answer"),
            act_url=reverse("registrations:support_detail", args=[row.uuid]),
        )


def registrations_returned(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """My own that came back; nobody is reminded to register, for nobody has to. One query."""
    if roles.SUBJECT not in viewer.roles:
        return
    for row in registrations.own_of(user).filter(state=registrations.RETURNED):
        yield TaskRow(
            key=f"returned-{row.uuid}",
            title=_("Your registration of work for %(year)s was returned") % {"year": row.year},
            detail=row.returned_note,
            act_label=_("Write"),
            act_url=reverse("registrations:registration_detail", args=[row.uuid]),
        )


def register() -> None:
    """Contribute these rows to the home page; called from `AppConfig.ready`."""
    for provider in (registrations_to_receive, works_to_decide, support_to_answer, registrations_returned):
        register_provider(provider)
