"""The items of a filled form as they stand on its paper: text, boxes, tables of marks, axes, signs, tasks, levels."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from criteria.documents import form_tables
from criteria.regulation.form import Form, Item, Section
from orgs.documents import Blank, Block, Choice, Heading, Paragraph, Value

Content = Mapping[str, Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True)
class Filling:
    """What is written on a form: `content` {section: {item: answer}}, values of its fields by their source, words.

    `places` fill {year} and the like; `grades` and `levels` are the words of the regulation by their code.
    """

    content: Content = field(default_factory=dict)
    values: Mapping[str, Value] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    grades: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)

    def filled(self, text: str) -> str:
        """`text` with its places filled, dots where nothing is known."""
        for name, value in self.places.items():
            text = text.replace(f"{{{name}}}", value or "…………")
        return text


def section_blocks(form: Form, section: Section, filling: Filling) -> list[Block]:
    """The blocks of one section; the sum of all points follows the last item on which points are counted."""
    answers = filling.content.get(section.key, {})
    blocks: list[Block] = []
    # Neighbouring checklists share one table.
    for kind, items in groupby(section.items, key=lambda item: item.kind):
        pairs = [(item, answers.get(item.key, {})) for item in items]
        blocks += form_tables.checklists(pairs) if kind == "checklist" else _apart(pairs, filling)
    if section.key == form_tables.last_counted(form):
        blocks += form_tables.whole_sum(form, filling.content)
    return blocks


def is_of_levels(section: Section) -> bool:
    """Whether the section is but rows of criteria with their levels, as on a sheet of analysis."""
    return all(item.kind == "level" and item.number for item in section.items)


def _apart(pairs: Sequence[tuple[Item, Mapping[str, str]]], filling: Filling) -> Iterator[Block]:
    for item, answer in pairs:
        yield from item_blocks(item, answer, filling)


def item_blocks(item: Item, answer: Mapping[str, str], filling: Filling) -> Iterator[Block]:
    """One item with its answer; what is not answered is left to be written by hand."""
    label = f"{item.number}. {item.label}" if item.number else item.label
    if item.kind == "level":
        yield Choice(item.label, tuple(filling.levels.values()), filling.levels.get(answer.get("level", ""), ""))
    elif item.kind == "grade_choice":
        yield Choice(label, tuple(filling.grades.values()), filling.grades.get(answer.get("grade", ""), ""))
    elif item.kind == "attestation":
        yield Choice("", (label,), label if answer.get("attested") else "")
    elif item.kind == "signs":
        yield Heading(label, 3)
        yield form_tables.signs(item, answer) if item.rows else Paragraph("Chưa có danh mục.", is_italic=True)
    elif item.kind == "tasks":
        yield form_tables.tasks(item, answer)
    elif item.kind == "points":
        yield from _points(item, label, answer)
    else:
        if item.number:
            yield Heading(label)
        yield Paragraph(answer["text"]) if answer.get("text", "").strip() else Blank()


def _points(item: Item, label: str, answer: Mapping[str, str]) -> Iterator[Block]:
    if item.counts == "total":
        yield Paragraph(form_tables.out_of(answer.get("points", ""), Decimal(item.maximum)), lead=f"{label}: ")
        return
    yield Heading(label, 3)
    yield form_tables.axes(item, answer) if item.counts == "axes" else form_tables.shares(item, answer)
