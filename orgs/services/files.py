"""Files that people bring: checked by their content, stored outside static under their digest."""

import hashlib
import os
import re
import zipfile
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from orgs.models import Refusal, StoredFile, User, record
from orgs.models.names import fold

LARGEST = 10 * 1024 * 1024
LARGEST_UNPACKED = 100 * 1024 * 1024
MAGIC = {
    b"%PDF-": ("pdf", "application/pdf"),
    b"\xff\xd8\xff": ("jpg", "image/jpeg"),
    b"\x89PNG\r\n\x1a\n": ("png", "image/png"),
}
OFFICE = {
    "word/": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xl/": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
EXTENSIONS = {"jpg": {"jpg", "jpeg"}}
# A mark of Mật or above, as it stands alone on a document or in its name; "bảo mật" and "bí mật" are ordinary words.
SECRECY = re.compile(
    r"(?<!bao )(?<!bi )\b(tuyet mat|toi mat|do mat|van ban mat|tai lieu mat)\b|[\[(_\-. ]mat[\])_\-. ]"
)
SECRECY_STAMP = re.compile(r"^\s*(TUYỆT MẬT|TỐI MẬT|MẬT)\s*$", re.MULTILINE)


@transaction.atomic
def store_file(
    *, upload: UploadedFile, purpose: str, owner: User | None, object_type: str = "", object_id: str = ""
) -> StoredFile:
    """Check and keep an uploaded file; it belongs to the record `object_type`, `object_id`, whose readers may open it.

    Refuses, naming the file: nothing in it, over 10 MB, another content than PDF, JPG, PNG, DOCX, XLSX, an ending that
    does not fit the content, macros, an archive that unpacks too large, a secrecy mark in the name or on a Word page.
    """
    content = _bounded(upload)
    ending, content_type = _recognised(upload.name, content)
    _refuse_secret(upload.name, ending, content)
    return keep_bytes(
        content=content,
        name=_plain_name(upload.name),
        content_type=content_type,
        purpose=purpose,
        owner=owner,
        object_type=object_type,
        object_id=object_id,
    )


@transaction.atomic
def keep_bytes(
    *,
    content: bytes,
    name: str,
    content_type: str,
    purpose: str,
    owner: User | None,
    object_type: str = "",
    object_id: str = "",
) -> StoredFile:
    """Keep bytes that we made or checked ourselves: written to a temporary name, synced, renamed, then the row."""
    digest = hashlib.sha256(content).hexdigest()
    path = Path(digest[:2]) / digest
    target = Path(settings.MEDIA_ROOT) / path
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f"{target.name}.{os.getpid()}.part")
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(target)
    return StoredFile.objects.create(
        name=name,
        content_type=content_type,
        size=len(content),
        sha256=digest,
        path=str(path),
        purpose=purpose,
        owner=owner,
        object_type=object_type,
        object_id=str(object_id),
    )


def path_of(file: StoredFile) -> Path:
    """Where the bytes of a stored file lie."""
    return Path(settings.MEDIA_ROOT) / file.path


def _bounded(upload: UploadedFile) -> bytes:
    if upload.size > LARGEST:
        raise Refusal(
            _("“%s” is larger than 10 MB. Scan it in a lower resolution or split it.") % upload.name, field="file"
        )
    content = upload.read(LARGEST + 1)
    if not content:
        raise Refusal(_("“%s” is empty.") % upload.name, field="file")
    return content


def _recognised(name: str, content: bytes) -> tuple[str, str]:
    ending, content_type = _by_content(name, content)
    given = Path(name).suffix.lstrip(".").lower()
    if given not in EXTENSIONS.get(ending, {ending}):
        raise Refusal(
            _("“%(name)s” is in fact a %(kind)s file. Give it the right ending and send it again.")
            % {"name": name, "kind": ending.upper()},
            field="file",
        )
    return ending, content_type


def _by_content(name: str, content: bytes) -> tuple[str, str]:
    for magic, found in MAGIC.items():
        if content.startswith(magic):
            return found
    if content.startswith(b"PK\x03\x04"):
        return _office(name, content)
    raise Refusal(_("“%s” is none of PDF, JPG, PNG, DOCX, XLSX.") % name, field="file")


def _office(name: str, content: bytes) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile:
        raise Refusal(_("“%s” is damaged: it cannot be opened.") % name, field="file") from None
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise Refusal(_("“%s” unpacks to more than 100 MB.") % name, field="file")
    names = [entry.filename for entry in entries]
    if any(part.endswith("vbaProject.bin") for part in names):
        raise Refusal(_("“%s” carries macros. Save it without them.") % name, field="file")
    if "[Content_Types].xml" in names:
        for prefix, found in OFFICE.items():
            if any(part.startswith(prefix) for part in names):
                return found
    raise Refusal(_("“%s” is none of PDF, JPG, PNG, DOCX, XLSX.") % name, field="file")


def _refuse_secret(name: str, ending: str, content: bytes) -> None:
    marked = SECRECY.search(f" {fold(Path(name).stem)} ".replace("_", " _ "))
    if not marked and ending == "docx":
        marked = SECRECY_STAMP.search(_words_of_docx(content))
    if marked:
        raise Refusal(
            _("“%s” carries a secrecy mark. Documents marked Mật or above must not be brought into this system.")
            % name,
            field="file",
        )


def _words_of_docx(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if "word/document.xml" not in archive.namelist():
            return ""
        text = archive.read("word/document.xml").decode("utf-8", "replace")
    paragraphs = re.split(r"</w:p>", text)
    return record.nfc("\n".join("".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", part)) for part in paragraphs))


def _plain_name(name: str) -> str:
    kept = "".join(char for char in record.nfc(Path(name).name) if char.isprintable() and char not in '\\/:*?"<>|')
    return kept[-180:] or "file"
