"""The submission (tờ trình) in which a consultation ends, who signs the papers, and what follows its end."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from criteria.models import Addressee, Consultation
from criteria.selectors.consulting.consultations import REPLIED
from criteria.services.bodies import refuse_stranger
from orgs.models import Refusal, Stale, User
from orgs.services import audit
from orgs.services.messages import Letter, tell
from orgs.services.transitions import register_consequence


@dataclass(frozen=True)
class PaperWords:
    """What the papers of a consultation say at their foot, and what the submission asks for."""

    signer_title: str = ""
    signer: str = ""
    copies_to: str = ""
    submitted_to: str = ""
    submission: str = ""
    submission_number: str = ""
    submitted_on: date | None = None
    submission_copies_to: str = ""


@transaction.atomic
def write_papers(*, consultation: Consultation, words: PaperWords, actor: User, version: int) -> Consultation:
    """Write signer, recipients and submission; Refusal once the consultation has ended, Stale as the version says."""
    rows = Consultation.objects.select_related("issuer").select_for_update(of=("self",))
    row = rows.get(pk=consultation.pk)
    refuse_stranger(actor=actor, body=row.issuer)
    if row.version != version:
        raise Stale(_("Somebody else has changed this document since you opened it."))
    if row.is_final:
        raise Refusal(_("The consultation has ended: its papers stay as they are."))
    for name, value in asdict(words).items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    audit.record_event(
        actor=actor,
        action="consultation.papers",
        object_type="criteria.Consultation",
        object_id=str(row.uuid),
        chain=row.chain,
        unit_path=row.unit_path,
        facts={"number": row.submission_number, "submitted_on": row.submitted_on, "version": row.version},
        texts={"submission": row.submission, "submitted_to": row.submitted_to},
    )
    return row


def tell_contributors(consultation: Consultation, *, actor: User, **more: object) -> None:
    """Once it is finished, who prepared or sent an answer is led to what became of it; paper answers name nobody."""
    rows = Addressee.objects.filter(consultation=consultation, state=REPLIED, is_without_remarks=False)
    letters = []
    for row in rows.select_related("replied_by", "preparer", "entered_by"):
        if row.entered_by_id:
            continue
        for user in {row.replied_by, row.preparer} - {None}:
            letters.append(
                Letter(
                    recipient=user,
                    subject=_("What became of your remarks: %(title)s") % {"title": consultation.title},
                    dedup_key=f"consultation.finished:{row.uuid}",
                    url=reverse("criteria:reply_outcome", args=[row.uuid]),
                )
            )
    tell(letters)


def register() -> None:
    """Register what follows the end of a consultation; called from `AppConfig.ready`."""
    register_consequence("consultation.finish", tell_contributors)
