"""The texts that a consultation puts out, and their clauses: taken from the system, pasted or uploaded, mended."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Clause, Consultation, ConsultedText, Framework, Regulation
from criteria.selectors.consulting import clause_sources, cutting
from criteria.selectors.consulting import consultations as selectors
from criteria.services.bodies import locked_draft, refuse_stranger
from criteria.services.consulting import consultations
from orgs.documents import read_docx
from orgs.models import FilePurpose, Refusal, User, record
from orgs.services import files

MOST_CLAUSES = 400
LONGEST_CLAUSE = 20_000
ENCODINGS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True)
class ClauseRow:
    """One clause as the page gives it; `source` is the code of what it shows in the system."""

    label: str
    body: str
    source: str = ""


@transaction.atomic
def add_framework(*, consultation: Consultation, framework: Framework, version: int, actor: User) -> ConsultedText:
    """A framework, draft or in force, one clause for each criterion."""
    refuse_stranger(actor=actor, body=consultation.issuer)
    rows = [ClauseRow(row.label, row.body, row.source) for row in clause_sources.of_framework(framework)]
    if not rows:
        raise Refusal(_("“%(text)s” has no criterion yet.") % {"text": framework}, field="framework")
    return _add(
        consultation,
        rows,
        version,
        actor,
        title=framework.title,
        number=framework.number,
        issued_on=framework.issued_on,
        framework=framework,
    )


@transaction.atomic
def add_regulation(
    *, consultation: Consultation, regulation: Regulation, parts: Collection[str], version: int, actor: User
) -> ConsultedText:
    """A regulation in force, one clause for each line of the chosen parts."""
    refuse_stranger(actor=actor, body=consultation.issuer)
    found = clause_sources.of_regulation(regulation, parts, timezone.localdate())
    if not found:
        raise Refusal(_("The regulation says nothing in these parts."), field="parts")
    rows = [ClauseRow(row.label, row.body, row.source) for row in found]
    return _add(
        consultation,
        rows,
        version,
        actor,
        title=regulation.title[:300],
        number=regulation.number,
        issued_on=regulation.issued_on,
        regulation=regulation,
    )


@transaction.atomic
def add_pasted(
    *,
    consultation: Consultation,
    title: str,
    number: str,
    issued_on: date | None,
    text: str,
    way: str,
    version: int,
    actor: User,
    upload: UploadedFile | None = None,
) -> ConsultedText:
    """A text from outside the system, pasted or as a TXT or DOCX file, cut into clauses by `way` (see `cutting`)."""
    refuse_stranger(actor=actor, body=consultation.issuer)
    if upload and text.strip():
        raise Refusal(_("Either paste the text or choose a file, not both."), field="text")
    words = _read_upload(upload=upload, consultation=consultation, actor=actor) if upload else text
    if not words.strip():
        raise Refusal(_("Paste the text, or choose a file with text in it."), field="file" if upload else "text")
    _refuse_secret(words)
    rows = [ClauseRow(piece.label, piece.body) for piece in cutting.cut(words, way)]
    return _add(consultation, rows, version, actor, title=title, number=number, issued_on=issued_on)


def _read_upload(*, upload: UploadedFile, consultation: Consultation, actor: User) -> str:
    """The words of a TXT or DOCX; the DOCX is kept with the consultation."""
    ending = Path(upload.name).suffix.lower()
    if ending == ".txt":
        return _plain_text(upload)
    if ending != ".docx":
        raise Refusal(_("“%s” is neither TXT nor DOCX. Paste its text instead.") % upload.name, field="file")
    kept = files.store_file(
        upload=upload,
        purpose=FilePurpose.SOURCE,
        owner=actor,
        object_type=selectors.LABEL,
        object_id=str(consultation.uuid),
    )
    refusal = _("“%s” is damaged: it cannot be opened.") % upload.name
    return "\n".join(read_docx(files.path_of(kept).read_bytes(), refusal))


@transaction.atomic
def remove_text(*, text: ConsultedText, version: int, actor: User) -> None:
    """Take a text with its clauses out of a draft."""
    row = _draft_of(text.consultation, version, actor)
    text.clauses.all().delete()
    text.delete()
    consultations.touch(row, "consultation.text_removed", actor, title=text.title)


@transaction.atomic
def write_clauses(*, text: ConsultedText, rows: Sequence[ClauseRow], version: int, actor: User) -> ConsultedText:
    """The clauses of a text of a draft become exactly `rows`. Refusal names the first that has no label or words."""
    consultation = _draft_of(text.consultation, version, actor)
    _refuse_wrong(rows)
    text.clauses.all().delete()
    _write(text, rows)
    consultations.touch(consultation, "consultation.clauses_written", actor, title=text.title, clauses=len(rows))
    return text


def _add(
    consultation: Consultation, rows: Sequence[ClauseRow], version: int, actor: User, *, title: str, **values: object
) -> ConsultedText:
    draft = _draft_of(consultation, version, actor)
    if not title.strip():
        raise Refusal(_("Give the text a title."), field="title")
    _refuse_wrong(rows)
    last = draft.texts.aggregate(last=Max("order"))["last"] or 0
    text = ConsultedText.objects.create(consultation=draft, order=last + 1, title=title.strip(), **values)
    _write(text, rows)
    consultations.touch(draft, "consultation.text_added", actor, title=text.title, clauses=len(rows))
    return text


def _draft_of(consultation: Consultation, version: int, actor: User) -> Consultation:
    refuse_stranger(actor=actor, body=consultation.issuer)
    return locked_draft(consultation, version=version)


def _write(text: ConsultedText, rows: Sequence[ClauseRow]) -> None:
    Clause.objects.bulk_create(
        Clause(text=text, order=place, label=record.nfc(row.label), body=record.nfc(row.body), source=row.source)
        for place, row in enumerate(rows, start=1)
    )


def _refuse_wrong(rows: Sequence[ClauseRow]) -> None:
    if not rows:
        raise Refusal(_("A text needs at least one clause."))
    if len(rows) > MOST_CLAUSES:
        raise Refusal(
            _("The text falls into %(found)s clauses; at most %(most)s are possible. Cut it by Điều alone.")
            % {"found": len(rows), "most": MOST_CLAUSES},
            field="way",
        )
    for place, row in enumerate(rows, start=1):
        if not row.label.strip() or not row.body.strip():
            raise Refusal(_("Clause %(place)s has no label or no words.") % {"place": place})
        if len(row.label) > cutting.LABEL_LIMIT:
            raise Refusal(_("The label of clause %(place)s is longer than 120 letters.") % {"place": place})
        if len(row.body) > LONGEST_CLAUSE:
            raise Refusal(
                _("“%(clause)s” is longer than 20.000 letters: split it.") % {"clause": row.label[:80]}, field="text"
            )


def _refuse_secret(words: str) -> None:
    if files.SECRECY_STAMP.search(record.nfc(words)):
        raise Refusal(
            _("The text carries a secrecy mark. Documents marked Mật or above must not be brought into this system."),
            field="text",
        )


def _plain_text(upload: UploadedFile) -> str:
    if upload.size > files.LARGEST:
        raise Refusal(
            _("“%s” is larger than 10 MB. Scan it in a lower resolution or split it.") % upload.name, field="file"
        )
    content = upload.read(files.LARGEST + 1)
    encoding = next((name for start, name in ENCODINGS.items() if content.startswith(start)), "utf-8")
    try:
        words = content.decode(encoding)
    except UnicodeDecodeError:
        raise Refusal(
            _("“%s” is not written in Unicode (UTF-8). Save it anew as UTF-8, or paste its text.") % upload.name,
            field="file",
        ) from None
    if "\0" in words:
        raise Refusal(_("“%s” is no plain text.") % upload.name, field="file")
    return words
