"""Dossiers: produced as versions with a code and QR; many at once as a job whose result is one ZIP."""

import io
import logging
import zipfile
from collections.abc import Callable, Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from orgs.documents import Sheet
from orgs.models import (
    DocumentVersion,
    FilePurpose,
    Forbidden,
    QueuedItem,
    QueuedJob,
    QueueState,
    Refusal,
    User,
)
from orgs.services import audit, files, outbox, versions
from orgs.services.messages import Letter, tell
from reviews.documents.dossier import dossier_sheets
from reviews.models import Review
from reviews.selectors import reviews
from reviews.selectors.papers.dossiers import BATCH_LABEL, Reading, reading_of

logger = logging.getLogger(__name__)
BATCH = "dossier.batch"
KIND = "dossier"
LARGEST_BATCH = 500
NOT_FOR_YOU = gettext_lazy("The dossier is for the subject, the venues of the review and the bodies that rate it.")
RELATED = ("cycle__regulation", "person__party_cell__parent", "collective__unit__party_organisation", "unit")


def produce_dossier(*, review: Review, actor: User) -> DocumentVersion:
    """The dossier of `review` as `actor` may read it, as a kept version; twice the same content is one version.

    Raises `Forbidden` when the actor gets no dossier of this review.
    """
    whole = Review.objects.select_related(*RELATED).get(pk=review.pk)
    reading = reading_of(actor, whole)
    if reading is None:
        raise Forbidden(NOT_FOR_YOU)
    sheets = dossier_sheets(whole, viewer=reading)
    return versions.produce(paper=dossier_paper(whole, reading, sheets), actor=actor)


def dossier_paper(review: Review, reading: Reading, sheets: list[Sheet]) -> versions.Paper:
    """The dossier as a paper to be kept for the readers that `reading` stands for."""
    with override("vi"):
        title = _("Dossier of %(subject)s, %(cycle)s") % {"subject": review.subject, "cycle": review.cycle.title}
    name = f"{review.code} {str(review.subject)[:100]}"
    return versions.Paper(tuple(sheets), KIND, title, name, review, reading.label, review.chain)


@transaction.atomic
def start_batch(*, chosen: Iterable[Review], actor: User) -> QueuedJob:
    """Ask for the dossiers of many reviews at once; those that the actor does not see are left out silently.

    Raises `Refusal` when nothing is left or more than 500 were chosen.
    """
    rows = list(reviews.visible_to(actor).filter(pk__in=[row.pk for row in chosen]).order_by("sort_key", "id"))
    if not rows:
        raise Refusal(_("Choose at least one review."), field="reviews")
    if len(rows) > LARGEST_BATCH:
        raise Refusal(_("At most %d dossiers at once. Narrow the list.") % LARGEST_BATCH, field="reviews")
    now = timezone.now()
    job = outbox.enqueue(
        kind=BATCH,
        dedup_key=f"{BATCH}:{actor.pk}:{now.timestamp()}",
        owner=actor,
        title=_("%d dossiers") % len(rows),
        total=len(rows),
    )
    QueuedItem.objects.bulk_create(QueuedItem(job=job, key=row.code) for row in rows)
    audit.record_event(
        actor=actor,
        action="dossier.batch",
        object_type=job._meta.label,
        object_id=str(job.uuid),
        chain=rows[0].chain,
        facts={"reviews": [row.code for row in rows]},
    )
    return job


def carry_out_batch(job: QueuedJob) -> None:
    """Job: produce what is not produced yet, item by item, then one ZIP. A failing item does not stop the others.

    Between two items the job is looked at again: cancelled, it stops there and can be resumed.
    """
    items = list(job.items.exclude(status=QueueState.DONE).order_by("id"))
    with override("vi"):
        for item in items:
            if not _goes_on(job):
                return
            _carry_out_item(job, item)
            _count(job)
        if _goes_on(job):
            _finish(job)


def _goes_on(job: QueuedJob) -> bool:
    lease = {"lease_until": timezone.now() + outbox.LEASE}
    return bool(QueuedJob.objects.filter(pk=job.pk, status=QueueState.RUNNING).update(**lease))


def _carry_out_item(job: QueuedJob, item: QueuedItem) -> None:
    found = reviews.visible_to(job.owner).filter(code=item.key).first()
    try:
        if found is None:
            raise Forbidden(_("This review is not within your reach any more."))
        version = produce_dossier(review=found, actor=job.owner)
    except Refusal as refusal:
        _fail(item, str(refusal))
    # Whatever is wrong with one dossier is told beside it; the other dossiers are still wanted.
    except Exception as error:
        logger.exception("Dossier %s failed", item.key)
        _fail(item, f"{type(error).__name__}: {error}")
    else:
        QueuedItem.objects.filter(pk=item.pk).update(status=QueueState.DONE, file=version.file, error="")


def _fail(item: QueuedItem, words: str) -> None:
    QueuedItem.objects.filter(pk=item.pk).update(status=QueueState.FAILED, error=words[:2000])


def _count(job: QueuedJob) -> None:
    done = job.items.filter(status=QueueState.DONE).count()
    failed = job.items.filter(status=QueueState.FAILED).count()
    QueuedJob.objects.filter(pk=job.pk).update(done=done, failed=failed)


@transaction.atomic
def _finish(job: QueuedJob) -> None:
    done = list(job.items.filter(status=QueueState.DONE).select_related("file").order_by("id"))
    if done:
        name = _("Dossiers %s.zip") % timezone.localdate().strftime("%d-%m-%Y")
        result = files.keep_bytes(
            content=zipped({item.file.name: files.path_of(item.file).read_bytes for item in done}),
            name=name,
            content_type="application/zip",
            purpose=FilePurpose.PRODUCED,
            owner=job.owner,
            object_type=BATCH_LABEL,
            object_id=str(job.uuid),
        )
        QueuedJob.objects.filter(pk=job.pk).update(result=result)
    failed = job.items.filter(status=QueueState.FAILED).count()
    subject = _("%(done)d dossiers are ready, %(failed)d failed.") % {"done": len(done), "failed": failed}
    # Each start is told of once: a run for the failed part has a new `next_at`, a dead worker's successor has not.
    key = f"{BATCH}:{job.uuid}:{job.next_at.timestamp()}"
    tell([Letter(job.owner, subject, key, url=reverse("orgs:job_detail", args=[job.uuid]))])


def zipped(contents: dict[str, Callable[[], bytes]]) -> bytes:
    """The files as a ZIP with UTF-8 names; PDF is compressed already, so it is only stored."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, read in contents.items():
            archive.writestr(zipfile.ZipInfo(name, date_time=(2024, 1, 1, 0, 0, 0)), read())
    return target.getvalue()


def register() -> None:
    """Register the job; called from `AppConfig.ready`."""
    outbox.register_handler(BATCH, carry_out_batch)
