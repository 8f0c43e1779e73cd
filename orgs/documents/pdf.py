"""Sheets as PDF/A-3a: tagged, in Vietnamese, set in the vendored type, the same bytes for the same sheets.

One process renders one document at a time (Pango's font map is not safe between threads, and layout holds the
interpreter anyway): batches are spread over worker processes. A worker stays at about 90 MB; let the pool replace it
after some hundred documents all the same. Several sheets become one joined dossier in one rendering, because merged
files are no longer proven PDF/A. Conformance is asserted by structure in the tests; no validator is at hand.
"""

import gc
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path
from threading import Lock

from weasyprint import CSS, HTML
from weasyprint import Attachment as PdfAttachment
from weasyprint.logger import PROGRESS_LOGGER
from weasyprint.text.fonts import FontConfiguration

from .fetcher import VendoredFetcher
from .html import render_paper
from .sheet import Sheet

VARIANT = "pdf/a-3a"
# A dozen lines a document would drown everything else in a worker's log.
PROGRESS_LOGGER.setLevel(logging.WARNING)
STYLES = Path(__file__).resolve().parents[2] / "static" / "documents"
STYLESHEETS = ("sheet.css", "paper.css", "watermark.css")
# A moment like any other: a sheet that names no day of issue must still give the same bytes tomorrow.
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
# A dossier's objects all live until it is written: looking for garbage among them costs a fourth of the time.
COLLECT_AFTER = (100_000, 50, 100)


@dataclass(frozen=True)
class Attachment:
    """A file that travels inside the PDF, such as the dossier's data as JSON (AFRelationship Data)."""

    name: str
    content: bytes
    description: str = ""
    relationship: str = "Data"


@dataclass(frozen=True)
class Engine:
    """What is prepared once a process: the stylesheets, the watermark's last, and the font map with our faces."""

    fetcher: VendoredFetcher
    fonts: FontConfiguration
    styles: tuple[CSS, ...]


_engines: dict[int, Engine] = {}
_one_at_a_time = Lock()


def engine() -> Engine:
    """The engine of this process; a forked child makes its own, since the faces lie in the parent's folder."""
    process = os.getpid()
    if process not in _engines:
        fetcher = VendoredFetcher()
        fonts = FontConfiguration()
        styles = tuple(
            CSS(string=(STYLES / name).read_text(encoding="utf-8"), url_fetcher=fetcher, font_config=fonts)
            for name in STYLESHEETS
        )
        _engines[process] = Engine(fetcher, fonts, styles)
    return _engines[process]


def render_pdf(sheets: Sheet | Sequence[Sheet], *, code: str = "", attachments: Sequence[Attachment] = ()) -> bytes:
    """The PDF of one sheet, or of several joined to one dossier; `code` replaces the version code of each.

    Each sheet starts a page and counts its own pages at the top from its second page on; the foot counts the pages
    of the whole. Raises ValueError without a sheet.
    """
    joined = (sheets,) if isinstance(sheets, Sheet) else tuple(sheets)
    if not joined:
        raise ValueError("Nothing to print: no sheet was given")
    if code:
        joined = tuple(replace(sheet, code=code) for sheet in joined)
    issued_on = joined[0].issued_on
    moment = datetime.combine(issued_on, time(), tzinfo=UTC) if issued_on else UNDATED
    is_marked = any(sheet.watermark for sheet in joined)
    return write_pdf(render_paper(joined), attachments=attachments, moment=moment, is_marked=is_marked)


def write_pdf(
    paper: str, *, attachments: Sequence[Attachment] = (), moment: datetime = UNDATED, is_marked: bool = False
) -> bytes:
    """The PDF of a whole HTML document made by ``html.render_paper``.

    `moment` dates the attachments; `is_marked` says that one of the sheets bears a watermark.
    """
    with _one_at_a_time, patient_collector():
        tools = engine()
        return HTML(string=paper, base_url="vendored:", url_fetcher=tools.fetcher).write_pdf(
            font_config=tools.fonts,
            stylesheets=list(tools.styles if is_marked else tools.styles[:-1]),
            pdf_variant=VARIANT,
            attachments=[embedded(attachment, moment) for attachment in attachments],
        )


def embedded(attachment: Attachment, moment: datetime) -> PdfAttachment:
    """The attachment as the engine takes it."""
    return PdfAttachment(
        string=attachment.content,
        name=attachment.name,
        description=attachment.description,
        relationship=attachment.relationship,
        created=moment,
        modified=moment,
    )


@contextmanager
def patient_collector() -> Iterator[None]:
    """Let Python's collector wait while a document is laid out, then put its thresholds back."""
    before = gc.get_threshold()
    gc.set_threshold(*COLLECT_AFTER)
    try:
        yield
    finally:
        gc.set_threshold(*before)
