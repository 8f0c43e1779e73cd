"""The items of a filled form as they stand on its paper: text, boxes, tables of marks, axes, signs, tasks, levels."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from criteria.documents import form_tables
from criteria.regulation.form import Form, Item, Section
from orgs.documents import Blank, Block, Choice, Heading, Paragraph, Value

Content = Mapping[str, Mapping[str, Mapping[str, str]]]
# Neighbours of these kinds share one table.
JOINED = ("checklist", "levels")


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
    for kind, items in groupby(section.items, key=_joined_as):
        rows = list(items)
        blocks += _table(kind, rows, answers, filling) if kind in JOINED else _apart(rows, answers, filling)
    if section.key == form_tables.last_counted(form):
        blocks += form_tables.whole_sum(form, filling.content)
    return blocks


def _joined_as(item: Item) -> str:
    # A level without a number stands under its text; numbered ones are the rows of an analysis sheet.
    return "levels" if item.kind == "level" and item.number else item.kind


def _table(kind: str, items: Sequence[Item], answers: Mapping, filling: Filling) -> Iterable[Block]:
    pairs = [(item, answers.get(item.key, {})) for item in items]
    return form_tables.levels(pairs, filling.levels) if kind == "levels" else form_tables.checklists(pairs)


def _apart(items: Sequence[Item], answers: Mapping, filling: Filling) -> Iterator[Block]:
    for item in items:
        yield from item_blocks(item, answers.get(item.key, {}), filling)


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
