"""Circumstances of a rating: entered by the officer from a document, withdrawn by a document, never deleted."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs import access, roles
from orgs.guards import reason_of_own
from orgs.models import Forbidden, Refusal, Stale, User
from orgs.services import audit
from reviews.models import Circumstance, CircumstanceKind, Rating

OPEN = ("proposal", "appraisal", "decision", "postponed")


@transaction.atomic
def add_circumstance(
    *, rating: Rating, kind: str, document: str, document_on: date | None, version: int, actor: User
) -> Circumstance:
    """Record a circumstance of one rating, from its document; an exempting one then allows the move `exempt`.

    Refuses: anybody but the officer of the appraising body, one's own rating, a decided rating, no document, a day to
    come, a kind that stands there already.
    """
    row = locked_for_officer(rating, version, actor)
    if kind not in CircumstanceKind.values:
        raise Refusal(_("Choose a circumstance."), field="kind")
    if not document.strip():
        raise Refusal(_("Give the number and date of the document."), field="document")
    if document_on and document_on > timezone.localdate():
        raise Refusal(_("The date of the document lies in the future."), field="document_on")
    try:
        with transaction.atomic():
            made = Circumstance.objects.create(
                rating=row, kind=kind, document=document, document_on=document_on, entered_by=actor
            )
    except IntegrityError:
        raise Refusal(_("This circumstance is recorded already."), field="kind") from None
    record_on_rating(actor, "rating.circumstance", row, kind=kind, document=document, document_on=document_on)
    return made


@transaction.atomic
def withdraw_circumstance(*, circumstance: Circumstance, document: str, version: int, actor: User) -> Circumstance:
    """Withdraw a circumstance by a document; it stays on record and acts no more."""
    row = locked_for_officer(circumstance.rating, version, actor)
    if not document.strip():
        raise Refusal(_("Give the number and date of the document."), field="document")
    held = Circumstance.objects.select_for_update(of=("self",)).get(pk=circumstance.pk)
    if held.withdrawn_at:
        raise Stale(_("This circumstance was withdrawn already."))
    held.withdrawn_at, held.withdrawal_document = timezone.now(), document
    held.save(update_fields=["withdrawn_at", "withdrawal_document"])
    record_on_rating(actor, "rating.circumstance_withdrawn", row, kind=held.kind, document=document)
    return held


def may_state(user: User, rating: Rating) -> bool:
    """Whether `user` is the officer who records circumstances of this rating, and it is not decided yet."""
    is_own = bool(reason_of_own(rating.person_id, user))
    return rating.state in OPEN and not is_own and roles.OFFICER in access.roles_on(user, rating)


def locked_for_officer(rating: Rating, version: int, actor: User) -> Rating:
    """The rating, locked, for the officer who states facts about it; refused once it is decided, or his own."""
    row = (
        Rating.objects.select_for_update(of=("self",))
        .select_related("cycle__regulation", "regulation")
        .get(pk=rating.pk)
    )
    if row.version != version:
        raise Stale(_("Somebody else has changed this rating since you opened it."))
    if roles.OFFICER not in access.roles_on(actor, row, fresh=True):
        raise Forbidden(_("Only the officer of the appraising body records circumstances."))
    if not may_state(actor, row):
        raise Forbidden(_("Nothing can be recorded here: the rating is decided, or it is your own."))
    return row


def record_on_rating(actor: User, action: str, row: Rating, **facts: object) -> None:
    """Count the rating's version up and write what the officer stated into its history."""
    row.version += 1
    row.save(update_fields=["version"])
    audit.record_event(
        actor=actor,
        action=action,
        object_type=row._meta.label,
        object_id=str(row.uuid),
        chain=row.chain,
        role=roles.OFFICER,
        facts=facts,
    )
