"""Changes that need consent, and the outcome: reported by who registered, verified and weighed by who receives."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs.models import Refusal, User, record
from orgs.services import transitions
from registrations.models import Work, WorkChange, WorkOutcome
from registrations.selectors.works import registrations as selectors
from registrations.selectors.works import works
from registrations.services.works import telling
from registrations.services.works.progress import keep_evidence, refuse_day, running

CHANGEABLE = ("name", "content", "aim", "tasks", "measures", "effect", "starts_on", "finishes_on")
REPORTS = {
    WorkOutcome.DONE: "report_done",
    WorkOutcome.NOT_DONE: "report_not_done",
    WorkOutcome.CHANGED: "report_changed",
}


@transaction.atomic
def ask_change(*, work: Work, values: dict[str, Any], reason: str, version: int, actor: User) -> WorkChange:
    """Ask for another scope or other days; the work stays as it was until the receiving body consents.

    Refusal where nothing changes, no reason is given, or what would stand lacks something.
    """
    row = running(work, actor=actor, version=version)
    old = {name: getattr(row, name) for name in CHANGEABLE}
    new = {name: _clean(values[name]) for name in CHANGEABLE if name in values and _clean(values[name]) != old[name]}
    if not new:
        raise Refusal(_("Nothing is changed: write what is to stand instead."))
    if not reason.strip():
        raise Refusal(_("Give the reason of the change."), field="reason")
    _refuse_gaps(row, new)
    change = WorkChange.objects.create(
        work=row,
        old={name: _stored(old[name]) for name in new},
        new={name: _stored(value) for name, value in new.items()},
        reason=reason.strip(),
        asked_by=actor,
    )
    moved = transitions.advance(row, "ask_change", actor=actor, version=version, note=reason)
    telling.tell_change_asked(moved)
    return change


def _refuse_gaps(work: Work, new: dict[str, Any]) -> None:
    would = Work(kind=work.kind, **{name: getattr(work, name) for name in (*CHANGEABLE, "difficulties")} | new)
    for name, sentence in selectors.work_gaps(would).items():
        if name in CHANGEABLE:
            raise Refusal(sentence, field=name)
    for name in ("starts_on", "finishes_on"):
        if reason := selectors.reason_against_day(work.registration.year, new.get(name)):
            raise Refusal(reason, field=name)


def _clean(value: Any) -> Any:
    return record.nfc(value) if isinstance(value, str) else value


def _stored(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""


def _read(name: str, value: str) -> Any:
    if name in ("starts_on", "finishes_on"):
        return date.fromisoformat(value) if value else None
    return value


@transaction.atomic
def report_outcome(
    *,
    work: Work,
    outcome: str,
    result: str,
    finished_on: date | None,
    version: int,
    actor: User,
    uploads: Iterable[UploadedFile] = (),
) -> Work:
    """Report the work as done, not done, or done otherwise, with what was reached and the evidence."""
    row = running(work, actor=actor, version=version)
    if not result.strip():
        raise Refusal(_("Say what was reached; where it was not done, say why."), field="result")
    if outcome != WorkOutcome.NOT_DONE and finished_on is None:
        raise Refusal(_("Say on which day it was finished."), field="finished_on")
    if finished_on:
        refuse_day(row, finished_on, field="finished_on")
        if row.starts_on and finished_on < row.starts_on:
            raise Refusal(selectors.finish_before_start(), field="finished_on")
    moved = transitions.advance(
        row, REPORTS[WorkOutcome(outcome)], actor=actor, version=version, note=result, finished_on=finished_on
    )
    keep_evidence(uploads, label=works.LABEL, object_id=str(moved.uuid), actor=actor)
    telling.tell_reported(moved)
    return moved


@transaction.atomic
def verify_outcome(*, work: Work, outcome: str, words: str, document: str, version: int, actor: User) -> Work:
    """The receiving body states how the work came out, in its own words, from a document where there is one."""
    if not words.strip():
        raise Refusal(_("Say what the receiving body found."), field="words")
    return transitions.advance(
        work,
        "verify",
        actor=actor,
        version=version,
        note=words,
        document_ref=document,
        outcome=WorkOutcome(outcome),
    )


def _reported(outcome: str) -> transitions.Consequence:
    def follow(row: Work, *, note: str, finished_on: date | None = None, **_more: object) -> None:
        row.outcome, row.result = outcome, note.strip()
        row.reported_on, row.finished_on = timezone.localdate(), finished_on
        row.save(update_fields=["outcome", "result", "reported_on", "finished_on", "moved_at"])

    return follow


def _verified(row: Work, *, actor: User, note: str, document_ref: str, outcome: str = "", **_more: object) -> None:
    row.verified_outcome, row.verification = outcome or row.outcome, note.strip()
    row.verification_document = document_ref.strip()
    row.verified_on, row.verified_by = timezone.localdate(), actor
    row.save(
        update_fields=[
            "verified_outcome",
            "verification",
            "verification_document",
            "verified_on",
            "verified_by",
            "moved_at",
        ]
    )
    telling.tell_writers(row, lambda: _("The outcome of your work was verified: %(work)s") % {"work": row.name})


def _handed_back(row: Work, *, note: str, **_more: object) -> None:
    row.outcome = row.verified_outcome = ""
    row.reported_on = row.verified_on = row.verified_by = None
    row.save(update_fields=["outcome", "verified_outcome", "reported_on", "verified_on", "verified_by", "moved_at"])
    telling.tell_writers(
        row, lambda: _("Your report was handed back to be reported again: %(work)s") % {"work": row.name}, body=note
    )


def _decide_change(*, is_consented: bool | None) -> transitions.Consequence:
    def follow(row: Work, *, actor: User, note: str = "", **_more: object) -> None:
        change = row.changes.filter(decided_at=None).first()
        change.is_consented, change.decided_at, change.decided_by = is_consented, timezone.now(), actor
        change.answer = note.strip()
        change.save()
        if is_consented:
            for name, value in change.new.items():
                setattr(row, name, _read(name, value))
            row.save(update_fields=[*change.new, "moved_at"])
        if is_consented is not None:
            telling.tell_writers(row, lambda: _change_words(row, is_consented=is_consented), body=note)

    return follow


def _change_words(row: Work, *, is_consented: bool) -> str:
    if is_consented:
        return _("The change of your work was consented to: %(work)s") % {"work": row.name}
    return _("The change of your work was declined: %(work)s") % {"work": row.name}


def _weighed(row: Work, *, document_ref: str, **_more: object) -> None:
    row.weighed_in = document_ref.strip()
    row.save(update_fields=["weighed_in", "moved_at"])


def register() -> None:
    """Register what follows from the moves; called from `AppConfig.ready`."""
    for outcome, move in REPORTS.items():
        transitions.register_consequence(f"work.{move}", _reported(outcome))
    transitions.register_consequence("work.verify", _verified)
    transitions.register_consequence("work.hand_back", _handed_back)
    transitions.register_consequence("work.consent", _decide_change(is_consented=True))
    transitions.register_consequence("work.decline", _decide_change(is_consented=False))
    transitions.register_consequence("work.keep", _decide_change(is_consented=None))
    transitions.register_consequence("work.weigh", _weighed)
