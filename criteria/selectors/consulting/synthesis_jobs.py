"""The table of a large consultation is made as a job: when it is large, what was made of it, what is being made."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from criteria.models import Consultation
from criteria.selectors.consulting.remarks import sent_remarks
from orgs.models import QueuedJob, QueueState
from orgs.selectors.settings import setting

KIND, SETTING = "synthesis.table", "synthesis_job_remarks"
VERSION = "version"
# What the table is made as; the version is the PDF with its code, kept to be signed.
FORMS = {"pdf": _("PDF"), "docx": _("DOCX"), "xlsx": _("XLSX"), VERSION: _("Version to be signed")}
UNDER_WAY = (QueueState.WAITING, QueueState.RUNNING)


@dataclass(frozen=True)
class Size:
    """How many remarks stand in the table, and above how many it is not laid out while somebody waits."""

    remarks: int
    most: int

    @property
    def is_large(self) -> bool:
        """Whether the table is made as a job."""
        return self.remarks > self.most


@dataclass(frozen=True)
class Made:
    """One form of the table: the job that was asked for last, and the last file that stands."""

    form: str
    jobs: tuple[QueuedJob, ...]

    @property
    def label(self) -> str:
        """What it is called."""
        return str(FORMS[self.form])

    @property
    def last(self) -> QueuedJob | None:
        """What was asked for last, under way, failed or done."""
        return self.jobs[0] if self.jobs else None

    @property
    def is_under_way(self) -> bool:
        """Whether it is being made now."""
        return self.last is not None and self.last.status in UNDER_WAY

    @property
    def has_failed(self) -> bool:
        """Whether the last attempt came to nothing."""
        return self.last is not None and self.last.status == QueueState.FAILED

    @cached_property
    def kept(self) -> QueuedJob | None:
        """The last one that has its file."""
        return next((job for job in self.jobs if job.result_id), None)


def size_of(consultation: Consultation) -> Size:
    """The size of its table; two queries."""
    return Size(sent_remarks(consultation).count(), int(setting(SETTING)))


def key_of(consultation: Consultation, form: str = "") -> str:
    """How the keys of the jobs of a consultation begin."""
    return f"{KIND}:{consultation.uuid}:" + (f"{form}:" if form else "")


def jobs_of(consultation: Consultation, form: str = "") -> QuerySet[QueuedJob]:
    """What was asked for, the newest first, of one form or of all."""
    rows = QueuedJob.objects.filter(kind=KIND, dedup_key__startswith=key_of(consultation, form))
    return rows.select_related("result", "owner__person").order_by("-id")


def made_of(consultation: Consultation, *, may_keep: bool) -> list[Made]:
    """Each form with its jobs, in one query; the version to be signed once it may be kept."""
    rows = list(jobs_of(consultation))
    forms = [form for form in FORMS if may_keep or form != VERSION]
    return [Made(form, tuple(job for job in rows if job.payload.get("form") == form)) for form in forms]
