"""One table of a regulation file, read key by key; what nobody asked for is refused."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn, TypeVar

from criteria.regulation.refusals import RegulationRefused

T = TypeVar("T")


Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One value that a reader asks for: where it stands (rows by their key), its kind, and what it may be.

    `kind` is text, texts, choice, choices, integer, flag, day, numbers or rows; `low` and `high` bound an integer,
    `default` is what a flag means that is not written.
    """

    path: Path
    kind: str
    is_required: bool
    words: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    default: bool = False


class Table:
    """Reads the plain data of one table.

    Every reader names the table and the key in its refusal; `finish` refuses keys that no reader has asked for, so that
    a misspelt key can never be ignored in silence. `notes` collects what was asked: the schema of this very text.
    """

    def __init__(self, data: object, name: str, path: Path = (), notes: dict[Path, Asked] | None = None) -> None:
        self.name = name
        self.path = path
        self._notes = notes
        if not isinstance(data, Mapping):
            raise RegulationRefused(name, "", "must be a table")
        self._data = data
        self._asked: set[str] = set()

    def refuse(self, key: str, message: str) -> NoReturn:
        """End the reading with a sentence that names this table and the key."""
        raise RegulationRefused(self.name, key, message, path=(*self.path, key) if key else self.path)

    def _note(self, key: str, kind: str, is_required: bool, words: Iterable[str] = (), **more: Any) -> None:
        if self._notes is None:
            return
        path = (*self.path, *key.split(".", 1)) if kind == "numbers" else (*self.path, key)
        noted = self._notes.get(path)
        # A choice is read as a text first: the first reader knows whether it is required, the last what it may be.
        if noted is None or noted.kind in ("text", "texts"):
            required = is_required and (noted is None or noted.is_required)
            self._notes[path] = Asked(path, kind, required, tuple(words), **more)

    def has(self, key: str) -> bool:
        """Whether the key is written at all."""
        return key in self._data

    def raw(self, key: str) -> Any:
        """The value as written; refused where the key is missing."""
        self._asked.add(key)
        if key not in self._data:
            self.refuse(key, "is missing")
        return self._data[key]

    def text(self, key: str, default: str | None = None) -> str:
        """A text; it may be empty only where a default is given."""
        self._note(key, "text", default is None)
        if default is not None and not self.has(key):
            self._asked.add(key)
            return default
        value = self.raw(key)
        if not isinstance(value, str):
            self.refuse(key, "must be a text")
        if not value.strip() and default is None:
            self.refuse(key, "must not be empty")
        return value

    def choice(self, key: str, among: Iterable[str], default: str | None = None) -> str:
        """One word out of a closed list."""
        value = self.text(key, default)
        words = tuple(among)
        self._note(key, "choice", default is None, words)
        if value not in words:
            self.refuse(key, f"is {value!r}, must be one of {', '.join(words)}")
        return value

    def optional_choice(self, key: str, among: Iterable[str]) -> str:
        """One word out of a closed list, or an empty text where the key is not written."""
        self._note(key, "choice", False, among)
        if self.has(key):
            return self.choice(key, among)
        self._asked.add(key)
        return ""

    def choices(self, key: str, among: Iterable[str], default: Iterable[str] | None = None) -> tuple[str, ...]:
        """Several words out of a closed list, each once."""
        words = tuple(among)
        values = self.texts(key, default)
        self._note(key, "choices", default is None, words)
        for value in values:
            if value not in words:
                self.refuse(key, f"holds {value!r}, must hold only {', '.join(words)}")
        return values

    def texts(self, key: str, default: Iterable[str] | None = None) -> tuple[str, ...]:
        """A list of texts, none empty, each once."""
        self._note(key, "texts", default is None)
        if default is not None and not self.has(key):
            self._asked.add(key)
            return tuple(default)
        values = self.raw(key)
        if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
            self.refuse(key, "must be a list of texts")
        if len(set(values)) != len(values):
            self.refuse(key, "holds the same text twice")
        return tuple(values)

    def integer(self, key: str, low: int, high: int) -> int:
        """A whole number between two limits, both allowed."""
        self._note(key, "integer", True, low=low, high=high)
        value = self.raw(key)
        if type(value) is not int or not low <= value <= high:
            self.refuse(key, f"must be a whole number from {low} to {high}")
        return int(value)

    def optional_integer(self, key: str, low: int, high: int) -> int | None:
        """A whole number, or None where the key is not written."""
        self._asked.add(key)
        self._note(key, "integer", False, low=low, high=high)
        return self.integer(key, low, high) if self.has(key) else None

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        self._note(key, "flag", False, default=default)
        if not self.has(key):
            self._asked.add(key)
            return default
        value = self.raw(key)
        if not isinstance(value, bool):
            self.refuse(key, "must be true or false")
        return value

    def day(self, key: str) -> date:
        """A day, written as a TOML date or as a text 2023-10-04."""
        self._note(key, "day", True)
        value = self.raw(key)
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.refuse(key, "must be a day such as 2023-10-04")

    def optional_day(self, key: str) -> date | None:
        """A day, or None where the key is not written."""
        self._asked.add(key)
        self._note(key, "day", False)
        return self.day(key) if self.has(key) else None

    def numbers(self, key: str) -> dict[str, Any]:
        """A table whose keys the rule functions know, not the loader."""
        if not self.has(key):
            return {}
        value = self.raw(key)
        if not isinstance(value, Mapping):
            self.refuse(key, "must be a table")
        for name in value:
            self._note(f"{key}.{name}", "numbers", True)
        return dict(value)

    def table(self, key: str, *, optional: bool = False) -> "Table":
        """The table below this one; an empty one where it is optional and not written."""
        self._asked.add(key)
        data = {} if optional and not self.has(key) else self.raw(key)
        return Table(data, f"{self.name}.{key}" if self.name else f"[{key}]", (*self.path, key), self._notes)

    def tables(self, key: str, *, required: bool = False) -> list["Table"]:
        """The tables of a list, named by their own key where they have one, else by their number."""
        self._note(key, "rows", required)
        if not self.has(key) and not required:
            self._asked.add(key)
            return []
        rows = self.raw(key)
        if not isinstance(rows, list) or (required and not rows):
            self.refuse(key, "must be a list of tables")
        prefix = f"{self.name}." if self.name else ""
        return [
            Table(row, f"{prefix}[[{key}]] {_called(row, number)}", (*self.path, key, _named(row, number)), self._notes)
            for number, row in enumerate(rows, 1)
        ]

    def rows(self, key: str, read: "Callable[[Table], T]", *, required: bool = False) -> tuple[T, ...]:
        """Every table of a list, read to its end; two rows with the same key are refused."""
        found = []
        keys: set[str] = set()
        for row in self.tables(key, required=required):
            name = row.text("key")
            if name in keys:
                row.refuse("key", "stands in two rows")
            keys.add(name)
            found.append(read(row))
            row.finish()
        return tuple(found)

    def everything(self) -> dict[str, Any]:
        """The whole table as written."""
        return dict(self._data)

    def finish(self) -> None:
        """Refuse every key that no reader has asked for."""
        for key in self._data:
            if key not in self._asked:
                self.refuse(str(key), "is unknown here")


def _called(row: object, number: int) -> str:
    named = _named(row, number)
    return f"number {number}" if named == str(number) else repr(named)


def _named(row: object, number: int) -> str:
    key = row.get("key") if isinstance(row, Mapping) else None
    return key if isinstance(key, str) and key else str(number)
