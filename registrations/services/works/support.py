"""Support asked of a superior body of the line: planned with the registration, put before the body, answered."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs.models import Forbidden, Refusal, Unit, User
from orgs.services import transitions
from registrations.models import SupportRequest, Work
from registrations.selectors.works import registrations as selectors
from registrations.selectors.works import works
from registrations.services.works import telling
from registrations.services.works.progress import reason_not_running, refuse_outside_line
from registrations.services.works.registrations import record


@transaction.atomic
def ask_support(*, work: Work, body: Unit, text: str, due_on: date, actor: User) -> SupportRequest:
    """Ask a body of the line until a day; it goes out when the registration is received, or at once after that."""
    row = Work.objects.select_for_update(of=("self",)).select_related("registration").get(pk=work.pk)
    if not selectors.holds_pen(actor, row.registration, fresh=True):
        raise Forbidden(_("Only who registered the work asks for support."))
    _refuse_wrong(row, body, text, due_on)
    request = SupportRequest(work=row, body=body, text=text.strip(), due_on=due_on, asked_by=actor)
    transitions.start(request, "support")
    request.save(force_insert=True)
    record(row, "work.support_asked", actor, request=str(request.uuid), body=body.code, due_on=due_on)
    if row.state in works.RUNNING:
        return transitions.advance(request, "put", actor=actor, version=request.version)
    return request


def _refuse_wrong(work: Work, body: Unit, text: str, due_on: date) -> None:
    is_draft = work.state == works.REGISTERED and work.registration.state in selectors.WRITABLE
    if not is_draft and work.state not in works.RUNNING:
        waits = work.registration.state == selectors.SENT
        raise Refusal(selectors.reason_against_writing(work.registration) if waits else reason_not_running(work))
    refuse_outside_line(work, body, field="body")
    if not text.strip():
        raise Refusal(_("Say what is asked of the body."), field="text")
    if due_on < timezone.localdate():
        raise Refusal(_("The last day for the answer has passed: choose a later one."), field="due_on")
    if reason := selectors.reason_against_day(work.registration.year, due_on):
        raise Refusal(reason, field="due_on")


@transaction.atomic
def answer_support(*, request: SupportRequest, answer: str, version: int, actor: User) -> SupportRequest:
    """The answer of the body; who asked is told."""
    if not answer.strip():
        raise Refusal(_("Write the answer: what is done, by whom, until when."), field="answer")
    return transitions.advance(request, "answer", actor=actor, version=version, note=answer)


def _put(row: SupportRequest, **_more: object) -> None:
    row.opened_at = timezone.now()
    row.save(update_fields=["opened_at"])
    telling.tell_asked(row)


def _answered(row: SupportRequest, *, actor: User, note: str, **_more: object) -> None:
    row.answer, row.answered_by, row.answered_at = note.strip(), actor, timezone.now()
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    row.work.save(update_fields=["moved_at"])
    telling.tell_answered(row)


def _asked_again(row: SupportRequest, *, note: str, **_more: object) -> None:
    """The answer stays to be read; why it is asked again is added to what was asked."""
    again = _("Asked again on %(day)s: %(why)s") % {"day": f"{timezone.localdate():%d/%m/%Y}", "why": note.strip()}
    row.text = f"{row.text}\n{again}"
    row.save(update_fields=["text"])
    telling.tell_asked(row)


def register() -> None:
    """Register what follows from the moves; called from `AppConfig.ready`."""
    transitions.register_consequence("support.put", _put)
    transitions.register_consequence("support.answer", _answered)
    transitions.register_consequence("support.ask_again", _asked_again)
