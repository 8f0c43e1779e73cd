"""On the way: notes with evidence, obstacles, directions of the superior, changes with consent, the outcome."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs.models import FilePurpose, Forbidden, Refusal, Stale, Unit, User
from orgs.services import files
from registrations.models import Obstacle, ProgressNote, Work, WorkDirection
from registrations.selectors.works import registrations as selectors
from registrations.selectors.works import works
from registrations.selectors.works.routing import bodies_in_line
from registrations.services.works.registrations import record


@transaction.atomic
def note_progress(
    *, work: Work, noted_on: date, text: str, actor: User, uploads: Iterable[UploadedFile] = ()
) -> ProgressNote:
    """A note with its evidence, by who registered, while the work runs. Refusal names the field or the file."""
    row = running(work, actor=actor)
    refuse_day(row, noted_on, field="noted_on")
    if not text.strip():
        raise Refusal(_("Say how far the work is."), field="text")
    note = ProgressNote.objects.create(work=row, noted_on=noted_on, text=text.strip(), written_by=actor)
    keep_evidence(uploads, label=works.NOTE_LABEL, object_id=str(note.uuid), actor=actor)
    row.save(update_fields=["moved_at"])
    record(row, "work.progress_noted", actor, noted_on=noted_on)
    return note


def keep_evidence(uploads: Iterable[UploadedFile], *, label: str, object_id: str, actor: User) -> None:
    """Keep files as evidence of a record; what is of a wrong type or carries a secrecy mark is refused by its name."""
    for upload in uploads:
        try:
            files.store_file(
                upload=upload, purpose=FilePurpose.EVIDENCE, owner=actor, object_type=label, object_id=object_id
            )
        except Refusal as refusal:
            raise Refusal(refusal.message, field="files") from None


@transaction.atomic
def report_obstacle(*, work: Work, text: str, found_on: date, actor: User, waits_for: Unit | None = None) -> Obstacle:
    """What stands in the way since a day, and for which body of the line it waits."""
    row = running(work, actor=actor)
    refuse_day(row, found_on, field="found_on")
    if not text.strip():
        raise Refusal(_("Say what stands in the way."), field="text")
    if waits_for:
        refuse_outside_line(row, waits_for, field="waits_for")
    found = Obstacle.objects.create(
        work=row, text=text.strip(), found_on=found_on, waits_for=waits_for, written_by=actor
    )
    row.save(update_fields=["moved_at"])
    record(row, "work.obstacle_reported", actor, obstacle=str(found.uuid), found_on=found_on)
    return found


@transaction.atomic
def solve_obstacle(*, obstacle: Obstacle, solution: str, solved_on: date, version: int, actor: User) -> Obstacle:
    """How and when it was solved, by who registered or by the receiving body."""
    work = _of_either_side(obstacle.work, actor)
    row = Obstacle.objects.select_for_update(of=("self",)).get(pk=obstacle.pk)
    if row.version != version:
        raise Stale(_("Somebody else has changed this document since you opened it."))
    if row.solved_on:
        raise Refusal(_("This obstacle was solved already."))
    refuse_day(work, solved_on, field="solved_on")
    if solved_on < row.found_on:
        raise Refusal(_("It cannot be solved before it was met: mend the day."), field="solved_on")
    if not solution.strip():
        raise Refusal(_("Say how it was solved."), field="solution")
    row.solution, row.solved_on, row.solved_by, row.version = solution.strip(), solved_on, actor, version + 1
    row.save()
    work.save(update_fields=["moved_at"])
    record(work, "work.obstacle_solved", actor, obstacle=str(row.uuid), solved_on=solved_on)
    return row


@transaction.atomic
def enter_direction(*, work: Work, document: str, document_on: date, text: str, actor: User) -> WorkDirection:
    """A direction of the superior, from its document, by the receiving body."""
    row = Work.objects.select_for_update(of=("self",)).select_related("registration").get(pk=work.pk)
    if not selectors.receives(actor, row.registration, fresh=True):
        raise Forbidden(_("The receiving body enters what the superior directed."))
    if row.state not in works.ENTERED:
        raise Refusal(_("The work is not in the catalogue yet: receive the registration first."))
    for field, value, sentence in (
        ("document", document, _("Give the number of the document: nothing is a direction without one.")),
        ("text", text, _("Say what was directed.")),
    ):
        if not value.strip():
            raise Refusal(sentence, field=field)
    if document_on > timezone.localdate():
        raise Refusal(_("The date of the document lies in the future."), field="document_on")
    found = WorkDirection.objects.create(
        work=row, document=document.strip(), document_on=document_on, text=text.strip(), entered_by=actor
    )
    row.save(update_fields=["moved_at"])
    record(row, "work.directed", actor, document=document.strip(), document_on=document_on)
    return found


def running(work: Work, *, actor: User, version: int | None = None, **more: Any) -> Work:
    """The work, locked, in the actor's hand and still running; Forbidden, Stale or Refusal otherwise."""
    row = Work.objects.select_for_update(of=("self",)).select_related("registration").get(pk=work.pk)
    if not selectors.holds_pen(actor, row.registration, fresh=True):
        raise Forbidden(_("Only who registered the work writes about its progress."))
    if version is not None and row.version != version:
        raise Stale(_("Somebody else has changed this document since you opened it."))
    if row.state not in works.RUNNING:
        raise Refusal(reason_not_running(row))
    return row


def reason_not_running(work: Work) -> str:
    """Why nothing is noted about the work now."""
    if work.state == works.REGISTERED:
        return _("The registration has not been received yet: progress is noted from then on.")
    return _("The outcome of this work was reported already: ask the receiving body to hand it back.")


def refuse_day(work: Work, day: date, *, field: str) -> None:
    """Refuse a day to come, and a day after the cycle of the year was closed."""
    if day > timezone.localdate():
        raise Refusal(_("This day lies in the future."), field=field)
    if reason := selectors.reason_against_day(work.registration.year, day):
        raise Refusal(reason, field=field)


def refuse_outside_line(work: Work, body: Unit, *, field: str) -> None:
    """Refuse a body that is no superior of who registered."""
    registration = work.registration
    if not bodies_in_line(registration, selectors.route_for(registration)).filter(pk=body.pk).exists():
        raise Refusal(
            _("%(body)s is not in your line. Ask a body above your own, which then directs others.")
            % {"body": body.name},
            field=field,
        )


def _of_either_side(work: Work, actor: User) -> Work:
    row = Work.objects.select_for_update(of=("self",)).select_related("registration").get(pk=work.pk)
    if not (selectors.holds_pen(actor, row.registration, fresh=True) or selectors.receives(actor, row.registration)):
        raise Forbidden(_("Only who registered the work, or who received it, says that an obstacle is solved."))
    return row
