"""Versions of produced documents: a code on the paper, and the signed scan that finds its version again."""

import hashlib
import json
import secrets

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from orgs.models import DocumentVersion, FilePurpose, Refusal, User
from orgs.services import audit, files

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def new_code() -> str:
    """A version code that can be read from paper: two groups of four."""
    return "-".join("".join(secrets.choice(ALPHABET) for _place in range(4)) for _group in range(2))


def content_digest(content: object) -> str:
    """The digest of what a document says, whatever bytes the engine makes of it."""
    return hashlib.sha256(json.dumps(content, default=str, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def latest(*, object_type: str, object_id: str, kind: str, digest: str) -> DocumentVersion | None:
    """The newest version, when it says exactly the same; producing it again would only waste paper codes."""
    row = DocumentVersion.objects.filter(object_type=object_type, object_id=str(object_id), kind=kind).first()
    return row if row and row.content_sha256 == digest else None


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
def attach_scan(*, version: DocumentVersion, upload: UploadedFile, chain: str, actor: User) -> DocumentVersion:
    """Attach the signed scan to its version; once there it is not replaced."""
    row = DocumentVersion.objects.select_for_update().get(pk=version.pk)
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
