"""Consultations of the asking body: the letter, its last day, putting out, closing, asking again, withdrawing."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Consultation, Framework
from criteria.selectors.consulting import consultations as selectors
from criteria.services.bodies import locked_draft, refuse_stranger
from orgs.models import FilePurpose, Refusal, Stale, StoredFile, Unit, User, record
from orgs.services import audit, files, outbox, transitions

OPENED_JOB, WITHDRAWN_JOB = "consultation.tell_opened", "consultation.tell_withdrawn"
LETTER = ("title", "number", "sent_on", "letter", "question", "due_on")
FRAMEWORK_STARTS = ("draft", "returned")
FRAMEWORK_OUT, FRAMEWORK_BACK = "consultation", "synthesis"


@transaction.atomic
def create_consultation(*, issuer: Unit, title: str, actor: User, is_demo: bool = False, **letter: Any) -> Consultation:
    """A draft of `issuer`; `letter` may hold number, sent_on, letter, question, due_on. Forbidden for a stranger."""
    refuse_stranger(actor=actor, body=issuer)
    row = Consultation(issuer=issuer, is_demo=is_demo)
    transitions.start(row, "consultation")
    _fill(row, title=title, **letter)
    row.save()
    _record(row, "consultation.created", actor)
    return row


@transaction.atomic
def update_letter(*, consultation: Consultation, version: int, actor: User, title: str, **letter: Any) -> Consultation:
    """Write the letter of a draft; Stale, Refusal, Forbidden as named."""
    refuse_stranger(actor=actor, body=consultation.issuer)
    row = locked_draft(consultation, version=version)
    _fill(row, title=title, **letter)
    return touch(row, "consultation.letter_written", actor)


@transaction.atomic
def move_last_day(
    *, consultation: Consultation, due_on: date, document: str, version: int, actor: User
) -> Consultation:
    """Another last day while answers are taken, by a document. Who is late is asked again against the new day."""
    refuse_stranger(actor=actor, body=consultation.issuer)
    row = _locked(consultation, version)
    if not selectors.takes_answers(row):
        raise Refusal(_("The last day is moved only while answers are taken."), field="due_on")
    if not document.strip():
        raise Refusal(_("Give the number and date of the document that moves the date."), field="document")
    if due_on == row.due_on:
        raise Refusal(_("This is the date that already stands."), field="due_on")
    before, row.due_on = row.due_on, due_on
    _refuse_wrong_days(row)
    for addressee in row.addressees.filter(state=selectors.REPLIED):
        answered_on = addressee.paper_on or timezone.localdate(addressee.replied_at)
        if addressee.is_late != selectors.is_late(row, answered_on):
            addressee.is_late = not addressee.is_late
            addressee.save(update_fields=["is_late"])
    return touch(
        row, "consultation.last_day_moved", actor, before=before, after=due_on, document=record.nfc(document)[:300]
    )


@transaction.atomic
def attach_letter_file(*, consultation: Consultation, upload: UploadedFile, version: int, actor: User) -> StoredFile:
    """Keep a file that goes with the letter of a draft."""
    refuse_stranger(actor=actor, body=consultation.issuer)
    row = locked_draft(consultation, version=version)
    kept = files.store_file(
        upload=upload,
        purpose=FilePurpose.SOURCE,
        owner=actor,
        object_type=selectors.LABEL,
        object_id=str(row.uuid),
    )
    touch(row, "consultation.file_attached", actor, sha256=kept.sha256)
    return kept


@transaction.atomic
def detach_letter_file(*, consultation: Consultation, file: StoredFile, version: int, actor: User) -> None:
    """Take a file off the letter of a draft; whoever brought it keeps it."""
    refuse_stranger(actor=actor, body=consultation.issuer)
    row = locked_draft(consultation, version=version)
    selectors.files_of(row).filter(pk=file.pk).update(object_type="", object_id="")
    touch(row, "consultation.file_detached", actor, sha256=file.sha256)


def touch(row: Consultation, action: str, actor: User, **facts: Any) -> Consultation:
    """Raise the version of a locked consultation and keep the act in the history."""
    row.version += 1
    row.save()
    _record(row, action, actor, version=row.version, **facts)
    return row


def _locked(consultation: Consultation, version: int) -> Consultation:
    row = Consultation.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=consultation.pk)
    if row.version != version:
        raise Stale(_("Somebody else has changed this document since you opened it."))
    return row


def _fill(row: Consultation, **values: Any) -> None:
    if not values.get("title", "").strip():
        raise Refusal(_("Say what the consultation is about."), field="title")
    for name in LETTER:
        if name in values:
            value = values[name]
            setattr(row, name, value.strip() if isinstance(value, str) else value)
    _refuse_wrong_days(row)


def _refuse_wrong_days(row: Consultation) -> None:
    if row.due_on and row.sent_on and row.due_on < row.sent_on:
        raise Refusal(_("The last day for answers lies before the date of the letter."), field="due_on")


def _opened(row: Consultation, *, actor: User, **_more: object) -> None:
    """Drafts of frameworks among the texts go into consultation with it; everybody addressed is told."""
    row.opened_at = timezone.now()
    row.closed_at = None
    row.save(update_fields=["opened_at", "closed_at"])
    for framework in _frameworks(row, FRAMEWORK_STARTS):
        transitions.advance(framework, "consult", actor=actor, version=None, follows="consultation.open")
    outbox.enqueue(kind=OPENED_JOB, dedup_key=f"{OPENED_JOB}:{row.uuid}", payload={"uuid": str(row.uuid)})


def _closed(row: Consultation, *, actor: User, **_more: object) -> None:
    row.closed_at = timezone.now()
    row.save(update_fields=["closed_at"])
    _synthesise(row, actor, "consultation.close")


def _reopened(row: Consultation, **_more: object) -> None:
    row.closed_at = None
    row.save(update_fields=["closed_at"])


def _withdrawn(row: Consultation, *, actor: User, note: str, **_more: object) -> None:
    _take_back(row, actor, note)
    if row.opened_at is not None:
        outbox.enqueue(kind=WITHDRAWN_JOB, dedup_key=f"{WITHDRAWN_JOB}:{row.uuid}", payload={"uuid": str(row.uuid)})


def _synthesise(row: Consultation, actor: User, follows: str) -> None:
    for framework in _frameworks(row, (FRAMEWORK_OUT,)):
        transitions.advance(framework, "synthesise", actor=actor, version=None, follows=follows)


def _take_back(row: Consultation, actor: User, note: str) -> None:
    """The frameworks on which nobody is asked any more are drafts again; the others stay out.

    Those too that came back from `reopen`: they stand in synthesis while answers are taken again.
    """
    for framework in _frameworks(row, (FRAMEWORK_OUT, FRAMEWORK_BACK)):
        if not selectors.under_way_with(framework):
            transitions.advance(
                framework, "take_back", actor=actor, version=None, note=note, follows="consultation.withdraw"
            )


def _frameworks(row: Consultation, states: tuple[str, ...]) -> list[Framework]:
    # Only the asking body's own drafts move with it: a framework of another body is merely asked about.
    rows = Framework.objects.filter(consulted_as__consultation=row, state__in=states, issuer=row.issuer_id)
    return list(rows.distinct())


def _record(row: Consultation, action: str, actor: User, **facts: Any) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type=selectors.LABEL,
        object_id=str(row.uuid),
        chain=row.chain,
        unit_path=row.unit_path,
        facts=facts,
    )


def register() -> None:
    """Register what follows from the moves; called from `AppConfig.ready`."""
    transitions.register_consequence("consultation.open", _opened)
    transitions.register_consequence("consultation.close", _closed)
    transitions.register_consequence("consultation.reopen", _reopened)
    transitions.register_consequence("consultation.withdraw", _withdrawn)
