"""Answering remarks: those that say the same are answered together, each answer by one officer at a time."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from criteria.models import Answer, Clause, Consultation, Remark, Verdict
from criteria.selectors.consulting.consultations import REPLIED, SYNTHESIS
from criteria.services.bodies import refuse_stranger
from orgs.models import Refusal, Stale, User
from orgs.services import audit

LONGEST_SUMMARY = 2000


def locked_synthesis(consultation_id: int, *, actor: User) -> Consultation:
    """The consultation, locked until the act is through, while its opinions are put together.

    Submitting locks the same row: nothing is written behind a submission. Forbidden, Refusal as named.
    """
    rows = Consultation.objects.select_related("issuer").select_for_update(of=("self",))
    row = rows.get(pk=consultation_id)
    refuse_stranger(actor=actor, body=row.issuer)
    if row.state != SYNTHESIS:
        now = _(row.state_row.label)
        raise Refusal(_("Remarks are answered while the opinions are put together; now: “%s”.") % now)
    return row


@transaction.atomic
def group_remarks(
    *,
    clause: Clause,
    remarks: Iterable[Remark],
    actor: User,
    answer: Answer | None = None,
    summary: str = "",
    verdict: str = "",
    reason: str = "",
) -> Answer:
    """Put `remarks` of `clause` under one answer: a new one, or `answer`, which then keeps its own words.

    A remark that somebody has answered in the meantime is not taken away from there: Stale. Without `summary` the
    first proposed wording (or reason) stands for all.
    """
    consultation = locked_synthesis(clause.text.consultation_id, actor=actor)
    rows = _locked_remarks(clause, remarks)
    if answer is None:
        row = Answer(clause=clause, order=_next_order(clause))
        _fill(row, summary=summary or _first_words(rows), verdict=verdict, reason=reason, actor=actor)
    else:
        row = _answer_here(answer, clause)
        row.version += 1
    row.save()
    Remark.objects.filter(pk__in=[remark.pk for remark in rows]).update(answer=row)
    _record(consultation, "answer.grouped", row, actor, remarks=sorted(str(remark.uuid) for remark in rows))
    return row


@transaction.atomic
def edit_answer(*, answer: Answer, summary: str, verdict: str, reason: str, actor: User, version: int) -> Answer:
    """Write the words of an answer; Stale when somebody else wrote since `version`."""
    consultation = locked_synthesis(answer.clause.text.consultation_id, actor=actor)
    row = _locked_answer(answer, version=version)
    _fill(row, summary=summary, verdict=verdict, reason=reason, actor=actor)
    row.version += 1
    row.save()
    _record(consultation, "answer.edited", row, actor)
    return row


@transaction.atomic
def release_remarks(*, answer: Answer, remarks: Iterable[Remark], actor: User, version: int) -> Answer | None:
    """Take `remarks` out from under their answer; answers None when none is left and the answer itself goes."""
    consultation = locked_synthesis(answer.clause.text.consultation_id, actor=actor)
    row = _locked_answer(answer, version=version)
    chosen = Remark.objects.filter(answer=row, pk__in=[remark.pk for remark in remarks])
    uuids = sorted(str(uuid) for uuid in chosen.values_list("uuid", flat=True))
    if not uuids and row.remarks.exists():
        raise Refusal(_("Choose at least one remark."), field="remarks")
    chosen.update(answer=None)
    _record(consultation, "answer.released", row, actor, remarks=uuids)
    if row.remarks.exists():
        row.version += 1
        row.save(update_fields=["version"])
        return row
    row.delete()
    return None


def _answer_here(answer: Answer, clause: Clause) -> Answer:
    row = Answer.objects.select_for_update().filter(pk=answer.pk).first()
    if row is None:
        raise Stale(_("Somebody else has changed this answer since you opened it."))
    if row.clause_id != clause.pk:
        raise Refusal(_("An answer stands under one clause: these remarks are on another."), field="answer")
    return row


def _locked_answer(answer: Answer, *, version: int) -> Answer:
    row = Answer.objects.select_for_update().filter(pk=answer.pk).first()
    if row is None or row.version != version:
        raise Stale(_("Somebody else has changed this answer since you opened it."))
    return row


def _locked_remarks(clause: Clause, remarks: Iterable[Remark]) -> list[Remark]:
    wanted = {row.pk for row in remarks}
    if not wanted:
        raise Refusal(_("Choose at least one remark."), field="remarks")
    rows = Remark.objects.select_for_update().filter(pk__in=wanted, clause=clause, addressee__state=REPLIED)
    found = list(rows.order_by("pk"))
    if len(found) != len(wanted):
        raise Stale(_("A remark was withdrawn or changed in the meantime. Open the page again."))
    if any(row.answer_id for row in found):
        raise Stale(_("Somebody else has answered one of these remarks in the meantime. Open the page again."))
    return found


def _fill(answer: Answer, *, summary: str, verdict: str, reason: str, actor: User) -> None:
    """Refusal where a verdict is none of the three or stands without its explanation."""
    if not summary.strip():
        raise Refusal(_("Say in a few words what the remarks say."), field="summary")
    if verdict and verdict not in Verdict.values:
        raise Refusal(_("Choose one of the answers."), field="verdict")
    if verdict in (Verdict.IN_PART, Verdict.NOT_ACCEPTED) and not reason.strip():
        raise Refusal(_("What is not taken up in full is explained: give the reason."), field="reason")
    answer.summary, answer.verdict, answer.reason = summary.strip()[:LONGEST_SUMMARY], verdict, reason.strip()
    answer.answered_by = actor


def _first_words(rows: list[Remark]) -> str:
    return next((text for row in rows for text in (row.wording, row.reason) if text.strip()), _("Remark")).strip()


def _next_order(clause: Clause) -> int:
    return (clause.answers.order_by("-order").values_list("order", flat=True).first() or 0) + 1


def _record(consultation: Consultation, action: str, answer: Answer, actor: User, **facts: object) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type="criteria.Answer",
        object_id=str(answer.uuid),
        chain=consultation.chain,
        unit_path=consultation.unit_path,
        facts={"clause": str(answer.clause.uuid), "verdict": answer.verdict, "version": answer.version, **facts},
        texts={"summary": answer.summary, "reason": answer.reason},
    )
