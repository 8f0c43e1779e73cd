"""An official form as data: the web page and every document are drawn from this one definition."""

from collections.abc import Iterator
from dataclasses import dataclass

from criteria.regulation.parts import Authority


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be filled in.

    `kind` is text, level, points, checklist, signs, tasks, grade_choice or attestation; `group` the group of criteria
    that a level or points count in (empty otherwise); `rating` the rating that a grade choice speaks of; `max_words` an
    advisory limit, None for no limit.
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


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section (I to VII) and its items in the order of the paper."""

    key: str
    number: str
    title: str
    items: tuple[Item, ...]


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
    """One official form. `is_draft` marks a layout that was not seen on an official paper."""

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
