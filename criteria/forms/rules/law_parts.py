"""One part of a draft as a form: a field for every value that the loader reads there, its errors at their fields."""

import hashlib
import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from criteria.forms.rules.law_fields import field_of, initial_of, written
from criteria.regulation import RegulationRefused
from criteria.regulation.lines import FIRM
from criteria.regulation.places import drop_row, named, put, row_path, rows_of, value_at
from criteria.regulation.schema import asked_of
from criteria.regulation.table import Asked, Path
from criteria.selectors.rules.confirmations import with_requirements, without_requirements
from criteria.selectors.rules.drafting import problems_of
from criteria.selectors.rules.law_words import NAMES, PARTS, name_of, value_of

# What a value hangs on: who writes which form, by which function a rule judges. It comes from the parent and stays.
FIXED = frozenset({
    "key", "kind", "group", "source", "family", "function", "way", "shares", "warns", "by", "counts", "heading",
    "rating", "side", "derived_from", "signer", "level", "line", "unit_kinds",
})  # fmt: skip
FIXED_IN = {
    "common_items": frozenset({"ratings", "subjects", "periods"}),
    "results_ways": frozenset({"ratings", "subjects", "periods"}),
    "forms": frozenset({"subjects", "periods"}),
    "groups": frozenset({"subjects"}),
}
INNER = ("percents", "binds", "numbers")
# The pages of a draft that hold several tables, and the lists whose rows have a page each.
PAGES: dict[str, tuple[Path, ...]] = {
    "head": (("title",), ("in_force_from",), ("in_force_until",), ("note",), ("guidance",)),
    "points": (("points",), ("common_items",), ("results_ways",)),
    "quota": (("quota",),),
    "procedure": (("procedure",),),
    "names": (("grades",), ("levels",), ("groups",), ("subjects",)),
}
ROW_PAGES = ("rules", "requires", "milestones", "forms")
# Lists that take new rows on the page itself, with how many empty ones it offers; those that may lose theirs.
ROOM = {"common_items": 3, "guidance": 1, "rows": 3}
# What the first row of a list says that has none yet: value and kind.
FIRST = {
    "rows": (("key", "text"), ("label", "text")),
    "guidance": (("number", "text"), ("issued_on", "day"), ("title", "text")),
}
# What a refusal of a whole list is about.
MEANT = {"common_items": "points"}
LEAVING = frozenset({*ROOM, "items", "fields", "columns", "results_ways"})


@dataclass(frozen=True)
class FieldGroup:
    """The fields of one table or row under its own heading; `leave` is the field that takes the row out."""

    title: str
    fields: tuple[forms.BoundField, ...]
    leave: forms.BoundField | None
    is_new: bool


