"""Propose a criterion with its origin; take it up into a draft, or set it aside with a reason."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Criterion, CriterionGroup, CriterionProposal
from criteria.selectors.frameworks.criterion_content import content_of, digest_of
from criteria.services.bodies import refuse_stranger
from criteria.services.frameworks.criterion_writing import Sent, write_criterion
from criteria.services.frameworks.framework_outline import add_criterion
from orgs.models import Refusal, Unit, User, record
from orgs.services import audit


@dataclass(frozen=True)
class Origin:
    """Where a proposal comes from: the kind and identity of the record, and the same in words that stay."""

    kind: str
    uuid: UUID
    words: str


@transaction.atomic
def propose_criterion(
    *, issuer: Unit, year: int, title: str, reason: str, origin: Origin, actor: User
) -> CriterionProposal:
    """Propose a criterion for the frameworks of `issuer` from `year` on.

    Forbidden for who does not prepare them; Refusal without a title, for a past year, or where the same origin was
    proposed there for that year and not set aside.
    """
    refuse_stranger(actor=actor, body=issuer)
    if not record.nfc(title):
        raise Refusal(_("Say what the criterion is to be called."), field="title")
    if year < timezone.localdate().year:
        raise Refusal(_("A criterion is proposed for this year or a later one."), field="year")
    same = CriterionProposal.objects.filter(
        issuer=issuer, year=year, origin_kind=origin.kind, origin_uuid=origin.uuid, set_aside=""
    )
    if same.exists():
        raise Refusal(_("This was already proposed to that body for that year."), field="issuer")
    row = CriterionProposal.objects.create(
        issuer=issuer,
        year=year,
        title=title,
        reason=reason,
        origin=origin.words,
        origin_kind=origin.kind,
        origin_uuid=origin.uuid,
        proposed_by=actor,
    )
    _record(row, "criterion.proposed", actor)
    return row


@transaction.atomic
def take_up(*, proposal: CriterionProposal, group: CriterionGroup, actor: User) -> Criterion:
    """A criterion with the proposed title at the end of the group; the proposal keeps which one it became."""
    row = _locked(proposal, actor)
    if group.framework.issuer_id != row.issuer_id:
        raise Refusal(_("This was proposed for the frameworks of another body."))
    made = add_criterion(group=group, actor=actor)
    saved = content_of(made)
    sent = Sent(content={**saved, "title": row.title}, version=digest_of(saved))
    made = write_criterion(criterion=made, sent=sent, actor=actor).criterion
    row.framework, row.criterion = group.framework, made.uuid
    _settle(row, actor)
    _record(row, "criterion.proposal_taken", actor)
    return made


@transaction.atomic
def set_aside(*, proposal: CriterionProposal, reason: str, actor: User) -> CriterionProposal:
    """Not to become a criterion, and why; the proposal stays on record."""
    row = _locked(proposal, actor)
    if not record.nfc(reason):
        raise Refusal(_("Say why it is set aside."), field="reason")
    row.set_aside = reason
    _settle(row, actor)
    _record(row, "criterion.proposal_set_aside", actor)
    return row


def _locked(proposal: CriterionProposal, actor: User) -> CriterionProposal:
    row = CriterionProposal.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=proposal.pk)
    refuse_stranger(actor=actor, body=row.issuer)
    if row.settled_at is not None:
        raise Refusal(_("Somebody has settled this proposal already."))
    return row


def _settle(row: CriterionProposal, actor: User) -> None:
    row.settled_at, row.settled_by = timezone.now(), actor
    row.save()


def _record(row: CriterionProposal, action: str, actor: User) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type=row._meta.label,
        object_id=str(row.uuid),
        unit_path=row.issuer.code,
        facts={"year": row.year, "origin_kind": row.origin_kind, "origin": str(row.origin_uuid)},
        texts={"title": row.title},
    )
