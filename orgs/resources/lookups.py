"""Names in a workbook for rows of the register: by code, by name, by name without accents."""

from collections.abc import Iterable
from functools import lru_cache

from django.db.models import Model

from orgs.models import names


class Unknown(ValueError):
    """The register has nothing of this name. `url_name` is the page on which it can be added."""

    def __init__(self, message: str, url_name: str) -> None:
        super().__init__(message)
        self.url_name = url_name


class Lookup:
    """Finds a row by what a cell says. `unknown` and `ambiguous` are sentences with %s for the text."""

    def __init__(self, rows: Iterable[Model], *, unknown: str, ambiguous: str, url_name: str) -> None:
        self.rows = list(rows)
        self.unknown, self.ambiguous, self.url_name = unknown, ambiguous, url_name
        self.by_id = {row.pk: row for row in self.rows}
        self.exact = {row.code.casefold(): row for row in self.rows} | {row.name.casefold(): row for row in self.rows}
        self.folded: dict[str, list[Model]] = {}
        for row in self.rows:
            self.folded.setdefault(names.fold(row.name), []).append(row)
        self.find = lru_cache(maxsize=None)(self._find)

    def _find(self, text: str) -> Model:
        """The row of this code or name. Raises `Unknown`, or `ValueError` where accents would decide."""
        if found := self.exact.get(text.casefold()):
            return found
        alike = self.folded.get(names.fold(text), [])
        if len(alike) > 1:
            raise ValueError(self.ambiguous % text)
        if not alike:
            raise Unknown(self.unknown % text, self.url_name)
        return alike[0]
