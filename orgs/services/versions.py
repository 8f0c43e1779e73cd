"""Versions of produced documents: a code on the paper, and the signed scan that finds its version again."""

import hashlib
import json
import re
import secrets
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from orgs import access
from orgs.documents import Sheet, render_pdf
from orgs.models import DocumentVersion, FilePurpose, Forbidden, Refusal, User, record
from orgs.selectors.files import may_attach
from orgs.services import audit, files

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
FORBIDDEN_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True)
class Paper:
    """A document that may be kept: what it says, as what, and of which record.

    `row` is the record that is locked while a version is added; `label` says whose readers open the kept file;
    `reason` why it cannot be kept yet, empty when it can. What `is_sent_once` has one version for good:
    whatever changes later in the record, the paper says what was sent.
    """

    sheets: tuple[Sheet, ...]
    kind: str
    title: str
    name: str
    row: Model
    label: str
    chain: str
    reason: str = ""
    is_sent_once: bool = False

    @property
    def digest(self) -> str:
        """The digest of what the sheets say."""
        return content_digest([repr(sheet) for sheet in self.sheets])


def new_code() -> str:
    """A version code that can be read from paper: two groups of four."""
    return "-".join("".join(secrets.choice(ALPHABET) for _place in range(4)) for _group in range(2))


def content_digest(content: object) -> str:
    """The digest of what a document says, whatever bytes the engine makes of it."""
    return hashlib.sha256(json.dumps(content, default=str, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def file_name(name: str, code: str) -> str:
    """A name that every archive and file system takes: "2024-CB-000123 Nguyễn Văn Ấn ABCD-EFGH.pdf" in NFC."""
    kept = " ".join(FORBIDDEN_IN_NAMES.sub(" ", record.nfc(name)).split()).strip(" .")
    return f"{kept[:120].rstrip(' .')} {code}.pdf"


def latest_of(paper: Paper) -> DocumentVersion | None:
    """The version that says what `paper` says now, if that is the newest one; the version of what was sent once."""
    digest = None if paper.is_sent_once else paper.digest
    return latest(object_type=paper.label, object_id=str(paper.row.uuid), kind=paper.kind, digest=digest)


def produce(*, paper: Paper, actor: User | None) -> DocumentVersion:
    """Keep `paper` as a version with its code and QR; twice the same content is one version.

    Refuses a paper whose step is not done.
    """
    if paper.reason:
        raise Refusal(str(paper.reason))
    if known := latest_of(paper):
        return known
    code = new_code()
    # Laying out takes a second or more: it happens before the row is locked, and counts only if nobody was faster.
    content = render_pdf(paper.sheets, code=code)
    with transaction.atomic():
        type(paper.row).objects.select_for_update(of=("self",)).get(pk=paper.row.pk)
        if known := latest_of(paper):
            return known
        return keep_version(
            code=code,
            kind=paper.kind,
            title=paper.title[:300],
            object_type=paper.label,
            object_id=str(paper.row.uuid),
            content=content,
            content_type="application/pdf",
            file_name=file_name(paper.name, code),
            digest=paper.digest,
            chain=paper.chain,
            actor=actor,
        )


def latest(*, object_type: str, object_id: str, kind: str, digest: str | None) -> DocumentVersion | None:
    """The newest version, when it says exactly the same (None: whatever it says); another one would waste a code."""
    row = DocumentVersion.objects.filter(object_type=object_type, object_id=str(object_id), kind=kind).first()
    return row if row and digest in (None, row.content_sha256) else None


@transaction.atomic
def keep_version(
    *,
    code: str,
    kind: str,
    title: str,
    object_type: str,
    object_id: str,
    content: bytes,
    content_type: str,
    file_name: str,
    digest: str,
    chain: str,
    actor: User | None,
) -> DocumentVersion:
    """Keep a produced document as a version of its record."""
    file = files.keep_bytes(
        content=content,
        name=file_name,
        content_type=content_type,
        purpose=FilePurpose.PRODUCED,
        owner=None,
        object_type=object_type,
        object_id=object_id,
    )
    version = DocumentVersion.objects.create(
        code=code,
        kind=kind,
        title=title,
        object_type=object_type,
        object_id=str(object_id),
        file=file,
        produced_by=actor,
        content_sha256=digest,
    )
    audit.record_event(
        actor=actor,
        action="document.produce",
        object_type=object_type,
        object_id=str(object_id),
        chain=chain,
        facts={"code": code, "kind": kind, "sha256": file.sha256},
    )
    return version


@transaction.atomic
def attach_scan(*, version: DocumentVersion, upload: UploadedFile | None, chain: str, actor: User) -> DocumentVersion:
    """Attach the signed scan to its version; once there it is not replaced.

    Raises `Forbidden` for who does not hold the pen of the paper, however he may read it.
    """
    row = DocumentVersion.objects.select_for_update().get(pk=version.pk)
    access.viewer_of(actor, fresh=True)
    if not may_attach(actor, row):
        raise Forbidden(_("The signed scan is attached by who has the paper signed: %s.") % row.title)
    if upload is None:
        raise Refusal(_("Choose the scanned file first."), field="file")
    if row.signed_scan_id:
        raise Refusal(_("Version %s has its signed scan already.") % row.code, field="file")
    row.signed_scan = files.store_file(
        upload=upload,
        purpose=FilePurpose.SIGNED_SCAN,
        owner=actor,
        object_type=row.object_type,
        object_id=row.object_id,
    )
    row.save(update_fields=["signed_scan"])
    audit.record_event(
        actor=actor,
        action="document.attach_scan",
        object_type=row.object_type,
        object_id=row.object_id,
        chain=chain,
        facts={"code": row.code, "sha256": row.signed_scan.sha256},
    )
    return row
