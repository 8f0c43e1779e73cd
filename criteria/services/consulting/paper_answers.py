"""Answers that came on paper, entered by an officer of the asking body with number, date and scan."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Addressee, Clause, KeptRemark, Remark, RemarkKind
from criteria.selectors.consulting import addressees as selectors
from criteria.selectors.consulting import consultations as asking
from criteria.services.bodies import refuse_stranger
from criteria.services.consulting import replies
from orgs.models import FilePurpose, Refusal, User, record
from orgs.services import files, transitions

BY_PAPER = "paper"


@dataclass(frozen=True)
class PaperRemark:
    """One remark as it stands on a paper."""

    clause: Clause
    kind: str
    wording: str = ""
    reason: str = ""


@transaction.atomic
def enter_paper(
    *,
    addressee: Addressee,
    number: str,
    paper_on: date | None,
    remarks: Sequence[PaperRemark],
    version: int,
    actor: User,
    scan: UploadedFile | None = None,
) -> Addressee:
    """An officer of the asking body enters an answer that came on paper: number, date, scan, remarks (none: it agrees).

    What the body had begun to write here is kept for its writer. Refusal names what is missing.
    """
    row = Addressee.objects.select_related("consultation__issuer").get(pk=addressee.pk)
    refuse_stranger(actor=actor, body=row.consultation.issuer)
    _refuse_wrong_paper(number, paper_on, remarks)
    row = replies.locked_reply(row, version)
    _put_drafts_away(row)
    numbers: Counter[int] = Counter()
    for line in remarks:
        numbers[line.clause.pk] += 1
        Remark.objects.create(
            uuid=selectors.place_of(row, line.clause, numbers[line.clause.pk]),
            addressee=row,
            clause=line.clause,
            kind=line.kind,
            wording=record.nfc(line.wording),
            reason=record.nfc(line.reason),
            written_by=actor,
        )
    if scan:
        files.store_file(
            upload=scan,
            purpose=FilePurpose.SIGNED_SCAN,
            owner=actor,
            object_type=selectors.LABEL,
            object_id=str(row.uuid),
        )
    paper = {"paper_number": number.strip(), "paper_on": paper_on, "is_without_remarks": not remarks}
    return transitions.advance(
        row, "enter", actor=actor, version=version, document_ref=f"{number.strip()} {paper_on:%d/%m/%Y}", paper=paper
    )


def _refuse_wrong_paper(number: str, paper_on: date | None, remarks: Sequence[PaperRemark]) -> None:
    if not number.strip():
        raise Refusal(_("Give the number of the paper."), field="number")
    if paper_on is None:
        raise Refusal(_("Give the date of the paper."), field="paper_on")
    if paper_on > timezone.localdate():
        raise Refusal(_("The date of the paper lies in the future."), field="paper_on")
    for line in remarks:
        if line.kind not in RemarkKind.values:
            raise Refusal(_("Choose whether the clause is kept, amended, added to or dropped."))
        if line.kind != RemarkKind.KEEP and not line.reason.strip():
            raise Refusal(_("%(clause)s: the reason of the proposal is missing.") % {"clause": line.clause.label})


def _put_drafts_away(row: Addressee) -> None:
    drafts = list(row.remarks.exclude(selectors.BLANK))
    KeptRemark.objects.bulk_create(
        KeptRemark(
            addressee=row,
            clause_id=draft.clause_id,
            user_id=draft.written_by_id,
            why=BY_PAPER,
            content={"kind": draft.kind, "wording": draft.wording, "reason": draft.reason},
        )
        for draft in drafts
        if draft.written_by_id
    )
    replies.move_files(row, drafts)
    row.remarks.all().delete()


def _entered(row: Addressee, *, actor: User, paper: dict[str, object], **_more: object) -> None:
    for name, value in {**paper, "entered_by": actor, "replied_at": timezone.now(), "returned_note": ""}.items():
        setattr(row, name, value)
    row.is_late = asking.is_late(row.consultation, row.paper_on)
    row.save()


def register() -> None:
    """Register what follows from entering a paper; called from `AppConfig.ready`."""
    transitions.register_consequence("addressee.enter", _entered)
