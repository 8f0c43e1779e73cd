"""What others write under a self-review (Mẫu 02A, 02B): the manager, the Party cell, the committee that rates.

A step that is done is printed with its words, grade and day; one that is not leaves its lines and boxes to the pen.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import override

from criteria.documents.form_tables import out_of
from criteria.regulation.counted import plain
from criteria.regulation.form import Item, Part
from criteria.regulation.vocabulary import POINT_GROUPS
from orgs.documents import Blank, Block, Choice, Head, Paragraph, Section, Signature, Signatures, place_and_day
from reviews.documents import heads
from reviews.models import ConclusionLine, Rating, Review, StatedPoints
from reviews.selectors.writing.forms import form_of

PROPOSED = ("appraisal", "decision", "notice", "petition", "archived")
DECIDED = ("notice", "petition", "archived")
COMMITTEE = "committee"
LINES_FOR_A_COMMENT = 4


@override("vi")
def closing_sections(review: Review, ratings: Sequence[Rating]) -> tuple[Section, ...]:
    """The parts after the signature of the subject, filled from those `ratings` of it that the reader may know."""
    form = form_of(review)
    known = {rating.kind: rating for rating in ratings}
    decisions = _decisions(ratings)
    return tuple(
        Section(part.title, tuple(_blocks(review, part, known.get(_kind_of(part)), decisions))) for part in form.parts
    )


def _kind_of(part: Part) -> str:
    return next((item.rating for item in part.items if item.rating), "")


def _decisions(ratings: Sequence[Rating]) -> dict[int, ConclusionLine]:
    told = [rating.pk for rating in ratings if rating.state in DECIDED and rating.decided_grade]
    rows = ConclusionLine.objects.filter(rating__in=told, is_in_force=True)
    return {row.rating_id: row for row in rows.select_related("conclusion__collective")}


def _blocks(review: Review, part: Part, rating: Rating | None, decisions: dict[int, ConclusionLine]) -> Iterable[Block]:
    if rating and rating.state == "not_rated":
        yield Paragraph(rating.not_rated_ground or heads.UNKNOWN, lead="Không đánh giá, xếp loại: ")
        return
    decision = decisions.get(rating.pk) if rating else None
    done = rating if rating and rating.state in PROPOSED else None
    grade = done.proposed_grade if done else ""
    if part.by == COMMITTEE:
        grade = decision.grade if decision else ""
    points = _points(done) if any(item.kind == "points" for item in part.items) else {}
    for item in part.items:
        if item.kind == "points":
            yield Paragraph(out_of(points.get(item.group, ""), Decimal(item.maximum)), lead=f"{item.label}: ")
        else:
            yield from _item(review, item, done.proposal_comment if done else "", grade)
    if decision:
        yield Paragraph(_ground(review, part, decision), is_italic=True)
    yield Signatures((_signature(part, done, decision),))


def _item(review: Review, item: Item, comment: str, grade: str) -> Iterable[Block]:
    if item.kind == "grade_choice":
        names = heads.grades_of(review.cycle)
        yield Choice(f"{item.label}:", tuple(names.values()), names.get(grade, ""))
        return
    yield Paragraph(comment, lead=f"{item.label}: ")
    if not comment.strip():
        yield Blank(LINES_FOR_A_COMMENT)


def _points(rating: Rating | None) -> dict[str, str]:
    """The points that a paper states for the rating, by group of criteria."""
    stated = StatedPoints.objects.filter(rating=rating).first() if rating else None
    values = {group: getattr(stated, group) for group in POINT_GROUPS} if stated else {}
    return {group: plain(value) for group, value in values.items() if value is not None}


def _ground(review: Review, part: Part, decision: ConclusionLine) -> str:
    """The paper behind the grade; under a proposal also what the body made of it."""
    row = decision.conclusion
    paper = f"Quyết định số {row.number} ngày {row.concluded_on:%d/%m/%Y} của {row.collective.name}"
    if part.by == COMMITTEE:
        return f"Theo {paper}."
    return f"Cấp có thẩm quyền xếp loại: {heads.grade_words(review.cycle, decision.grade)} ({paper})."


def _signature(part: Part, done: Rating | None, decision: ConclusionLine | None) -> Signature:
    line, note = part.signature.lines[0], part.signature.note
    if part.by != COMMITTEE or decision is None:
        signed_on = done.proposed_on if done and part.by != COMMITTEE else None
        return Signature(authority=line, note=note, place_date=_dated(signed_on))
    row = decision.conclusion
    return Signature(
        authority=row.collective.signs_as or line,
        title=row.signatory_title,
        name=row.signatory,
        note=note,
        place_date=_dated(row.concluded_on),
    )


def _dated(day: date | None) -> str:
    return place_and_day(Head(place=heads.place(), dated_on=day))
