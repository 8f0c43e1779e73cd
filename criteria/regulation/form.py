"""An official form as data: the web page and every document are drawn from this one definition."""

from collections.abc import Iterator
from dataclasses import dataclass

from criteria.regulation.parts import Authority
from criteria.regulation.vocabulary import PERIODS


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A row of a checklist, of signs, of axes or shares; `points` is the greatest number of points of a common item."""

    key: str
    label: str
    points: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark that a row of a checklist may get, and what it is worth in percent of the row's points."""

    key: str
    label: str
    percent: int


@dataclass(frozen=True, slots=True)
class TaskColumn:
    """A column of a table of tasks; `holds` is text, day, decimal, whole or choice (of the rows of the item)."""

    key: str
    label: str
    holds: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be filled in.

    `kind` is text, level, points, checklist, signs, tasks, grade_choice or attestation; `group` the group of criteria
    that a level or points count in (empty otherwise); `rating` the rating that a grade choice speaks of; `max_words` an
    advisory limit, None for no limit.

    What is written in an item is a flat dict of texts, see `criteria.regulation.answering`. `maximum` is the greatest
    number of points as a decimal text; `counts` says what points are (total, axes, shares); `rows` are the rows of a
    checklist, of signs, of axes or shares, or the axes that a task may belong to; `marks` those of a checklist;
    `heading` picks the common items of a checklist by the number before their point, empty for all of them; `caption`
    is the line above the table that begins with this checklist.
    """

    key: str
    number: str
    label: str
    kind: str
    group: str
    required: bool
    guidance: str
    max_words: int | None
    rating: str = ""
    maximum: str = ""
    counts: str = ""
    heading: str = ""
    caption: str = ""
    rows: tuple[ItemRow, ...] = ()
    marks: tuple[Mark, ...] = ()
    columns: tuple[TaskColumn, ...] = ()

    def row(self, key: str) -> ItemRow | None:
        """The row of this key, or None."""
        return next((row for row in self.rows if row.key == key), None)


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section (I to VII) and its items in the order of the paper; an annex stands on paper of its own."""

    key: str
    number: str
    title: str
    items: tuple[Item, ...]
    is_annex: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """The head of the document: what stands left and right of it; `kind` party or state."""

    kind: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeaderField:
    """A line of personal or unit data above the sections; `source` names where the value comes from."""

    key: str
    label: str
    source: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature block: the lines above the name, and the note in italics."""

    key: str
    lines: tuple[str, ...]
    note: str
    signer: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part that others fill in after the subject has signed: comment, proposal or grade, with its own signature."""

    key: str
    title: str
    by: str
    items: tuple[Item, ...]
    signature: Signature


@dataclass(frozen=True, slots=True)
class Form:
    """One official form. `is_draft` marks a layout that was not seen on an official paper.

    `family` says what it is for, `periods` for which kinds of period: a review is written on one form alone, that of
    its family, its subject and its period.
    """

    key: str
    number: str
    title: str
    subtitle: str
    subjects: tuple[str, ...]
    family: str
    is_draft: bool
    head: Head
    intro: str
    fields: tuple[HeaderField, ...]
    sections: tuple[Section, ...]
    signature: Signature
    parts: tuple[Part, ...]
    mapping: Authority
    periods: tuple[str, ...] = PERIODS

    def items(self) -> Iterator[Item]:
        """Every item that the subject fills in, in the order of the paper."""
        for section in self.sections:
            yield from section.items

    def item(self, key: str) -> Item:
        """The item of this key; KeyError where the form has none."""
        for item in self.items():
            if item.key == key:
                return item
        raise KeyError(key)

    def level_items(self) -> tuple[Item, ...]:
        """The items at which a level is chosen."""
        return tuple(item for item in self.items() if item.kind == "level")

    def is_for(self, family: str, subject: str, period: str) -> bool:
        """Whether this kind of subject writes it, as a paper of this family, for this kind of period."""
        return self.family == family and subject in self.subjects and period in self.periods

    def grade_items(self) -> tuple[Item, ...]:
        """The items in which the subject proposes its own grade."""
        return tuple(item for item in self.items() if item.kind == "grade_choice")


@dataclass(frozen=True, slots=True)
class PersonForm:
    """A provincial form of one person: conditions on the person, the provincial code, and the form it is written on."""

    key: str
    label: str
    base: str
    conditions: tuple[tuple[str, bool], ...]
    authority: Authority

    def fits(self, person: dict[str, bool]) -> bool:
        """Whether every condition holds for the person."""
        return all(person[name] is wanted for name, wanted in self.conditions)
