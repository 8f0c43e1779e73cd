"""The writing page of one criterion: what it sends, and its fields as the template draws them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from criteria.forms.fields import whole
from criteria.models import Criterion, Direction, Framework, Level
from criteria.selectors.frameworks.criterion_content import LEVELS, NAMES, YES, written_names
from criteria.selectors.frameworks.framework_outline import Beside, criteria_above
from criteria.selectors.frameworks.frameworks import item_choices
from criteria.services.frameworks.criterion_writing import Sent
from orgs.selectors.word_differences import Piece

LONG = ("title", *(name for name in LEVELS if name.startswith("text_")))


@dataclass(frozen=True)
class Field:
    """One field: how it is called, what stands in it, what may be chosen, what is wrong, what stands above."""

    name: str
    label: str
    value: str
    kind: str = "line"
    hint: str = ""
    problem: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    above: str = ""
    pieces: tuple[Piece, ...] = ()

    @property
    def shown(self) -> str:
        """What stands in it, in words."""
        return dict(self.choices).get(self.value, self.value)


@dataclass(frozen=True)
class LevelFields:
    """The fields of one level."""

    level: str
    label: str
    fields: tuple[Field, ...]


def sent_of(post: QueryDict, *, is_autosave: bool = False) -> Sent:
    """What the page sent; fields that it does not show are not among it."""
    return Sent(
        content={name: post[name] for name in NAMES if name in post},
        version=post.get("version", ""),
        tab_id=post.get("tab_id", "")[:40],
        client_seq=whole(post.get("client_seq", "")),
        is_autosave=is_autosave,
    )


class Fields:
    """The fields of a criterion of `framework`, drawn from flat words."""

    def __init__(
        self,
        framework: Framework,
        criterion: Criterion,
        content: Mapping[str, str],
        *,
        problems: Mapping[str, str] | None = None,
        above: Mapping[str, Beside] | None = None,
    ) -> None:
        self.framework, self.criterion, self.content = framework, criterion, content
        self.problems, self.above = problems or {}, above or {}

    def head(self) -> list[Field]:
        """What names the criterion and says how it counts."""
        return [
            self._field("title", _("Criterion"), kind="text"),
            self._field("code", _("Code"), hint=_("Known by it below; empty: its number.")),
            self._field("number", _("Printed number"), hint=_("As it stands on the paper.")),
            self._field("item_key", _("Item of the form"), kind="choice", choices=self._items()),
            self._field("weight", _("Weight of the criterion"), kind="figure"),
            self._field("is_required", _("Below"), kind="choice", choices=self._required()),
            self._field("direction", _("Target"), kind="choice", choices=self._directions()),
            self._field("cites", _("Clause")),
        ]

    def link(self) -> Field | None:
        """Which criterion of the parent it makes concrete; None where there is no parent."""
        known = criteria_above(self.framework)
        if not self.framework.parent_id:
            return None
        present = self.content.get("concretises", "")
        lost = [] if present in {"", *dict(known)} else [(present, present)]
        choices = [("", _("None: a criterion of its own")), *known, *lost]
        return self._field("concretises", _("Concretises"), kind="choice", choices=choices)

    def levels(self) -> list[LevelFields]:
        """Each level with its text, and its target or points by the framework's marking."""
        names = written_names(self.framework.marking)
        found = []
        for level in Level:
            own = [name for name in names if name.endswith(f"_{level.value}")]
            fields = tuple(self._level_field(name, level) for name in own)
            found.append(LevelFields(level.value, str(level.label), fields))
        return found

    def every(self) -> list[Field]:
        """All fields one after another."""
        link = self.link()
        rows = [*self.head(), *([link] if link else [])]
        return [*rows, *(field for level in self.levels() for field in level.fields)]

    def _level_field(self, name: str, level: Level) -> Field:
        labels = {"text": _("%(level)s: text"), "target": _("%(level)s: target"), "points": _("%(level)s: points")}
        kind = name.partition("_")[0]
        return self._field(name, labels[kind] % {"level": level.label}, kind="text" if kind == "text" else "figure")

    def _field(
        self, name: str, label: str, *, kind: str = "line", hint: str = "", choices: list[tuple[str, str]] | None = None
    ) -> Field:
        beside = self.above.get(name)
        return Field(
            name=name,
            label=label,
            value=self.content.get(name, ""),
            kind=kind,
            hint=hint,
            problem=self.problems.get(name, ""),
            choices=tuple(choices or ()),
            above=beside.above if beside else "",
            pieces=tuple(beside.pieces) if beside and not beside.is_same else (),
        )

    def _items(self) -> list[tuple[str, str]]:
        # The keys of the form are for workbooks and administrators; here its own words say which item it is.
        choices = item_choices(self.framework, self.content.get("item_key", ""))
        return [(key, label.removeprefix(f"{key}: ")) for key, label in choices]

    def _required(self) -> list[tuple[str, str]]:
        return [(YES, _("required below")), ("", _("may be left out below"))]

    def _directions(self) -> list[tuple[str, str]]:
        return [("", "—"), *((value, str(label)) for value, label in Direction.choices)]


def error_rows(fields: list[Field]) -> list[dict[str, str]]:
    """What is wrong, each with the way to its field."""
    return [{"text": f"{row.label}: {row.problem}", "anchor": f"id_{row.name}"} for row in fields if row.problem]


def both(saved: Mapping[str, str], kept: Mapping[str, str]) -> dict[str, str]:
    """One text made of two: longer texts one after the other, short ones as they were written last."""
    found = {**saved, **kept}
    for name in LONG:
        left, right = saved.get(name, ""), kept.get(name, saved.get(name, ""))
        if left and right and left != right:
            found[name] = f"{left}\n\n{right}"
    return found
