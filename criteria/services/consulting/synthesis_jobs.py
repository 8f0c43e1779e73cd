"""The table of remarks and answers of a large consultation: laid out by a job, kept as a file, its asker told."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from criteria.models import Consultation
from criteria.selectors.consulting.synthesis import INNER_LABEL, under_synthesis
from criteria.selectors.consulting.synthesis_jobs import FORMS, KIND, UNDER_WAY, VERSION, jobs_of, key_of
from criteria.services.consulting.synthesis_papers import table_paper, too_early
from orgs.documents import Sheet, render_docx, render_pdf, render_xlsx
from orgs.models import FilePurpose, Forbidden, QueuedJob, QueueState, Refusal, StoredFile, User
from orgs.services import audit, files, outbox, versions
from orgs.services.messages import Letter, tell
from orgs.services.versions import Paper

OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}wordprocessingml.document",
    "xlsx": f"{OFFICE}spreadsheetml.sheet",
}
WRITERS: dict[str, Callable[[Sheet], bytes]] = {
    "pdf": lambda sheet: render_pdf((sheet,)),
    "docx": render_docx,
    "xlsx": render_xlsx,
}


@transaction.atomic
def ask_table(*, consultation: Consultation, form: str, actor: User) -> QueuedJob:
    """Ask for the table in a form of `FORMS`; while one's own is being made, asking again answers that one.

    Forbidden to who does not put the opinions together; Refusal for an unknown form, or where nothing is kept yet.
    """
    if not under_synthesis(actor).filter(pk=consultation.pk).exists():
        raise Forbidden(_("Only who puts the opinions together has the table made."))
    # Two who ask at once ask one after the other.
    row = Consultation.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=consultation.pk)
    if form not in FORMS:
        raise Refusal(_("Choose one of the forms of the table."), field="form")
    if form == VERSION and (reason := too_early(row)):
        raise Refusal(str(reason))
    if standing := jobs_of(row, form).filter(owner=actor, status__in=UNDER_WAY).first():
        return standing
    with override("vi"):
        title = _("Table of remarks and answers (%(form)s): %(title)s") % {"form": FORMS[form], "title": row.title}
    job = outbox.enqueue(
        kind=KIND,
        dedup_key=f"{key_of(row, form)}{actor.pk}:{timezone.now().timestamp()}",
        payload={"uuid": str(row.uuid), "form": form},
        owner=actor,
        title=title[:300],
    )
    audit.record_event(
        actor=actor,
        action="consultation.table_asked",
        object_type=Consultation._meta.label,
        object_id=str(row.uuid),
        chain=row.chain,
        unit_path=row.unit_path,
        facts={"form": form},
    )
    return job


def carry_out_table(job: QueuedJob) -> None:
    """Job: lay the table out and keep it. Who no longer puts the opinions together gets none, and reads why."""
    with override("vi"):
        try:
            kept = _made(job)
        except Refusal as refusal:
            # Trying again would be refused again: it ends here, with the reason.
            _running(job).update(
                status=QueueState.FAILED, error=str(refusal)[:2000], lease_until=None, finished_at=timezone.now()
            )
            return
        if kept is not None:
            _finish(job, kept)


def _made(job: QueuedJob) -> StoredFile | None:
    """The kept file; None where the job was cancelled meanwhile."""
    row = under_synthesis(job.owner).filter(uuid=job.payload["uuid"]).first()
    if row is None:
        raise Forbidden(_("Only who puts the opinions together has the table made."))
    paper, form = table_paper(row), job.payload["form"]
    if form == VERSION:
        return versions.produce(paper=paper, actor=job.owner).file if _goes_on(job) else None
    content = WRITERS[form](paper.sheets[0])
    return _keep(job, paper, form, content) if _goes_on(job) else None


def _keep(job: QueuedJob, paper: Paper, form: str, content: bytes) -> StoredFile:
    day = timezone.localtime().strftime("%d-%m-%Y %Hh%M")
    name = versions.FORBIDDEN_IN_NAMES.sub(" ", paper.name)[:120].strip(" .")
    return files.keep_bytes(
        content=content,
        name=f"{name} {day}.{form}",
        content_type=TYPES[form],
        purpose=FilePurpose.PRODUCED,
        owner=job.owner,
        object_type=INNER_LABEL,
        object_id=str(paper.row.uuid),
    )


@transaction.atomic
def _finish(job: QueuedJob, kept: StoredFile) -> None:
    QueuedJob.objects.filter(pk=job.pk).update(result=kept)
    subject = _("Ready: %(title)s") % {"title": job.title}
    address = reverse("orgs:job_detail", args=[job.uuid])
    tell([Letter(job.owner, subject, f"{KIND}:{job.uuid}:{job.next_at.timestamp()}", url=address)])


def _goes_on(job: QueuedJob) -> bool:
    return bool(_running(job).update(lease_until=timezone.now() + outbox.LEASE))


def _running(job: QueuedJob) -> QuerySet[QueuedJob]:
    return QueuedJob.objects.filter(pk=job.pk, status=QueueState.RUNNING)


def register() -> None:
    """Register the job; called from `AppConfig.ready`."""
    outbox.register_handler(KIND, carry_out_table)
