"""The self-review as the very document: every word from the form's definition, every answer from the text."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.utils.timezone import localdate

from criteria.regulation import Form, Regulation, Section
from criteria.regulation.form import Item
from criteria.selectors.regulations import parsed
from orgs.documents import (
    Blank,
    Block,
    Choice,
    Fields,
    Head,
    Heading,
    HeadKind,
    Paragraph,
    Sheet,
    Signature,
    Signatures,
    Value,
)
from orgs.documents import Section as SheetSection
from orgs.models import Appointment, CollectivePart, Line, Membership, Person, Unit
from orgs.selectors.settings import setting
from reviews.models import Review
from reviews.selectors.forms import form_of

Content = Mapping[str, Mapping[str, Mapping[str, str]]]
LINE_OF_FIELD = {
    "person.party_position": (Line.PARTY,),
    "person.government_position": (Line.STATE, Line.ENTERPRISE),
    "person.mass_position": (Line.FRONT, Line.ASSOCIATION),
}


def self_review_sheet(review: Review, content: Content, closing: tuple[SheetSection, ...] = ()) -> Sheet:
    """The paper of `review` with `content` (see `whole_text`) in it; what is not answered is left to be written.

    `closing` are the parts that others fill in under the signature of the subject (see `closing_sections`).
    """
    form = form_of(review)
    law = parsed(review.cycle.regulation).at(review.cycle.period_end_on)
    places = _places(review)
    blocks = [Fields(tuple(_fields(form, review)))] if form.fields else []
    if form.intro:
        blocks.append(Paragraph(_filled(form.intro, places)))
    opening = (SheetSection(blocks=tuple(blocks)),) if blocks else ()
    sent_on = localdate(review.submitted_at) if review.submitted_at else None
    signature = _signature(form, review)
    signed = (SheetSection(blocks=(Signatures((signature,)),)), *closing) if closing else ()
    sections = (_section(section, content.get(section.key, {}), law) for section in form.sections)
    return Sheet(
        title=form.title,
        head=replace(head_of_form(form, review), place=str(setting("paper_place")), dated_on=sent_on),
        form_label=form.number,
        subtitles=(_filled(form.subtitle, places),) if form.subtitle else (),
        sections=(*opening, *sections, *signed),
        signatures=() if closing else (signature,),
        code=review.code,
        watermark="DỰ THẢO" if sent_on is None or form.is_draft else "",
        issued_on=sent_on,
    )


def head_of_form(form: Form, review: Review) -> Head:
    """The head that the form's data name, with the bodies of this review in it."""
    places = _places(review)
    return Head(HeadKind(form.head.kind), tuple(_filled(line, places) for line in form.head.left if line != "*"))


def _section(section: Section, answers: Mapping[str, Mapping[str, str]], law: Regulation) -> SheetSection:
    blocks = [block for item in section.items for block in _item(item, answers.get(item.key, {}), law)]
    return SheetSection(f"{section.number}. {section.title}", tuple(blocks))


def _item(item: Item, answer: Mapping[str, str], law: Regulation) -> Iterable[Block]:
    label = f"{item.number}. {item.label}" if item.number else item.label
    if item.kind == "level":
        names = {level.key: level.label for level in law.levels}
        yield Choice(item.label, tuple(names.values()), names.get(answer.get("level", ""), ""))
        return
    if item.kind == "grade_choice":
        names = {grade.key: grade.label for grade in law.grades}
        yield Choice(label, tuple(names.values()), names.get(answer.get("grade", ""), ""))
        return
    if item.number:
        yield Heading(label)
    yield Paragraph(answer["text"]) if answer.get("text", "").strip() else Blank()


def _fields(form: Form, review: Review) -> Iterable[tuple[str, Value]]:
    person = review.person
    posts = _posts(person, review) if person else {}
    values: dict[str, Value] = {
        "person.name": person.full_name if person else "",
        "person.born_on": person.birth_on if person else None,
        "person.workplace": review.unit.name if review.unit else "",
        "person.party_cell": person.party_cell.name if person and person.party_cell else "",
        **posts,
    }
    return [(field.label, values.get(field.source)) for field in form.fields]


def _posts(person: Person, review: Review) -> dict[str, str]:
    rows = Appointment.objects.current(review.cycle.roster_on).filter(person=person).select_related("position", "job")
    found: dict[str, list[str]] = {source: [] for source in LINE_OF_FIELD}
    for row in rows:
        line = row.position.line if row.position else Line.STATE
        for source, lines in LINE_OF_FIELD.items():
            if line in lines:
                found[source].append(str(row.position or row.job))
    return {source: ", ".join(names) for source, names in found.items()}


def _places(review: Review) -> dict[str, str]:
    party = _party_organisation(review)
    above = party.parent if party and party.parent else None
    return {
        "year": str(review.cycle.period_end_on.year),
        "collective": review.collective.name if review.collective else "",
        "party_cell": party.name.upper() if party else "",
        "party_committee": above.name.upper() if above else "",
        "party_organisation": party.name.upper() if party else "",
        "superior_party_organisation": above.name.upper() if above else "",
    }


def _party_organisation(review: Review) -> Unit | None:
    if review.person and review.person.party_cell:
        return review.person.party_cell
    unit = review.collective.unit if review.collective else review.unit
    return (unit.party_organisation or unit) if unit else None


def _filled(text: str, places: Mapping[str, str]) -> str:
    for name, value in places.items():
        text = text.replace(f"{{{name}}}", value or "…………")
    return text


def _signature(form: Form, review: Review) -> Signature:
    lines = form.signature.lines
    if review.person:
        return Signature(title=lines[0], note=form.signature.note, name=review.person.full_name)
    heads = Membership.objects.current(review.cycle.roster_on).filter(
        collective=review.collective, part=CollectivePart.HEAD
    )
    seat = heads.select_related("person").first()
    authority = review.collective.signs_as or lines[0]
    return Signature(authority=authority, note=form.signature.note, name=seat.person.full_name if seat else "")
