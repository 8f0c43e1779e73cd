"""The rows of the home page about opinions: those that others ask of me, and those that my body asks of others."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from criteria.access import units_led_by
from criteria.models import Addressee, Consultation
from criteria.selectors.consulting import addressees, consultations
from criteria.workflow import ASKED
from orgs import roles
from orgs.access import Viewer
from orgs.models import User
from reviews.selectors.waiting.inbox import FOLLOWING, TaskRow, register_provider

# Beyond these an officer of many bodies gets one row with the list behind it.
ONE_BY_ONE = 4


def answers_owed(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """One row for each answer that is owed, or one for all of them where there are many; one query."""
    if not viewer.roles & ASKED:
        return
    rows = list(addressees.waiting_for(user)[: ONE_BY_ONE + 1])
    if len(rows) > ONE_BY_ONE:
        count = addressees.waiting_for(user).count()
        yield TaskRow(
            key="answers-owed",
            title=ngettext("%(n)s opinion is asked", "%(n)s opinions are asked", count) % {"n": count},
            due_on=rows[0].consultation.due_on,
            act_label=_("See the list"),
            act_url=f"{reverse('criteria:reply_list')}?status=waiting",
        )
        return
    prepared = any(row.state == addressees.PREPARED for row in rows)
    led = set(units_led_by(viewer).values_list("pk", flat=True)) if prepared else set()
    for row in rows:
        yield _owed(row, leads=row.unit_id in led)


def _owed(row: Addressee, *, leads: bool) -> TaskRow:
    """Who has handed the answer to his head looks on; the head finds it ready to be sent."""
    is_prepared = row.state == addressees.PREPARED
    return TaskRow(
        key=f"answer-{row.uuid}",
        title=_("Opinion asked: %(about)s") % {"about": row.consultation},
        detail=_("%(body)s: before its head") % {"body": row} if is_prepared else str(row),
        due_on=row.consultation.due_on,
        act_label=_("Look and send") if is_prepared and leads else _("Open") if is_prepared else _("Answer"),
        act_url=reverse("criteria:reply_detail", args=[row.uuid]),
        list=FOLLOWING if is_prepared and not leads else "todo",
    )


def opinions_out(user: User, viewer: Viewer) -> Iterable[TaskRow]:
    """What my body has put out: followed until the last day, then to be put together; one query, for officers."""
    if roles.OFFICER not in viewer.roles:
        return
    today = timezone.localdate()
    for row in consultations.waiting_for_close(user)[: ONE_BY_ONE + 1]:
        yield _out(row, is_over=consultations.is_late(row, today))


def _out(row: Consultation, *, is_over: bool) -> TaskRow:
    return TaskRow(
        key=f"opinions-{row.uuid}",
        title=_("Put the opinions together: %(about)s") % {"about": row}
        if is_over
        else _("Out for opinions: %(about)s") % {"about": row},
        detail=_("%(answered)s of %(asked)s have answered") % {"answered": row.answered, "asked": row.asked},
        due_on=row.due_on,
        act_label=_("Open"),
        act_url=reverse("criteria:consultation_detail", args=[row.uuid]),
        list="todo" if is_over else FOLLOWING,
    )


def register() -> None:
    """Contribute these rows to the home page; called from `AppConfig.ready`."""
    for provider in (answers_owed, opinions_out):
        register_provider(provider)
