"""The prompt letter as it was sent: kept once, as PDF and as Word, so that nothing that changes later changes it."""

from dataclasses import replace

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from orgs.documents import render_docx
from orgs.models import DocumentVersion, FilePurpose, QueuedJob, Refusal, StoredFile
from orgs.services import files, outbox, versions
from orgs.services.versions import Paper
from reviews.documents.prompt_letter import letter_sheet
from reviews.models import Prompt, PromptDecision
from reviews.selectors.papers.papers import LETTER, is_ready

JOB = "prompt.letters"
LABEL = "reviews.Prompt"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RELATED = ("cycle", "review__person", "review__collective", "authority", "decision__confirmed_by")
NOT_ISSUED = gettext_lazy("The letter is kept once the list is decided and the prompt goes out.")


@override("vi")
def letter_of(prompt: Prompt) -> Paper:
    """The letter of `prompt`, a draft until its list is decided; then there is one version of it for good."""
    subject = prompt.review.subject
    title = _("Prompt letter %(number)s to %(subject)s") % {"number": prompt.number, "subject": subject}
    name = f"Gợi ý kiểm điểm {prompt.number} {subject}"
    reason = "" if is_ready(prompt) else NOT_ISSUED
    return Paper((letter_sheet(prompt),), LETTER, title, name, prompt, LABEL, prompt.chain, reason, is_sent_once=True)


def keep_letter(prompt: Prompt) -> DocumentVersion:
    """Keep the letter under its code in the name of who confirmed the decision, and the same words as a Word file
    beside it; twice is once.

    Refuses a prompt that was not issued.
    """
    paper = letter_of(prompt)
    version = versions.produce(paper=paper, actor=prompt.decision.confirmed_by if prompt.decision else None)
    if version.content_sha256 == paper.digest:
        _keep_word(paper, version)
    return version


def word_of(prompt: Prompt) -> bytes:
    """The letter as a Word file: what was kept when it was sent, before that the draft.

    Refuses a letter of which only the PDF was kept, once the record says something else.
    """
    paper = letter_of(prompt)
    kept = None if paper.reason else versions.latest_of(paper)
    if kept is None:
        return render_docx(paper.sheets[0])
    file = _words_of(prompt).first()
    path = files.path_of(file) if file else None
    if path and path.exists():
        return path.read_bytes()
    if kept.content_sha256 != paper.digest:
        raise Refusal(_("Version %s was kept as PDF only. Open the PDF.") % kept.code)
    return render_docx(replace(paper.sheets[0], code=kept.code))


def ask_for_letters(decision: PromptDecision) -> None:
    """Have the letters of a confirmed decision kept, soon after it: laying them out takes a second each."""
    outbox.enqueue(
        kind=JOB,
        dedup_key=f"{JOB}:{decision.uuid}",
        payload={"decision": decision.pk},
        owner=decision.confirmed_by,
        title=_("Prompt letters %s") % decision.number,
    )


def carry_out_letters(job: QueuedJob) -> None:
    """Job: keep each letter of the decision; started again it goes on with those that are missing."""
    prompts = Prompt.objects.filter(decision=job.payload["decision"]).select_related(*RELATED)
    for prompt in prompts.order_by("id"):
        keep_letter(prompt)


@transaction.atomic
def _keep_word(paper: Paper, version: DocumentVersion) -> None:
    prompt = Prompt.objects.select_for_update(of=("self",)).get(pk=paper.row.pk)
    if _words_of(prompt).exists():
        return
    files.keep_bytes(
        content=render_docx(replace(paper.sheets[0], code=version.code)),
        name=versions.file_name(paper.name, version.code).removesuffix("pdf") + "docx",
        content_type=WORD,
        purpose=FilePurpose.PRODUCED,
        owner=None,
        object_type=LABEL,
        object_id=str(prompt.uuid),
    )


def _words_of(prompt: Prompt) -> QuerySet[StoredFile]:
    rows = StoredFile.objects.filter(object_type=LABEL, object_id=str(prompt.uuid))
    return rows.filter(purpose=FilePurpose.PRODUCED, content_type=WORD).order_by("id")


def register() -> None:
    """Register the job; called from `AppConfig.ready`."""
    outbox.register_handler(JOB, carry_out_letters)
