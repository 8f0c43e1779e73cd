"""Write the log of results: add in two taps, complete later, withdraw with a reason; nothing is deleted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Criterion
from orgs.models import Collective, FilePurpose, Forbidden, Person, Refusal, Stale, StoredFile, User
from orgs.services import audit, files
from registrations.access import RESULT
from registrations.models import YearResult
from registrations.selectors.results import results as selectors
from registrations.selectors.results.criteria import criteria_for
from registrations.selectors.works.registrations import closed_on

FIELDS = (
    "product", "task", "axis", "criterion", "measured_by", "document", "started_on", "planned_on", "done_on",
    "beyond_quantity", "beyond_quality", "beyond_time", "beyond_reason", "cause",
)  # fmt: skip
# What a confirmed cause rests on: when any of it changes, the superior is asked anew.
CONFIRMED = ("planned_on", "done_on", "cause")


@dataclass(frozen=True)
class ResultWords:
    """What the form says; only the product and one of the days `planned_on`, `done_on` are required.

    `measured_by` is a criterion chosen from the framework in force; its words then stand in `criterion` too.
    """

    product: str
    done_on: date | None = None
    planned_on: date | None = None
    started_on: date | None = None
    task: str = ""
    axis: str = ""
    criterion: str = ""
    measured_by: Criterion | None = None
    document: str = ""
    beyond_quantity: bool = False
    beyond_quality: bool = False
    beyond_time: bool = False
    beyond_reason: str = ""
    cause: str = ""

    @property
    def is_beyond(self) -> bool:
        """Whether anything is claimed to be beyond the requirement."""
        return self.beyond_quantity or self.beyond_quality or self.beyond_time


@transaction.atomic
def add_result(
    *, subject: Person | Collective, words: ResultWords, actor: User, uploads: Iterable[UploadedFile] = ()
) -> YearResult:
    """Add a result of one's own, or of a collective for which one writes, with its evidence.

    Refuses, naming the field: no product or day, days in the wrong order or to come, a closed year, a secrecy mark,
    beyond the requirement without reason or evidence, a cause of what is neither late nor undone.
    """
    _refuse_stranger(subject, actor)
    brought = list(uploads)
    refuse_words(words, has_evidence=bool(brought))
    _refuse_criterion(subject, words)
    is_person = isinstance(subject, Person)
    row = YearResult(person=subject if is_person else None, collective=None if is_person else subject, entered_by=actor)
    _fill(row, words)
    row.save()
    _keep(row, brought, actor)
    record(row, "result.add", actor)
    return row


@transaction.atomic
def update_result(
    *, row: YearResult, words: ResultWords, version: int, actor: User, uploads: Iterable[UploadedFile] = ()
) -> YearResult:
    """Complete or mend a result; what the superior said of its cause falls away when days or cause change."""
    locked = locked_row(row, version)
    _refuse_stranger(locked.subject, actor)
    _refuse_closed(locked.done_on or locked.planned_on)
    brought = list(uploads)
    refuse_words(words, has_evidence=bool(brought or selectors.evidence_of(locked)))
    if words.measured_by != locked.measured_by:
        _refuse_criterion(locked.subject, words)
    before = tuple(getattr(locked, name) for name in CONFIRMED)
    _fill(locked, words)
    if before != tuple(getattr(locked, name) for name in CONFIRMED):
        locked.is_cause_objective, locked.cause_answer, locked.cause_document = None, "", ""
        locked.cause_answered_at, locked.cause_answered_by = None, None
    locked.version = version + 1
    locked.save()
    _keep(locked, brought, actor)
    record(locked, "result.update", actor)
    return locked


@transaction.atomic
def attach_result_evidence(*, row: YearResult, upload: UploadedFile | None, version: int, actor: User) -> StoredFile:
    """Attach one file; who reads the result may open it."""
    locked = locked_row(row, version)
    _refuse_stranger(locked.subject, actor)
    if upload is None:
        raise Refusal(_("Choose a file."), field="file")
    (kept,) = _keep(locked, [upload], actor)
    locked.version = version + 1
    locked.save()
    record(locked, "result.evidence", actor)
    return kept


@transaction.atomic
def withdraw_result(*, row: YearResult, reason: str, version: int, actor: User) -> YearResult:
    """Take a result out of the count; it stays in the log with the reason."""
    locked = locked_row(row, version)
    _refuse_stranger(locked.subject, actor)
    _refuse_closed(locked.done_on or locked.planned_on)
    if not reason.strip():
        raise Refusal(_("Give the reason."), field="reason")
    locked.withdrawn_at, locked.withdrawal_reason = timezone.now(), reason.strip()
    locked.version = version + 1
    locked.save()
    record(locked, "result.withdraw", actor, reason=locked.withdrawal_reason)
    return locked


def refuse_words(words: ResultWords, *, has_evidence: bool) -> None:
    """Raise `Refusal` with the field for what cannot stand in the log."""
    if not words.product.strip():
        raise Refusal(_("Name the product: what was made or reached."), field="product")
    _refuse_days(words)
    for name in ("product", "document", "task"):
        if files.carries_mark(getattr(words, name)):
            told = _("This carries a secrecy mark. What is marked Mật or above must not be brought into this system.")
            raise Refusal(told, field=name)
    if words.is_beyond:
        _refuse_beyond(words, has_evidence=has_evidence)
    if words.cause.strip() and not _is_late(words):
        raise Refusal(_("A cause is named only of what was late or is still undone after its day."), field="cause")


def locked_row(row: YearResult, version: int) -> YearResult:
    """The row under a lock; `Stale` when it has changed or was withdrawn."""
    locked = YearResult.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if locked.version != version or locked.withdrawn_at:
        raise Stale(_("Somebody else has changed this result since you opened it."))
    return locked


def record(row: YearResult, action: str, actor: User, **texts: str) -> None:
    """One event; the words of the product are texts, never facts."""
    audit.record_event(
        actor=actor,
        action=action,
        object_type=RESULT,
        object_id=str(row.uuid),
        facts={"version": row.version, "planned_on": row.planned_on, "done_on": row.done_on, "beyond": row.is_beyond},
        texts={"product": row.product, **texts},
    )


def _refuse_stranger(subject: Person | Collective, actor: User) -> None:
    if not selectors.writes(actor, subject, fresh=True):
        raise Forbidden(_("Results are written by who reached them; those of a collective by who writes for it."))


def _refuse_days(words: ResultWords) -> None:
    if words.done_on is None and words.planned_on is None:
        raise Refusal(_("Give the day on which it was done, or the day on which it is due."), field="done_on")
    if words.done_on and words.done_on > timezone.localdate():
        told = _("This day lies in the future. For what is not done yet, leave it empty and give the day it is due.")
        raise Refusal(told, field="done_on")
    for name in ("done_on", "planned_on"):
        day = getattr(words, name)
        if words.started_on and day and day < words.started_on:
            raise Refusal(_("It would be finished before it starts: mend one of the two days."), field=name)
    _refuse_closed(words.done_on or words.planned_on)


def _refuse_closed(day: date | None) -> None:
    closed = closed_on(day.year) if day else None
    if closed:
        told = _("The cycle of %(year)s was closed on %(closed)s: its results do not change any more.")
        raise Refusal(told % {"year": day.year, "closed": f"{closed:%d/%m/%Y}"}, field="done_on")


def _refuse_criterion(subject: Person | Collective, words: ResultWords) -> None:
    if words.measured_by is None:
        return
    days = {words.done_on or words.planned_on, timezone.localdate()}
    if not any(words.measured_by in criteria_for(subject, day) for day in sorted(days - {None})):
        told = _("This criterion does not measure %s. Leave it empty, save, then choose one on the page of the result.")
        raise Refusal(told % subject, field="criterion")


def _refuse_beyond(words: ResultWords, *, has_evidence: bool) -> None:
    if words.done_on is None:
        raise Refusal(_("Only what is done can be beyond the requirement: give the day."), field="done_on")
    if not words.beyond_reason.strip():
        raise Refusal(_("Say in what it is beyond the requirement, and by how much."), field="beyond_reason")
    if words.beyond_time and (words.planned_on is None or words.done_on >= words.planned_on):
        told = _("Earlier than required needs a due day that lies after the day on which it was done.")
        raise Refusal(told, field="planned_on")
    if not (has_evidence or words.document.strip()):
        told = _("Beyond the requirement rests on evidence: give the number of the document or attach a file.")
        raise Refusal(told, field="document")


def _is_late(words: ResultWords) -> bool:
    return words.planned_on is not None and (words.done_on or timezone.localdate()) > words.planned_on


def _fill(row: YearResult, words: ResultWords) -> None:
    for name in FIELDS:
        value = getattr(words, name)
        setattr(row, name, value.strip() if isinstance(value, str) else value)


def _keep(row: YearResult, uploads: Iterable[UploadedFile], actor: User) -> list[StoredFile]:
    return [
        files.store_file(
            upload=upload, purpose=FilePurpose.EVIDENCE, owner=actor, object_type=RESULT, object_id=str(row.uuid)
        )
        for upload in uploads
    ]