class PartForm(forms.Form):
    """The values of one page of a draft. Clean, it holds the whole changed text in `content`."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, text: Mapping[str, Any], scope: tuple[Path, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._text, self._scope = text, scope
        self.content: dict[str, Any] = {}
        self._asked: dict[str, Asked] = {}
        self._groups: dict[Path, list[str]] = {}
        self._called: dict[Path, Path] = {}
        labels = text.get("subjects", {})
        within = [
            (path, asked) for path, asked in asked_of(text).items() if any(path[: len(part)] == part for part in scope)
        ]
        for path, asked in within:
            if asked.kind != "rows":
                self._known(path, asked, labels)
        for path, asked in within:
            if asked.kind == "rows" and path[-1] in ROOM:
                self._offer_rows(path, labels)
        self.fields["seen"].initial = self.fingerprint

    def _known(self, path: Path, asked: Asked, labels: Mapping[str, str]) -> None:
        row = row_path(self._text, path)
        if row and row[-2] in LEAVING:
            self._leaving(row)
        if path[-1] not in FIXED | FIXED_IN.get(path[0], frozenset()) or path[0] == "procedure":
            self._add(path, asked, value_at(self._text, path), labels)

    def _add(self, path: Path, asked: Asked, value: Any, labels: Mapping[str, str]) -> None:
        name, row = "/".join(path), row_path(self._text, path)
        function = (value_at(self._text, row) or {}).get("function", "") if row else ""
        self.fields[name] = field_of(asked, value, labels, function)
        self.fields[name].initial = initial_of(asked, value)
        self._asked[name] = asked
        self._groups.setdefault(self._group_of(path), []).append(name)

    def _leaving(self, row: Path) -> None:
        name = "/".join((*row, "-"))
        if name not in self.fields:
            self.fields[name] = forms.BooleanField(label=_("leave this row out"), required=False)
            self._groups.setdefault(row, [])

    def _offer_rows(self, path: Path, labels: Mapping[str, str]) -> None:
        for number in range(1, ROOM[path[-1]] + 1):
            for asked in self._like(path):
                new = (*path, f"+{number}", asked.path[-1])
                self._add(new, replace(asked, path=new, is_required=False), None, labels)

    def _like(self, path: Path) -> list[Asked]:
        # A new row looks like the last one: the same values are asked, what is fixed is taken over.
        rows = list(named(value_at(self._text, path) or ()))
        if not rows:
            return [Asked((*path, name), kind, False) for name, kind in FIRST.get(path[-1], ())]
        last, row = rows[-1]
        asked = [each for each in self._asked.values() if each.path[:-1] == (*path, last)]
        return [*([Asked((*path, "key"), "text", False)] if "key" in row else []), *asked]

    def _group_of(self, path: Path) -> Path:
        if len(path) > 1 and path[-2].startswith("+"):
            return path[:-1]
        row = row_path(self._text, path)
        if row:
            return row
        above = path[:-1]
        return above[:-1] if above and above[-1] in INNER else above

    def fingerprint(self) -> str:
        """The digest of the saved values of this page: it says whether somebody else has saved it meanwhile."""
        values = {name: str(self.get_initial_for_field(self.fields[name], name) or "") for name in self._asked}
        return hashlib.sha256(json.dumps(values, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    def groups(self) -> list[FieldGroup]:
        """The fields by the row or table they belong to, in the order of the text, new rows after the others."""
        return [
            FieldGroup(
                title=self._title(group),
                fields=tuple(self[name] for name in names),
                leave=self[leave] if (leave := "/".join((*group, "-"))) in self.fields else None,
                is_new=any(step.startswith("+") for step in group),
            )
            for group, names in self._groups.items()
        ]

    def _title(self, group: Path) -> str:
        if not group:
            return str(PARTS["head"])
        if group[-1].startswith("+"):
            row = row_path(self._text, group[:-1])
            inside = value_of(value_at(self._text, row)) if row else _list_name(group[-2])
            return _("A new row: %(list)s") % {"list": inside}
        found = value_at(self._text, group)
        if row_path(self._text, (*group, "")) == group:
            return f"{_list_name(group[-2])} · {group[-1]}: {value_of(found)}"[:160]
        if isinstance(found, Mapping) and found.get("label") and group[0] == "procedure":
            return str(found["label"])
        return name_of(group[-1]) if len(group) > 1 else _list_name(group[-1])

    def clean(self) -> dict[str, Any]:
        """Build the changed text and let the loader and the rule functions say what is wrong, each at its field."""
        cleaned = super().clean()
        if self._was_saved_meanwhile() or self.errors:
            return cleaned
        self.content = self._changed(cleaned)
        for problem in problems_of(self.content):
            place = self._field_at(problem.path)
            where = "" if place else " › ".join(name_of(step) for step in problem.path if step)
            self.add_error(place, f"{where}: {problem.words}" if where else problem.words)
        return cleaned

    def _was_saved_meanwhile(self) -> bool:
        now = self.fingerprint()
        if self.data.get(self.add_prefix("seen")) == now:
            return False
        differing = [name for name in self._asked if name in self.changed_data]
        if not differing:
            return False
        self.add_error(None, _("Somebody else has saved this since you opened it. What you typed stands in the fields, "
                               "what is saved stands beside it. Compare, then save again."))  # fmt: skip
        for name in differing:
            saved = value_of(value_at(self._text, tuple(name.split("/"))) or "–")
            self.add_error(name, _("Saved meanwhile: %(value)s") % {"value": saved})
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = now
        return True

    def _changed(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        content = deepcopy(dict(self._text))
        new: dict[Path, dict[str, Any]] = {}
        for name, asked in self._asked.items():
            path = tuple(name.split("/"))
            place = next((depth for depth, step in enumerate(path) if step.startswith("+")), None)
            value = written(asked, cleaned.get(name), value_at(self._text, path))
            if place is None:
                put(content, path, value)
            elif value is not None:
                put(new.setdefault(path[: place + 1], {}), path[place + 1 :], value)
            # What was asked is answered once the line stands firm.
            if path[-1] == "standing" and value in FIRM and place is None:
                put(content, (*path[:-1], "question"), None)
        self._append(content, new)
        for name in self.fields:
            if name.endswith("/-") and cleaned.get(name):
                drop_row(content, tuple(name.split("/")[:-1]))
        return self._with_facts(content)

    def _with_facts(self, content: dict[str, Any]) -> dict[str, Any]:
        # A rule that stands firm must find its facts: they are required with it, and no longer when it waits again.
        for path in self._scope:
            if path[0] == "rules":
                try:
                    content = with_requirements(without_requirements(content, path[1]), "rules", path[1])
                except RegulationRefused:
                    return content
        return content

    def _append(self, content: dict[str, Any], new: Mapping[Path, dict[str, Any]]) -> None:
        for path, row in new.items():
            if value_at(content, path[:-1]) is None:
                put(content, path[:-1], [])
            rows = value_at(content, path[:-1])
            fixed = FIXED | FIXED_IN.get(path[0], frozenset())
            like = {name: value for name, value in rows[-1].items() if name in fixed} if rows else {}
            like.pop("key", None)
            rows.append(like | row)
            self._called[(*path[:-1], str(row.get("key") or len(rows)))] = path

    def _field_at(self, path: Path) -> str | None:
        for called, slot in self._called.items():
            if path[: len(called)] == called:
                path = (*slot, *path[len(called) :])
        for depth in range(len(path), 0, -1):
            name = "/".join(path[:depth])
            if name in self.fields:
                return name
            below = [each for each in self._asked if each.startswith(f"{name}/")]
            if below:
                meant = MEANT.get(path[-1], path[-1])
                return next((each for each in below if each.endswith(f"/{meant}")), below[0])
        return None


def _list_name(name: str) -> str:
    return str(PARTS.get(name) or NAMES.get(name) or name)


def rows_in(text: Mapping[str, Any], table: str) -> list[tuple[str, str]]:
    """(key, first words) of each row of a list that has a page for each row."""
    rows = text.get(table, [])
    return [(name, value_of(row)) for name, row in named(rows)] if rows_of(rows) else []
