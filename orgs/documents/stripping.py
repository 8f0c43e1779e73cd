"""Uploads without what they say about who made them, when and where; what they show stays as it is.

A file that was signed digitally stays byte for byte: any change would break the signature that gives it its worth.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

from pikepdf import Array, Dictionary, Name, PasswordError, Pdf, PdfError, Stream

from orgs.documents.pictures import PNG, Unreadable, strip_jpeg, strip_png

SIGNED_RANGE, WIDGET = "/ByteRange", "/Widget"
ABOUT_PDF = ("/Metadata", "/PieceInfo", "/LastModified")
SIGNED_PARTS = "_xmlsignatures/"
RELATIONS = "_rels/.rels"
RELATION = re.compile(rb"<Relationship\b[^>]*>")
TARGET = re.compile(rb"Target=\"/?([^\"]+)\"")
PREVIEW = b"/thumbnail"
XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SCHEMAS = b"http://schemas.openxmlformats.org/"
EMPTY = {
    b"/core-properties": b'<cp:coreProperties xmlns:cp="%spackage/2006/metadata/core-properties"/>' % SCHEMAS,
    b"/extended-properties": b'<Properties xmlns="%sofficeDocument/2006/extended-properties"/>' % SCHEMAS,
    b"/custom-properties": b'<Properties xmlns="%sofficeDocument/2006/custom-properties"/>' % SCHEMAS,
}
NOBODY = "Tác giả".encode()
# Names within the parts: authors of comments and tracked changes, people who wrote along, the path on somebody's disk.
NAMES = (
    (re.compile(r"word/[^/]+\.xml"), re.compile(rb"(<[^<>]*?\sw:author=\")[^\"]*"), b"\\1" + NOBODY),
    (re.compile(r"word/[^/]+\.xml"), re.compile(rb"(<[^<>]*?\sw:initials=\")[^\"]*"), b"\\1"),
    (re.compile(r"word/people\.xml"), re.compile(rb"<w15:person\b.*?</w15:person>", re.DOTALL), b""),
    (re.compile(r"xl/.*comment[^/]*\.xml"), re.compile(rb"(<(?:\w+:)?author>)[^<]*"), b"\\1" + NOBODY),
    (re.compile(r"xl/persons/[^/]+\.xml"), re.compile(rb"(\s(?:displayName|userId|providerId)=\")[^\"]*"), b"\\1"),
    (re.compile(r"xl/workbook\.xml"), re.compile(rb"(<(?:\w+:)?absPath\b[^>]*?\surl=\")[^\"]*"), b"\\1"),
    (re.compile(r"xl/workbook\.xml"), re.compile(rb"(<(?:\w+:)?fileSharing\b[^>]*?\suserName=\")[^\"]*"), b"\\1"),
)  # fmt: skip
NO_DAY = (1980, 1, 1, 0, 0, 0)


class Locked(Unreadable):
    """A file that opens with a password only."""


def strip_pdf(content: bytes) -> bytes:
    """The same pages without document information, XMP, data of programs, authors of remarks, EXIF of the photos.

    Earlier states that a program left in the file go too. Raises `Unreadable`, `Locked`.
    """
    try:
        with Pdf.open(BytesIO(content)) as pdf:
            if not len(pdf.pages):
                raise Unreadable
            if any(SIGNED_RANGE in found for found in _dictionaries(pdf)):
                return content
            _strip_objects(pdf)
            sink = BytesIO()
            pdf.save(sink, deterministic_id=True)
            return sink.getvalue()
    except PasswordError:
        raise Locked from None
    except (PdfError, RuntimeError, TypeError, ValueError, AttributeError):
        raise Unreadable from None


def _dictionaries(pdf: Pdf) -> Iterator[Dictionary | Stream]:
    return (found for found in pdf.objects if isinstance(found, Dictionary | Stream))


def _strip_objects(pdf: Pdf) -> None:
    del pdf.docinfo
    _without(pdf.trailer, "/ID")
    for found in _dictionaries(pdf):
        _without(found, *ABOUT_PDF)
        if isinstance(found, Stream) and found.get("/Filter") in (Name.DCTDecode, Array([Name.DCTDecode])):
            photo = _strip_photo(found.read_raw_bytes())
            found.write(photo, filter=Name.DCTDecode, decode_parms=found.get("/DecodeParms"))
    for page in pdf.pages:
        for remark in page.get("/Annots", Array()):
            # The /T of a field of a form is its name; that of anything else is who wrote it.
            if remark.get("/Subtype") != WIDGET:
                _without(remark, "/T")


def _without(found: Dictionary | Stream, *keys: str) -> None:
    for key in keys:
        if key in found:
            del found[key]


def _strip_photo(content: bytes, strip: Callable[[bytes], bytes] = strip_jpeg) -> bytes:
    """A picture inside a document; one that we cannot read may still be shown by the program that wrote it."""
    try:
        return strip(content)
    except Unreadable:
        return content


def strip_office(content: bytes) -> bytes:
    """The same text or sheets without properties, preview, names in remarks and changes, days of the parts.

    Pictures in it are stripped like any other. Raises `Unreadable`.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError):
        raise Unreadable from None
    if any(name.startswith(SIGNED_PARTS) for name in parts):
        return content
    kept = {name: _strip_part(name, part) for name, part in _without_properties(parts).items()}
    sink = BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in kept.items():
            made.writestr(zipfile.ZipInfo(name, NO_DAY), part, zipfile.ZIP_DEFLATED)
    return sink.getvalue()


def _without_properties(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts, those about the document emptied where its relations say they lie, the preview left out."""
    kept = dict(parts)
    for relation in RELATION.findall(parts.get(RELATIONS, b"")):
        target = TARGET.search(relation)
        name = target.group(1).decode("utf-8", "replace") if target else ""
        if PREVIEW in relation:
            kept.pop(name, None)
            kept[RELATIONS] = kept[RELATIONS].replace(relation, b"")
        for kind, empty in EMPTY.items():
            if kind in relation and name in kept:
                kept[name] = XML + empty
    return kept


def _strip_part(name: str, part: bytes) -> bytes:
    if part.startswith(b"\xff\xd8\xff"):
        return _strip_photo(part)
    if part.startswith(PNG):
        return _strip_photo(part, strip_png)
    for parts, found, plain in NAMES:
        if parts.fullmatch(name):
            part = found.sub(plain, part)
    return part


STRIPPERS: dict[str, Callable[[bytes], bytes]] = {
    "pdf": strip_pdf, "jpg": strip_jpeg, "png": strip_png, "docx": strip_office, "xlsx": strip_office,
}  # fmt: skip


def stripped(ending: str, content: bytes) -> bytes:
    """`content` of a file of this kind (pdf, jpg, png, docx, xlsx) without what it says about itself."""
    return STRIPPERS[ending](content)
