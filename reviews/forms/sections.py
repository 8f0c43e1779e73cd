"""One section of a form as fields of a page, and what the page sends back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from criteria.regulation.form import Item
from criteria.regulation.vocabulary import GRADES, LEVELS
from reviews.selectors.answers import field_of, is_required
from reviews.selectors.forms import WritingPart
from reviews.services.answers import Content, Page

CHOICES = {"level": LEVELS, "grade_choice": GRADES}
LevelTexts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Choice:
    """One card or box: its code and, for a level, what the framework says of it."""

    code: str
    text: str = ""


@dataclass(frozen=True)
class ItemField:
    """One item as a field; `value` is the text or the chosen code, `error` a sentence."""

    item: Item
    value: str
    choices: tuple[Choice, ...] = ()
    error: str = ""
    is_lone: bool = False
    is_required: bool = True

    @property
    def name(self) -> str:
        """The name of the field; its id is `id_<name>`."""
        return self.item.key

    @property
    def legend(self) -> str:
        """Number and label; the only text of a page needs no number twice."""
        return self.item.label if self.is_lone or not self.item.number else f"{self.item.number}. {self.item.label}"


@dataclass(frozen=True)
class SectionInput:
    """What a writing page sent: clean content of this part's items, the version it saw, and from which open page."""

    content: Content
    version: int
    wants_done: bool
    page: Page = field(default_factory=Page)

    @classmethod
    def read(cls, part: WritingPart, post: QueryDict, *, is_autosave: bool = False) -> "SectionInput":
        """From a POST; fields of other sections are not looked at, a version that is no number counts as none seen."""
        content = {item.key: {field_of(item): post.get(item.key, "")} for item in part.items}
        page = Page(
            tab_id=post.get("tab_id", "")[:40],
            client_seq=_whole(post.get("client_seq", "")),
            is_autosave=is_autosave,
        )
        return cls(content, _whole(post.get("version", "")), "done" in post, page)


def fields_of(
    part: WritingPart,
    content: Content,
    texts: LevelTexts | None = None,
    errors: Mapping[str, str] | None = None,
    kinds: frozenset[str] = frozenset(),
) -> list[ItemField]:
    """Every item of the part as a field, filled from `content`; `texts` are the level texts of the framework.

    `kinds` are the ratings that follow: their grades are asked for, any other may be left blank.
    """
    errors, texts = errors or {}, texts or {}
    return [
        ItemField(
            item=item,
            value=content.get(item.key, {}).get(field_of(item), ""),
            choices=tuple(Choice(code, texts.get(item.key, {}).get(code, "")) for code in CHOICES.get(item.kind, ())),
            error=errors.get(item.key, ""),
            is_lone=sum(other.kind == item.kind for other in part.items) == 1,
            is_required=is_required(item, kinds),
        )
        for item in part.items
    ]


def errors_of(missing: list[Item]) -> dict[str, str]:
    """What to write under each field that is still open."""
    words = {"level": _("Choose a level."), "grade_choice": _("Choose a grade.")}
    return {item.key: words.get(item.kind) or _("Write this item.") for item in missing}


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
