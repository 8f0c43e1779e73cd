"""A form with what is written on it as sheets of paper: the one drawing for every form of every regulation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from criteria.documents.form_items import Filling, is_of_levels, section_blocks
from criteria.documents.form_tables import levels
from criteria.regulation.form import Form, Section
from orgs.documents import Block, Fields, Head, HeadKind, Paragraph, Sheet, Signature, Signatures
from orgs.documents import Section as SheetSection

DRAFT = "DỰ THẢO"


@dataclass(frozen=True)
class Issue:
    """What a paper carries besides its form: place and day, version code, the watermark of what is not final."""

    place: str = ""
    dated_on: date | None = None
    code: str = ""
    is_draft: bool = False


def form_head(form: Form, filling: Filling) -> Head:
    """The head that the form's data name, with its bodies in it."""
    return Head(HeadKind(form.head.kind), tuple(filling.filled(line) for line in form.head.left if line != "*"))


def form_sheets(
    form: Form, filling: Filling, issue: Issue, signature: Signature, closing: tuple[SheetSection, ...] = ()
) -> list[Sheet]:
    """The paper, and a sheet of its own for each annex; `closing` are the parts under the subject's signature."""
    body = [section for section in form.sections if not section.is_annex]
    signed = (SheetSection(blocks=(Signatures((signature,)),)), *closing) if closing else ()
    sheet = Sheet(
        title=form.title,
        head=replace(form_head(form, filling), place=issue.place, dated_on=issue.dated_on),
        form_label=form.number,
        subtitles=(filling.filled(form.subtitle),) if form.subtitle else (),
        sections=(*_opening(form, filling), *_sections(form, body, filling), *signed),
        signatures=() if closing else (signature,),
        code=issue.code,
        watermark=DRAFT if issue.is_draft or form.is_draft else "",
        issued_on=issue.dated_on,
    )
    return [sheet, *(_annex(sheet, form, section, filling) for section in form.sections if section.is_annex)]


def _opening(form: Form, filling: Filling) -> tuple[SheetSection, ...]:
    blocks: list[Block] = []
    if form.fields:
        blocks.append(Fields(tuple((each.label, filling.values.get(each.source)) for each in form.fields)))
    if form.intro:
        blocks.append(Paragraph(filling.filled(form.intro)))
    return (SheetSection(blocks=tuple(blocks)),) if blocks else ()


def _sections(form: Form, body: Sequence[Section], filling: Filling) -> Iterator[SheetSection]:
    for is_table, rows in groupby(body, key=is_of_levels):
        if is_table:
            yield SheetSection(blocks=(levels(list(rows), filling.content, filling.levels),))
            continue
        for section in rows:
            yield SheetSection(f"{section.number}. {section.title}", tuple(section_blocks(form, section, filling)))


def _annex(sheet: Sheet, form: Form, section: Section, filling: Filling) -> Sheet:
    return replace(
        sheet,
        title=section.title.upper(),
        head=None,
        form_label=f"{section.number}, {form.number}",
        sections=(SheetSection(blocks=tuple(section_blocks(form, section, filling))),),
        signatures=(),
        is_landscape=True,
    )
