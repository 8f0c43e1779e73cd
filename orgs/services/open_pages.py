"""Texts that come from open pages: two tabs, late autosaves, a text that cannot be taken. Nothing written is lost.

A row that is written this way remembers the last running number of each page that wrote in it (`seen_tabs`) and the
page that wrote its present text (`last_tab`). What is not taken is kept for its author by the service that refused it.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from orgs.models import Stale

TABS_REMEMBERED = 12


class NotAccepted(Stale):
    """The text was not written but kept for its author: in `kept`, for the reason `why`."""

    def __init__(self, message: str, *, why: str) -> None:
        super().__init__(message)
        self.why = why
        self.kept: Any = None


@dataclass(frozen=True)
class Page:
    """From where a text comes: the open page, its running number (0 for a plain form), and how it was sent."""

    tab_id: str = ""
    client_seq: int = 0
    is_autosave: bool = False


NO_PAGE = Page()


class FromPage(Protocol):
    """Whatever says from which open page it comes, and which of its savings it is."""

    @property
    def tab_id(self) -> str:
        """The open page; empty for a plain form."""

    @property
    def client_seq(self) -> int:
        """The running number."""


def is_late(seen_tabs: Mapping[str, int], page: FromPage) -> bool:
    """Whether something later came from this very page already."""
    return bool(page.tab_id) and page.client_seq <= seen_tabs.get(page.tab_id, 0)


def is_own_next(last_tab: str, page: FromPage) -> bool:
    """Whether the present text is this page's own: the answer to its last save got lost, and it goes on from there."""
    return bool(page.tab_id) and last_tab == page.tab_id


def remembered(seen_tabs: Mapping[str, int], page: FromPage) -> dict[str, int]:
    """The pages to remember once this one has written, the last of them last."""
    if not page.tab_id:
        return dict(seen_tabs)
    others = [(tab, seq) for tab, seq in seen_tabs.items() if tab != page.tab_id]
    return dict([*others[-TABS_REMEMBERED:], (page.tab_id, page.client_seq)])


def plain_text(raw: str) -> str:
    """What somebody typed as it is kept: NFC, one kind of line end, nothing that no page can show."""
    return unicodedata.normalize("NFC", raw).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
