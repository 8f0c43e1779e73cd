"""Files that people bring: checked by content, stripped of what they tell of their makers, stored by their digest."""

import hashlib
import os
import re
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from orgs.documents.pictures import Unreadable
from orgs.documents.stripping import Locked, stripped
from orgs.models import Refusal, StoredFile, User, record

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
CONTENT_TYPES = "[Content_Types].xml"
MACROS = re.compile(r"vba(Project\.bin|Data\.xml)$", re.IGNORECASE)
ENCRYPTED = 1
# Which parts hold words, what ends a paragraph or cell, where its words are.
TEXTS = {
    "docx": (
        re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml"),
        re.compile(r"</w:p>"),
        re.compile(r"<w:t(?:\s[^>]*)?>([^<]*)</w:t>"),
    ),
    "xlsx": (
        re.compile(r"xl/sharedStrings\.xml"),
        re.compile(r"</(?:\w+:)?si>"),
        re.compile(r"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</(?:\w+:)?t>"),
    ),
}
EXTENSIONS = {"jpg": {"jpg", "jpeg"}}
# "Mật" as a word of its own in a name is a mark; in these words it is none (bảo mật, mật độ, họp mặt, sơ đồ mặt bằng).
PLAIN_BEFORE = {"bảo", "bí", "thân"}
PLAIN_AFTER = {"độ", "thiết", "khẩu", "mã", "ong", "danh", "ngữ"}
MARK_BEFORE = {"tuyet", "toi", "do", "ban", "van", "lieu"}
PLAIN_AFTER_BARE = {"bang", "tran", "do", "khau", "thiet", "ong", "ma", "hang", "dat", "cat", "nuoc", "san"}
PLAIN_BEFORE_BARE = {"hop", "gap", "ra", "co", "so", "vang", "bao", "bi", "be"}
BRACKETED = re.compile(r"[\[(]\s*m[aậ]t\s*[\])]", re.IGNORECASE)
SECRECY_STAMP = re.compile(r"^\s*(TUYỆT MẬT|TỐI MẬT|MẬT)\s*$", re.MULTILINE)


@transaction.atomic
def store_file(
    *, upload: UploadedFile, purpose: str, owner: User | None, object_type: str = "", object_id: str = ""
) -> StoredFile:
    """Check, strip and keep an uploaded file; who reads the record `object_type`, `object_id` may open it.

    Refuses, naming the file: nothing in it, over 10 MB, another content than PDF, JPG, PNG, DOCX, XLSX, an ending that
    does not fit the content, macros, an archive that unpacks too large, a secrecy mark in the name or on a Word page,
    a password, damage that leaves nothing to be stripped.
    """
    content = _bounded(upload)
    ending, content_type = _recognised(upload.name, content)
    _refuse_secret(upload.name, ending, content)
    return keep_bytes(
        content=_stripped(upload.name, ending, content),
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


def carries_mark(text: str) -> bool:
    """Whether a line of text, such as the number of a document, carries a secrecy mark."""
    return _is_marked(text) or bool(SECRECY_STAMP.search(record.nfc(text)))


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
            if zipfile.is_zipfile(BytesIO(content)):
                raise Refusal(_("“%s” is two kinds of file in one. Save it anew as one kind.") % name, field="file")
            return found
    if content.startswith(b"PK\x03\x04"):
        return _office(name, content)
    raise _unknown(name)


def _office(name: str, content: bytes) -> tuple[str, str]:
    entries = _entries(name, content)
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise Refusal(_("“%s” unpacks to more than 100 MB.") % name, field="file")
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise _damaged(name)
    names = [entry.filename for entry in entries]
    if CONTENT_TYPES not in names:
        raise _unknown(name)
    if any(MACROS.search(part) for part in names) or b"macroEnabled" in _part(name, content, CONTENT_TYPES):
        raise Refusal(_("“%s” carries macros. Save it without them.") % name, field="file")
    for prefix, found in OFFICE.items():
        if any(part.startswith(prefix) for part in names):
            return found
    raise _unknown(name)


def _entries(name: str, content: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _damaged(name) from None


def _part(name: str, content: bytes, part: str) -> bytes:
    """One part of an archive; what it says about itself may be a lie, which shows while it is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return archive.read(part)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, KeyError):
        raise _damaged(name) from None


def _damaged(name: str) -> Refusal:
    return Refusal(_("“%s” is damaged: it cannot be opened.") % name, field="file")


def _unknown(name: str) -> Refusal:
    return Refusal(_("“%s” is none of PDF, JPG, PNG, DOCX, XLSX.") % name, field="file")


def _refuse_secret(name: str, ending: str, content: bytes) -> None:
    if _is_marked(Path(name).stem) or (ending in TEXTS and SECRECY_STAMP.search(_words(name, content, ending))):
        raise Refusal(
            _("“%s” carries a secrecy mark. Documents marked Mật or above must not be brought into this system.")
            % name,
            field="file",
        )


def _stripped(name: str, ending: str, content: bytes) -> bytes:
    try:
        return stripped(ending, content)
    except Locked:
        raise Refusal(
            _("“%s” is locked with a password. Save it without one and send it again.") % name, field="file"
        ) from None
    except Unreadable:
        raise Refusal(
            _("“%s” is damaged: it cannot be freed of its hidden data. Open it, save it anew and send it again.")
            % name,
            field="file",
        ) from None


def _is_marked(stem: str) -> bool:
    """Whether a file name carries a secrecy mark, with accents or without."""
    text = record.nfc(stem)
    if BRACKETED.search(text):
        return True
    words = re.findall(r"[^\W_]+", text)
    for place, word in enumerate(words):
        before = words[place - 1].lower() if place else ""
        after = words[place + 1].lower() if place + 1 < len(words) else ""
        if word.lower() == "mật" and before not in PLAIN_BEFORE and after not in PLAIN_AFTER:
            return True
        stands_out = before in MARK_BEFORE or (word == "MAT" and before not in PLAIN_BEFORE_BARE)
        if word.lower() == "mat" and after not in PLAIN_AFTER_BARE and stands_out:
            return True
    return False


def _words(name: str, content: bytes, ending: str) -> str:
    """What stands in a Word or Excel file, a line for each paragraph or cell, head and foot of the page too."""
    wanted, paragraph, words = TEXTS[ending]
    parts = [entry.filename for entry in _entries(name, content) if wanted.fullmatch(entry.filename)]
    text = "\n".join(_part(name, content, part).decode("utf-8", "replace") for part in parts)
    return record.nfc("\n".join("".join(words.findall(piece)) for piece in paragraph.split(text)))


def _plain_name(name: str) -> str:
    kept = "".join(char for char in record.nfc(Path(name).name) if char.isprintable() and char not in '\\/:*?"<>|')
    return kept[-180:] or "file"
