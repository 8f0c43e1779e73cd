"""What stands in a review: the text of each section, how far it is, and what is still missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from criteria.regulation.answering import SINGLE, Problem, has_answer, problems
from criteria.regulation.form import Form, Item
from reviews.models import Review, SectionAnswer, SectionNote
from reviews.selectors.writing.forms import WritingPart, form_of, parts_of
from reviews.selectors.writing.problem_words import problem_words

EMPTY, DOT, TICK, EXCLAMATION = "empty", "dot", "tick", "exclamation"
Content = dict[str, dict[str, str]]


@dataclass(frozen=True)
class MissingItem:
    """An item that is not answered though required, or answered wrongly; `anchor` is the id of its field on `url`."""

    part: WritingPart
    item: Item
    url: str
    problems: tuple[Problem, ...] = ()

    @property
    def anchor(self) -> str:
        """The id of the field."""
        return f"id_{self.item.key}"

    @property
    def text(self) -> str:
        """The line of the error summary."""
        label = self.item.label if len(self.part.items) > 1 else self.part.label
        line = f"{self.part.number}: {label}"
        named = next((problem for problem in self.problems if problem.row or problem.limit), None)
        return f"{line} · {problem_words(self.item, named)}" if named else line


@dataclass(frozen=True)
class SectionView:
    """One writing part with what stands in it. `mark` is empty, dot, tick or exclamation; `missing` required items."""

    part: WritingPart
    url: str
    content: Content
    version: int
    is_done: bool
    updated_at: datetime | None
    updated_by_id: int | None
    missing: tuple[MissingItem, ...]
    notes: tuple[SectionNote, ...]
    is_here: bool = False

    @property
    def key(self) -> str:
        """The key of the part."""
        return self.part.key

    @property
    def label(self) -> str:
        """The line in the list of sections."""
        return self.part.short

    @property
    def has_text(self) -> bool:
        """Whether anything at all was answered."""
        return any(answered(self.content, item) for item in self.part.items)

    @property
    def mark(self) -> str:
        """How far the part is: an open note, or done with gaps, wants mending."""
        if self.notes or (self.is_done and self.missing):
            return EXCLAMATION
        if self.is_done:
            return TICK
        return DOT if self.has_text else EMPTY


def answered(content: Mapping[str, Mapping[str, Any]], item: Item) -> bool:
    """Whether the item holds anything at all."""
    return has_answer(content.get(item.key, {}))


def field_of(item: Item) -> str:
    """Under which name the one answer of an item is kept: text, level, grade or attested; "" for a table."""
    return SINGLE.get(item.kind, "")


def problems_of(content: Mapping[str, Mapping[str, Any]], item: Item, kinds: Iterable[str]) -> tuple[Problem, ...]:
    """What is wrong in the answer to the item, and what is open where it must be answered; see `is_required`."""
    return problems(item, content.get(item.key, {}), required=is_required(item, kinds))


def is_required(item: Item, rating_kinds: Iterable[str]) -> bool:
    """Whether the item must be answered: required by the form, or the grade of a rating that this review leads to."""
    return item.required or (item.kind == "grade_choice" and item.rating in rating_kinds)


def sections_of(review: Review, here: str = "") -> list[SectionView]:
    """Every writing part of the review in the order of the paper; `here` is the key of the page one is on."""
    rows = {row.section_key: row for row in SectionAnswer.objects.filter(review=review)}
    notes = list(open_notes(review))
    return views_of(review, rows, kinds_of(review), notes, here=here)


def views_of(
    review: Review,
    rows: Mapping[str, SectionAnswer],
    kinds: frozenset[str],
    notes: Iterable[SectionNote] = (),
    here: str = "",
) -> list[SectionView]:
    """The parts of a review from rows that were read already, for lists of many reviews."""
    notes = list(notes)
    return [_view(review, part, rows.get(part.key), kinds, notes, here) for part in parts_of(form_of(review))]


def _view(
    review: Review,
    part: WritingPart,
    row: SectionAnswer | None,
    kinds: frozenset[str],
    notes: list[SectionNote],
    here: str,
) -> SectionView:
    url = reverse("reviews:section_edit", args=[review.uuid, part.key])
    content = row.content if row else {}
    found = [(item, problems_of(content, item, kinds)) for item in part.items]
    return SectionView(
        part=part,
        url=url,
        content=content,
        version=row.version if row else 0,
        is_done=bool(row and row.is_done),
        updated_at=row.updated_at if row else None,
        updated_by_id=row.updated_by_id if row else None,
        missing=tuple(MissingItem(part, item, url, wrong) for item, wrong in found if wrong),
        notes=tuple(note for note in notes if note.section_key in (part.key, part.section.key)),
        is_here=part.key == here,
    )


def kinds_of(review: Review) -> frozenset[str]:
    """The kinds of rating that this review leads to."""
    return frozenset(review.ratings.values_list("kind", flat=True))


def open_notes(review: Review) -> Iterable[SectionNote]:
    """What the review was returned for and is not answered yet, oldest first."""
    return SectionNote.objects.filter(review=review, source="return", answered_at=None).select_related("author__person")


def whole_text(review: Review) -> dict[str, Content]:
    """{section key: {item key: answer}} for every section of the form, empty ones too; see `regulation.answering`."""
    form = form_of(review)
    found: dict[str, Content] = {section.key: {} for section in form.sections}
    rows = {row.section_key: row.content for row in SectionAnswer.objects.filter(review=review)}
    for part in parts_of(form):
        found[part.section.key] |= rows.get(part.key, {})
    return found


def text_of_sections(sections: Iterable[SectionView]) -> dict[str, Content]:
    """The same from sections that were read already."""
    found: dict[str, Content] = {}
    for section in sections:
        found.setdefault(section.part.section.key, {}).update(section.content)
    return found


def missing_items(review: Review) -> list[MissingItem]:
    """Every required item without an answer, in the order of the paper."""
    return [missing for section in sections_of(review) for missing in section.missing]


def missing_words(missing: Iterable[MissingItem]) -> str:
    """The numbers of the parts with gaps as a sentence; empty when nothing is missing."""
    numbers = list(dict.fromkeys(row.part.number for row in missing))
    if not numbers:
        return ""
    if len(numbers) == 1:
        return _("Not written to the end yet: section %(last)s.") % {"last": numbers[0]}
    return _("Not written to the end yet: sections %(first)s and %(last)s.") % {
        "first": ", ".join(numbers[:-1]),
        "last": numbers[-1],
    }


def own_grades(form: Form, content: Mapping[str, Mapping[str, Mapping[str, str]]]) -> dict[str, str]:
    """The grade that the subject gives itself, by kind of rating; kinds left blank are absent."""
    whole = {key: value for section in content.values() for key, value in section.items()}
    chosen = {item.rating: whole.get(item.key, {}).get("grade", "") for item in form.grade_items()}
    return {kind: grade for kind, grade in chosen.items() if grade}


def own_grade_rows(review: Review, sections: Iterable[SectionView]) -> list[tuple[str, str]]:
    """(label of the item, chosen grade or "") for each grade that the form asks for, to be read before submitting."""
    kinds = kinds_of(review)
    return [
        (item.label, section.content.get(item.key, {}).get("grade", ""))
        for section in sections
        for item in section.part.items
        if item.kind == "grade_choice" and item.rating in kinds
    ]


def own_levels(form: Form, content: Mapping[str, Mapping[str, Mapping[str, str]]]) -> dict[str, list[str]]:
    """The levels chosen so far, by group of criteria, as the grading contract wants them."""
    whole = {key: value for section in content.values() for key, value in section.items()}
    found: dict[str, list[str]] = {}
    for item in form.level_items():
        if level := whole.get(item.key, {}).get("level", ""):
            found.setdefault(item.group, []).append(level)
    return found
