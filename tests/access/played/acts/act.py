"""One act of the table, and the short words its rows are written with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

SINCE_ROSTER = date(2024, 11, 20)
DOCUMENT = "QĐ 21-QĐ/TU"


@dataclass(frozen=True)
class Act:
    """`given(made, late)` are the arguments of the service; `late` is taken off every version that they carry.

    `who` holds the right. `again` is True where the service carries the same out twice by its nature: there the key
    of the form keeps a second click away.
    """

    service: Callable[..., Any]
    who: str
    given: Callable[[Any, int], dict[str, Any]]
    again: bool = False

    @property
    def name(self) -> str:
        return f"{self.service.__module__}.{self.service.__name__}"

    def __str__(self) -> str:
        return self.name


def put(row, state, **values):
    """The row in another state, as if the round had come to it."""
    type(row)._base_manager.filter(pk=row.pk).update(state=state, **values)
    row.refresh_from_db()
    return row
