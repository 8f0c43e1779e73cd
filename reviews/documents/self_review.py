"""The self-review as the very document: every word from the form's definition, every answer from the text."""

from django.utils.timezone import localdate

from criteria.documents.form_items import Content, Filling
from criteria.documents.form_sheets import Issue, form_head, form_sheets
from criteria.models import PeriodKind
from criteria.regulation import Form
from criteria.selectors.rules.regulations import parsed
from orgs.documents import Head, Sheet, Signature, Value
from orgs.documents import Section as SheetSection
from orgs.models import Appointment, CollectivePart, Line, Membership, Person, Unit
from orgs.selectors.settings import setting
from reviews.models import Review
from reviews.selectors.writing.forms import form_of

ROMAN = ("I", "II", "III", "IV")
LINE_OF_FIELD = {
    "person.party_position": (Line.PARTY,),
    "person.government_position": (Line.STATE, Line.ENTERPRISE),
    "person.mass_position": (Line.FRONT, Line.ASSOCIATION),
}


def self_review_sheets(review: Review, content: Content, closing: tuple[SheetSection, ...] = ()) -> list[Sheet]:
    """The paper of `review` with `content` (see `whole_text`) in it; what is not answered is left to be written.

    `closing` are the parts that others fill in under the signature of the subject (see `closing_sections`); an annex
    of the form is a sheet of its own.
    """
    form = form_of(review)
    sent_on = localdate(review.submitted_at) if review.submitted_at else None
    issue = Issue(str(setting("paper_place")), sent_on, review.code, is_draft=sent_on is None)
    return form_sheets(form, _filling(form, review, content), issue, _signature(form, review), closing)


def head_of_form(form: Form, review: Review) -> Head:
    """The head that the form's data name, with the bodies of this review in it."""
    return form_head(form, Filling(places=_places(review)))


def _filling(form: Form, review: Review, content: Content) -> Filling:
    law = parsed(review.cycle.regulation).at(review.cycle.period_end_on)
    return Filling(
        content=content,
        values=_values(form, review),
        places=_places(review),
        grades={grade.key: grade.label for grade in law.grades},
        levels={level.key: level.label for level in law.levels},
    )


def _values(form: Form, review: Review) -> dict[str, Value]:
    person = review.person
    if not form.fields:
        return {}
    posts = _posts(person, review) if person else {}
    return {
        "person.name": person.full_name if person else "",
        "person.born_on": person.birth_on if person else None,
        "person.workplace": review.unit.name if review.unit else "",
        "person.party_cell": person.party_cell.name if person and person.party_cell else "",
        "person.post": review.post_text,
        **posts,
    }


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
    unit = review.collective.unit if review.collective else review.unit
    year, quarter = str(review.cycle.period_end_on.year), ROMAN[(review.cycle.period_end_on.month - 1) // 3]
    period = f"quý {quarter} năm {year}" if review.cycle.period_kind == PeriodKind.QUARTER else f"năm {year}"
    return {
        "year": year,
        "quarter": quarter,
        "period": period,
        "period_title": f"{period[0].upper()}{period[1:]}",
        "unit": unit.name.upper() if unit else "",
        "superior_unit": unit.parent.name.upper() if unit and unit.parent else "",
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
