"""The explanation report: written matter by matter with its evidence, sent before the meeting, noted by the officer."""

from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs import access, roles
from orgs.guards import reason_of_own
from orgs.models import FilePurpose, Forbidden, Refusal, Stale, User
from orgs.services import audit, files
from reviews.models import Explanation, ExplanationFile, NoteMark, Prompt, PromptItem
from reviews.services.meeting import deliveries
from reviews.services.writing import kept_texts

MOST_FILES = 10
TYPED = ("cause", "responsibility", "shared_responsibility", "remedy")


@dataclass(frozen=True)
class Answer:
    """The explanation of one matter; `shared_responsibility` is the collective's, or that of the persons concerned."""

    cause: str
    responsibility: str
    shared_responsibility: str
    remedy: str
    remedy_due: date | None


@transaction.atomic
def save_explanation(*, item: PromptItem, answer: Answer, version: int, actor: User) -> Explanation:
    """Save the explanation of one matter, gaps allowed; sending it checks. `version` 0 is a first save.

    Whoever writes has opened the prompt: that is noted as its receipt.
    """
    prompt = _locked(item, actor)
    row, is_new = Explanation.objects.get_or_create(item=item)
    if (0 if is_new else row.version) != version:
        raise Stale(_("Somebody else has changed this explanation since you opened it."))
    row.cause, row.responsibility, row.shared_responsibility, row.remedy = (
        text.strip() for text in (answer.cause, answer.responsibility, answer.shared_responsibility, answer.remedy)
    )
    row.remedy_due, row.version = answer.remedy_due, version + 1
    row.save()
    deliveries.note_opened(prompt, actor)
    return row


@transaction.atomic
def keep_refused(*, item: PromptItem, answer: Answer, actor: User) -> None:
    """Keep for its author an explanation that came after the prompt was withdrawn."""
    typed = {name: {"text": getattr(answer, name).strip()} for name in TYPED if getattr(answer, name).strip()}
    if typed:
        prompt = item.prompt
        key = f"{prompt.kept_key}{item.order}"
        kept_texts.keep_text(
            review=prompt.review, section_key=key, content=typed, actor=actor, reason=kept_texts.CLOSED
        )


@transaction.atomic
def attach_evidence(*, item: PromptItem, upload: UploadedFile, title: str, actor: User) -> ExplanationFile:
    """Hang evidence on the explanation of a matter; the file is checked by its content and kept under a name of ours.

    Refuses: who does not write the report, a report that was sent, more than ten files.
    """
    prompt = _locked(item, actor)
    explanation, _is_new = Explanation.objects.get_or_create(item=item, defaults={"version": 1})
    if explanation.files.filter(withdrawn_at=None).count() >= MOST_FILES:
        raise Refusal(_("A matter takes ten files. Join some, or take one away first."), field="file")
    kept = files.store_file(
        upload=upload,
        purpose=FilePurpose.EVIDENCE,
        owner=actor,
        object_type=Explanation._meta.label,
        object_id=str(explanation.uuid),
    )
    row = ExplanationFile.objects.create(explanation=explanation, file=kept, title=title.strip())
    _record(actor, "prompt.evidence", prompt, file=kept.name, matter=item.order)
    return row


@transaction.atomic
def withdraw_evidence(*, evidence: ExplanationFile, actor: User) -> None:
    """Take evidence away while the report is still being written; the file itself stays in the history."""
    prompt = _locked(evidence.explanation.item, actor)
    row = ExplanationFile.objects.select_for_update().get(pk=evidence.pk)
    if row.withdrawn_at:
        raise Stale(_("This file was taken away already."))
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    _record(actor, "prompt.evidence_withdraw", prompt, file=row.file.name)


def send_explanation(prompt: Prompt, *, actor: User, note: str = "", document_ref: str = "") -> None:
    """Consequence of `send`: the report is finished and sent, at this instant; an older note no longer holds."""
    prompt.explained_at, prompt.note_mark, prompt.note_text = timezone.now(), "", ""
    prompt.noted_by = prompt.noted_at = None
    prompt.save(update_fields=["explained_at", "note_mark", "note_text", "noted_by", "noted_at"])


@transaction.atomic
def note_explanation(*, prompt: Prompt, mark: str, text: str, version: int, actor: User) -> Prompt:
    """The officer notes a report that was sent as sufficient or as needing more; it gates only where the list says so.

    Refuses: who is no officer of the advisory body, a report not sent, more needed without saying what.
    """
    row = Prompt.objects.select_for_update(of=("self",)).select_related("cycle", "review").get(pk=prompt.pk)
    if row.version != version or row.state != "explained":
        raise Stale(_("Somebody else has changed this prompt since you opened it."))
    if roles.OFFICER not in access.roles_on(actor, row, fresh=True):
        raise Forbidden(_("Only the officer of the advisory body notes the explanation report."))
    if reason := reason_of_own(row.review.person_id, actor):
        raise Forbidden(reason)
    if mark not in NoteMark.values:
        raise Refusal(_("Say whether the report is sufficient."), field="mark")
    if mark == NoteMark.MORE_NEEDED and not text.strip():
        raise Refusal(_("Say what is missing."), field="text")
    row.note_mark, row.note_text, row.noted_by, row.noted_at = mark, text.strip(), actor, timezone.now()
    row.version = version + 1
    row.save(update_fields=["note_mark", "note_text", "noted_by", "noted_at", "version"])
    _record(actor, "prompt.note", row, mark=mark)
    return row


def _locked(item: PromptItem, actor: User) -> Prompt:
    rows = Prompt.objects.select_for_update(of=("self",)).select_related("cycle", "review")
    prompt = rows.get(pk=item.prompt_id)
    if prompt.state in ("recalled", "withdrawn"):
        raise Stale(_("This prompt was withdrawn: it needs no explanation any more. What you typed is kept."))
    if prompt.state != "issued":
        raise Stale(_("The explanation report was sent; it cannot be changed now."))
    if not access.roles_on(actor, prompt, fresh=True) & prompt.workflow.transition("issued", "send").by:
        raise Forbidden(_("Only the subject writes the explanation report."))
    return prompt


def _record(actor: User, action: str, prompt: Prompt, **facts: object) -> None:
    audit.record_event(
        actor=actor,
        action=action,
        object_type=prompt._meta.label,
        object_id=str(prompt.uuid),
        chain=prompt.chain,
        facts=facts,
    )
