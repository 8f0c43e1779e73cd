"""Petitions against a grade: filed by the subject, answered by the deciding body."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs import access, roles
from orgs.guards import reason_of_own
from orgs.models import Forbidden, Refusal, Stale, User
from orgs.services import audit, transitions
from reviews.models import Petition, Rating


@transaction.atomic
def file_petition(*, rating: Rating, text: str, version: int, actor: User) -> Petition:
    """File a petition; the rating goes to the deciding body again (Điều 15 QĐ 124-QĐ/TW)."""
    if not text.strip():
        raise Refusal(_("Write what you ask to be reconsidered."), field="text")
    moved = transitions.advance(rating, "petition", actor=actor, version=version, note=text)
    return Petition.objects.create(rating=moved, text=text, filed_by=actor, filed_on=timezone.localdate())


@transaction.atomic
def answer_petition(*, petition: Petition, answer: str, document: str, actor: User) -> Petition:
    """Record the answer of the body; upholding or rating again is the move that follows."""
    rating = Rating.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=petition.rating_id)
    row = Petition.objects.select_for_update(of=("self",)).get(pk=petition.pk)
    if rating.state != "petition" or row.concluded_on:
        raise Stale(_("This petition was answered already."))
    if not access.roles_on(actor, rating, fresh=True) & rating.workflow.transition("petition", "uphold").by:
        raise Forbidden(_("Only the deciding body answers a petition."))
    if reason := reason_of_own(rating.person_id, actor):
        raise Forbidden(reason)
    if not answer.strip() or not document.strip():
        raise Refusal(_("Enter the answer and its document."), field="answer")
    row.answer, row.document = answer, document
    row.concluded_on, row.concluded_by = timezone.localdate(), actor
    row.save(update_fields=["answer", "document", "concluded_on", "concluded_by"])
    audit.record_event(
        actor=actor,
        action="petition.answer",
        object_type=rating._meta.label,
        object_id=str(rating.uuid),
        chain=rating.chain,
        role=roles.CONFIRMER,
        facts={"document": document},
        texts={"answer": answer},
    )
    return row
