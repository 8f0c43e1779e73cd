"""Pages of long lists by key instead of by number: page 200 costs as much as page 1, and nothing is counted whole."""

import uuid as uuids
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

PAGE = 50
COUNTED = 10_000


@dataclass(frozen=True)
class Keyset:
    """One page: its rows, the keys before and after it (empty where there is no more), and on the first page how many
    rows there are (None on the others, which need not count them again).
    """

    rows: tuple[Any, ...]
    before: str
    after: str
    count: int | None

    @property
    def total(self) -> str:
        """How many rows there are, counted to ten thousand: "1.234" or "10.000+"; empty where it was not counted."""
        if self.count is None:
            return ""
        return "10.000+" if self.count > COUNTED else f"{self.count:,}".replace(",", ".")


def keyset_page(rows: QuerySet, *, after: str = "", before: str = "", size: int = PAGE) -> Keyset:
    """The page of `rows` behind the row with uuid `after`, or in front of `before`; else the first one.

    `rows` are put in the order of `sort_key`, then `id`. An unknown key gives the first page. At most two queries.
    """
    # Of a row that was filtered away in the meantime the place is still known.
    anchor = _anchor(rows.model, after or before)
    ordered, count = rows.order_by("sort_key", "id"), None
    if anchor is None:
        found = list(ordered[: size + 1])
        count = len(found) if len(found) <= size else rows.order_by()[: COUNTED + 1].count()
        return _page(found[:size], has_before=False, has_after=len(found) > size, count=count)
    key, pk = anchor
    if after:
        found = list(ordered.filter(Q(sort_key__gt=key) | Q(sort_key=key, pk__gt=pk))[: size + 1])
        return _page(found[:size], has_before=True, has_after=len(found) > size, count=count)
    earlier = ordered.filter(Q(sort_key__lt=key) | Q(sort_key=key, pk__lt=pk))
    found = list(earlier.order_by("-sort_key", "-id")[: size + 1])
    return _page(found[:size][::-1], has_before=len(found) > size, has_after=True, count=count)


def _anchor(model: type, text: str) -> tuple[str, int] | None:
    try:
        key = uuids.UUID(text)
    except ValueError:
        return None
    return model._base_manager.filter(uuid=key).values_list("sort_key", "pk").first()


def _page(rows: list[Any], *, has_before: bool, has_after: bool, count: int | None) -> Keyset:
    return Keyset(
        rows=tuple(rows),
        before=str(rows[0].uuid) if rows and has_before else "",
        after=str(rows[-1].uuid) if rows and has_after else "",
        count=count,
    )
