"""One section of a form as fields of a page, and what the page sends back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from criteria.regulation.answering import CHOICES, SINGLE, Problem, problems
from criteria.regulation.form import Item
from reviews.forms.tables import FieldRow, read_table, rows_of
from reviews.selectors.writing.answer_lines import answer_lines
from reviews.selectors.writing.answers import field_of, is_required, problems_of
from reviews.selectors.writing.forms import WritingPart
from reviews.selectors.writing.problem_words import errors_in, field_name, short_words
from reviews.services.writing.answers import Content, Page

LevelTexts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Choice:
    """One card or box: its code and, for a level, what the framework says of it."""

    code: str
    text: str = ""


@dataclass(frozen=True)
class ItemField:
    """One item as a field; `value` is the text or the chosen code, or the lines of a table; `error` a sentence.

    `told` are all its errors, each naming its row.
    """

    item: Item
    value: str
    choices: tuple[Choice, ...] = ()
    error: str = ""
    is_lone: bool = False
    is_required: bool = True
    rows: tuple[FieldRow, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the field; its id is `id_<name>`."""
        return self.item.key

    @property
    def legend(self) -> str:
        """Number and label; the only text of a page needs no number twice."""
        return self.item.label if self.is_lone or not self.item.number else f"{self.item.number}. {self.item.label}"

    @property
    def is_table(self) -> bool:
        """Whether the item has rows of its own."""
        return self.item.kind not in SINGLE


@dataclass(frozen=True)
class SectionInput:
    """What a writing page sent: clean content of this part's items, the version it saw, and from which open page.

    `more` is the key of the table of tasks that is to get more rows, or lost one.
    """

    content: Content
    version: int
    wants_done: bool
    page: Page = field(default_factory=Page)
    more: str = ""

    @classmethod
    def read(cls, part: WritingPart, post: QueryDict, *, is_autosave: bool = False) -> "SectionInput":
        """From a POST; fields of other sections are not looked at, a version that is no number counts as none seen."""
        removed, _dash, row = post.get("remove", "").partition("-")
        content = {item.key: _read_item(item, post, row if removed == item.key else "") for item in part.items}
        page = Page(
            tab_id=post.get("tab_id", "")[:40],
            client_seq=_whole(post.get("client_seq", "")),
            is_autosave=is_autosave,
        )
        asked = post.get("add", "") or removed
        more = asked if asked in content else ""
        return cls(content, _whole(post.get("version", "")), "done" in post, page, more)


def _read_item(item: Item, post: QueryDict, removed: str) -> dict[str, str]:
    if name := field_of(item):
        return {name: post.get(item.key, "")}
    return read_table(item, post, removed)


def fields_of(
    part: WritingPart,
    content: Content,
    texts: LevelTexts | None = None,
    errors: Mapping[str, str] | None = None,
    kinds: frozenset[str] = frozenset(),
) -> list[ItemField]:
    """Every item of the part as a field, filled from `content`; `texts` are the level texts of the framework.

    `kinds` are the ratings that follow: their grades are asked for, any other may be left blank. What is wrong in a
    table is told whenever it is shown, not only when it was sent.
    """
    texts = texts or {}
    return [_field(item, part, content.get(item.key, {}), texts, errors or {}, kinds) for item in part.items]


def _field(
    item: Item,
    part: WritingPart,
    value: Mapping[str, str],
    texts: LevelTexts,
    errors: Mapping[str, str],
    kinds: frozenset[str],
) -> ItemField:
    told = errors_in(item, problems(item, value, required=False)) | dict(errors)
    name = field_of(item)
    return ItemField(
        item=item,
        value=value.get(name, "") if name else "\n".join(answer_lines(item, value)),
        choices=tuple(Choice(code, texts.get(item.key, {}).get(code, "")) for code in CHOICES.get(item.kind, ())),
        error=told.get(item.key, ""),
        is_lone=sum(other.kind == item.kind for other in part.items) == 1,
        is_required=is_required(item, kinds),
        rows=() if name else rows_of(item, value, _beside(item, value, told)),
        told=tuple(told.values()),
    )


def _beside(item: Item, value: Mapping[str, str], told: Mapping[str, str]) -> dict[str, str]:
    """The errors as they stand beside their fields: a cell under its row needs not name it again."""
    found = reversed(problems(item, value, required=True))
    short = {field_name(item, problem.name): short_words(item, problem) for problem in found}
    return {name: short.get(name, text) for name, text in told.items()}


def errors_of(missing: Iterable[Item], content: Content | None = None, kinds: Iterable[str] = ()) -> dict[str, str]:
    """What to write under each field that is still open or wrong."""
    errors: dict[str, str] = {}
    for item in missing:
        found = problems_of(content or {}, item, kinds) or (Problem("open"),)
        errors |= errors_in(item, found)
    return errors


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
