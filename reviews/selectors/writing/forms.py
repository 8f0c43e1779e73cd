"""The frozen form of a review, cut into the parts that are written one at a time."""

from collections.abc import Iterable
from dataclasses import dataclass

from criteria.regulation.form import Form, Item, Section
from criteria.regulation.form_reader import read_form
from criteria.regulation.table import Table
from reviews.models import Review

SHORT_LABEL = 46
TITLE = 110
# Tables fill a page of their own, and so does a measured number.
TABLES = ("level", "checklist", "signs", "tasks")


@dataclass(frozen=True)
class WritingPart:
    """What is written on one page: a whole section, or one numbered item of a section that is measured item by item.

    `key` is the section's key ("shortcomings") or section and number ("strengths.2").
    """

    key: str
    number: str
    label: str
    section: Section
    items: tuple[Item, ...]

    @property
    def short(self) -> str:
        """The number and as much of the official label as fits into the list of sections."""
        return f"{self.number} {shortened(self.label, SHORT_LABEL)}"

    @property
    def title(self) -> str:
        """The number and the official label, cut where it would fill the page."""
        return f"{self.number} {shortened(self.label, TITLE)}"

    @property
    def is_cut(self) -> bool:
        """Whether `title` does not hold the whole official label."""
        return len(self.label) > TITLE


def form_of(review: Review) -> Form:
    """The form that was frozen when the review was enrolled."""
    data = review.form
    measured = [item for place in ("sections", "parts") for row in data.get(place, ()) for item in row["items"]]
    groups = tuple({item["group"] for item in measured if "group" in item})
    return read_form(Table(data, f"[[forms]] {data.get('key')!r}"), groups)


def parts_of(form: Form) -> tuple[WritingPart, ...]:
    """Every writing part in the order of the paper."""
    return tuple(part for section in form.sections for part in _parts_of_section(section))


def part_of(form: Form, key: str) -> WritingPart | None:
    """The writing part of this key, or None."""
    return next((part for part in parts_of(form) if part.key == key), None)


def parts_named(form: Form, key: str) -> tuple[WritingPart, ...]:
    """The part of this key; for the key of a section that is cut into parts, all of them."""
    return tuple(part for part in parts_of(form) if key in (part.key, part.section.key))


def shortened(text: str, limit: int) -> str:
    """`text` cut at a word, with an ellipsis, when it is longer than `limit`."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _parts_of_section(section: Section) -> Iterable[WritingPart]:
    # Measured item by item, or with many numbers (the strengths of a review): one page for each number.
    if not _is_cut(section):
        yield WritingPart(section.key, section.number, section.title, section, section.items)
        return
    groups: list[list[Item]] = []
    for item in section.items:
        if item.number or not groups:
            groups.append([])
        groups[-1].append(item)
    for place, items in enumerate(groups, start=1):
        number = items[0].number or str(place)
        yield WritingPart(
            f"{section.key}.{number}", f"{section.number}.{number}", items[0].label, section, tuple(items)
        )


def _is_cut(section: Section) -> bool:
    tables = sum(item.kind in TABLES or item.counts in ("axes", "shares") for item in section.items)
    return tables > 1 or sum(bool(item.number) for item in section.items) > 2
