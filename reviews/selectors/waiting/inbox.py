"""What waits for a person: rows that each part of the round contributes to the one home page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from orgs import access
from orgs.access import Viewer
from orgs.models import User

TODO = "todo"
FOLLOWING = "following"


@dataclass(frozen=True)
class TaskRow:
    """One row of the home page, as templates/includes/task_row.html draws it.

    `title` says what, `detail` how it stands, `due_on` the last day. With `reason` (a sentence) the act is not possible
    yet: the button is shown disabled beside it. `chip` takes the place of the deadline (`chip_tone` ok, warn, bad,
    info, quiet). `list` is "todo" (waits for me) or "following" (I only look on). Officers of many get one row per kind
    with the count in its title and a filtered list behind `act_url`, never one row per document. `key` is unique.
    """

    key: str
    title: str
    act_label: str = ""
    act_url: str = ""
    detail: str = ""
    due_on: date | None = None
    chip: str = ""
    chip_tone: str = "quiet"
    reason: str = ""
    list: str = TODO
    is_primary: bool = False

    @property
    def pk(self) -> str:
        """The name of the row inside the page."""
        return self.key


@dataclass(frozen=True)
class Inbox:
    """The two lists of the home page."""

    todo: tuple[TaskRow, ...]
    following: tuple[TaskRow, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits and nothing is to be followed."""
        return not self.todo and not self.following


Provider = Callable[[User, Viewer], Iterable[TaskRow]]
PROVIDERS: dict[str, Provider] = {}


def register_provider(provider: Provider) -> None:
    """Let `provider(user, viewer)` contribute rows: one query for its noun, whatever the number of documents.

    Called from a `register()` function named in `ReviewsConfig.registers`; the same function twice counts once.
    """
    PROVIDERS[f"{provider.__module__}.{provider.__qualname__}"] = provider


def inbox_of(user: User) -> Inbox:
    """Everything that waits for `user`, from every provider."""
    viewer = access.viewer_of(user)
    return arranged(row for provider in PROVIDERS.values() for row in provider(user, viewer))


def arranged(rows: Iterable[TaskRow]) -> Inbox:
    """What can be done first, by deadline, then what must wait; the very first is the primary act of the page."""
    ordered = sorted(rows, key=_urgency)
    todo = [row for row in ordered if row.list == TODO]
    if todo and not todo[0].reason:
        todo[0] = replace(todo[0], is_primary=True)
    return Inbox(tuple(todo), tuple(row for row in ordered if row.list == FOLLOWING))


def _urgency(row: TaskRow) -> tuple[bool, bool, date, str]:
    return (bool(row.reason), row.due_on is None, row.due_on or date.max, row.key)
