"""Opinions for the appraisal, and the State-side grade: asked, received, waived, each with its document."""

from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs import access, roles
from orgs.guards import reason_of_own
from orgs.models import FilePurpose, Forbidden, Refusal, Stale, Unit, User
from orgs.services import audit, files
from reviews.models import Grade, Opinion, OpinionKind, OpinionStatus, Rating

KNOWN, NOT_YET = "known", "not_yet"
OPEN_STATES = ("proposal", "appraisal", "decision")


@dataclass(frozen=True)
class Received:
    """An opinion as it came."""

    text: str
    document: str
    received_on: date
    grade: str = ""


@transaction.atomic
def ask_opinion(
    *, rating: Rating, kind: str, actor: User, unit: Unit | None = None, body_name: str = "", due_on: date | None = None
) -> Opinion:
    """Ask a body for its opinion on a rating that is not decided yet."""
    row = _locked(rating, actor)
    if unit is None and not body_name.strip():
        raise Refusal(_("Name the body whose opinion is asked."), field="body_name")
    if kind not in OpinionKind.values:
        raise Refusal(_("Choose whose opinion it is."), field="kind")
    opinion = Opinion.objects.create(
        rating=row, kind=kind, unit=unit, body_name=body_name.strip(), due_on=due_on, entered_by=actor
    )
    record(actor, "opinion.ask", opinion)
    return opinion


@transaction.atomic
def receive_opinion(
    *, opinion: Opinion, received: Received, version: int, actor: User, upload: UploadedFile | None = None
) -> Opinion:
    """Record an opinion that came in, with its document; a scan may hang on it. What the head of the former place wrote
    himself is mended by him alone.
    """
    row = _locked_opinion(opinion, version, actor)
    if row.given_by_id:
        raise Refusal(_("The head of the former place wrote this comment himself: only he mends it."))
    keep_received(row, received, actor, upload)
    row.save()
    record(actor, "opinion.receive", row)
    return row


def keep_received(row: Opinion, received: Received, actor: User, upload: UploadedFile | None) -> None:
    """Fill a locked opinion with what came and keep its file; the caller saves it.

    Raises `Refusal`, naming the field: neither words nor a file, a day to come, a grade that is none.
    """
    if not received.text.strip() and upload is None:
        raise Refusal(_("Enter the opinion, or attach its document."), field="text")
    if received.received_on > timezone.localdate():
        raise Refusal(_("The day of receipt lies in the future."), field="received_on")
    if received.grade and received.grade not in Grade.values:
        raise Refusal(_("Choose one of the four grades."), field="grade")
    row.text, row.document, row.grade = received.text, received.document, received.grade
    row.received_on, row.status, row.version = received.received_on, OpinionStatus.RECEIVED, row.version + 1
    if upload is not None:
        row.file = files.store_file(
            upload=upload,
            purpose=FilePurpose.OPINION,
            owner=actor,
            object_type="reviews.Opinion",
            object_id=str(row.uuid),
        )


@transaction.atomic
def waive_opinion(*, opinion: Opinion, reason: str, version: int, actor: User) -> Opinion:
    """Go on without an opinion, for a reason that stays with the rating."""
    row = _locked_opinion(opinion, version, actor)
    if not reason.strip():
        raise Refusal(_("Give the reason of the waiver."), field="waiver_reason")
    row.waiver_reason, row.status, row.version = reason, OpinionStatus.WAIVED, version + 1
    row.save()
    record(actor, "opinion.waive", row)
    return row


@transaction.atomic
def set_state_grade(*, rating: Rating, status: str, grade: str, document: str, version: int, actor: User) -> Rating:
    """Record the State-side grade with its document, or that it is not known yet."""
    row = _locked(rating, actor)
    if row.version != version:
        raise Stale(_("Somebody else has changed this rating since you opened it."))
    if status not in (KNOWN, NOT_YET):
        raise Refusal(_("Say whether the State-side grade is known."), field="status")
    if status == KNOWN and grade not in Grade.values:
        raise Refusal(_("Choose one of the four grades."), field="grade")
    if status == KNOWN and not document.strip():
        raise Refusal(_("Give the number and date of the document."), field="document")
    row.state_grade_status, row.state_grade = status, grade if status == KNOWN else ""
    row.state_grade_document, row.version = document if status == KNOWN else "", version + 1
    row.save(update_fields=["state_grade_status", "state_grade", "state_grade_document", "version"])
    audit.record_event(
        actor=actor,
        action="rating.state_grade",
        object_type=row._meta.label,
        object_id=str(row.uuid),
        chain=row.chain,
        facts={"status": status, "grade": row.state_grade, "document": row.state_grade_document},
    )
    return row


def _locked(rating: Rating, actor: User) -> Rating:
    row = Rating.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=rating.pk)
    if row.state not in OPEN_STATES:
        raise Stale(_("This rating is now in the state “%s”.") % _(row.state_row.label))
    if roles.OFFICER not in access.roles_on(actor, row, fresh=True):
        raise Forbidden(_("Only the officer of the appraising body does this."))
    if reason := reason_of_own(row.person_id, actor):
        raise Forbidden(reason)
    return row


def _locked_opinion(opinion: Opinion, version: int, actor: User) -> Opinion:
    rating = _locked(opinion.rating, actor)
    row = Opinion.objects.select_for_update(of=("self",)).get(pk=opinion.pk)
    if row.version != version:
        raise Stale(_("Somebody else has changed this opinion since you opened it."))
    row.rating = rating
    return row


def record(actor: User, action: str, opinion: Opinion, *, role: str = roles.OFFICER) -> None:
    """One event in the history of the rating; the words are texts, never facts."""
    audit.record_event(
        actor=actor,
        action=action,
        object_type="reviews.Rating",
        object_id=str(opinion.rating.uuid),
        chain=opinion.rating.chain,
        role=role,
        facts={"opinion": opinion.uuid, "kind": opinion.kind, "grade": opinion.grade, "document": opinion.document},
        texts={"text": opinion.text, "waiver": opinion.waiver_reason},
    )
