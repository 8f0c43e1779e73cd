"""Write clean rows of an import: one transaction, their history, one event that names the file by its digest."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from orgs.models import Appointment, Person, Stale, Unit, User
from orgs.services import audit, bulk

UNIT_FIELDS = ("name", "kind", "line", "parent", "started_on", "ended_on", "search", "sort_key", "version")
PERSON_FIELDS = (
    "full_name",
    "birth_on",
    "gender",
    "email",
    "managing_authority",
    "search",
    "sort_key",
    "version",
)
POST_FIELDS = ("is_head", "is_main", "started_on", "ended_on")


@dataclass(frozen=True)
class Source:
    """The file behind an import: its name and the SHA-256 of its bytes."""

    name: str
    sha256: str


@dataclass
class UnitBatch:
    """Clean rows: new units, a superior before its inferiors or not, and changed ones as read from the register."""

    created: list[Unit] = field(default_factory=list)
    updated: list[Unit] = field(default_factory=list)


@dataclass
class PeopleBatch:
    """Clean rows: people and posts, new ones and changed ones; a new post may belong to a new person."""

    created: list[Person] = field(default_factory=list)
    updated: list[Person] = field(default_factory=list)
    posts_created: list[Appointment] = field(default_factory=list)
    posts_updated: list[Appointment] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.created or self.updated or self.posts_created or self.posts_updated)


def write_units(*, batch: UnitBatch, actor: User | None, source: Source, unchanged: int = 0) -> None:
    """Write the units, superiors first, with their search and sort columns, and record the import.

    A batch without changes writes and records nothing. Raises `Stale` when a code was taken meanwhile.
    """
    if not (batch.created or batch.updated):
        return

    def write() -> None:
        for unit in (*batch.created, *batch.updated):
            unit.fill_columns()
        for level in _levels(batch.created):
            bulk.create_rows(level, actor=actor, reason=_reason(source))
        for unit in batch.updated:
            unit.version += 1
        bulk.update_rows(batch.updated, fields=UNIT_FIELDS, actor=actor, reason=_reason(source))

    counts = {"created": len(batch.created), "updated": len(batch.updated), "unchanged": unchanged}
    _write(write, actor=actor, action="units.import", object_type="orgs.Unit", source=source, counts=counts)


def write_people(*, batch: PeopleBatch, actor: User | None, source: Source, unchanged: int = 0) -> None:
    """Write people and their posts, with their search and sort columns, and record the import.

    A batch without changes writes and records nothing. Raises `Stale` when a code was taken meanwhile.
    """
    if batch.is_empty:
        return

    def write() -> None:
        for person in (*batch.created, *batch.updated):
            person.fill_columns()
        bulk.create_rows(batch.created, actor=actor, reason=_reason(source))
        for person in batch.updated:
            person.version += 1
        bulk.update_rows(batch.updated, fields=PERSON_FIELDS, actor=actor, reason=_reason(source))
        # The posts that end come first: nobody holds two main posts for a moment.
        bulk.update_rows(batch.posts_updated, fields=POST_FIELDS, actor=actor, reason=_reason(source))
        bulk.create_rows(batch.posts_created, actor=actor, reason=_reason(source))

    counts = {
        "created": len(batch.created),
        "updated": len(batch.updated),
        "unchanged": unchanged,
        "posts_created": len(batch.posts_created),
        "posts_updated": len(batch.posts_updated),
    }
    _write(write, actor=actor, action="people.import", object_type="orgs.Person", source=source, counts=counts)


@transaction.atomic
def _write(
    write: Callable[[], None],
    *,
    actor: User | None,
    action: str,
    object_type: str,
    source: Source,
    counts: dict[str, int],
) -> None:
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        raise Stale(_("The register has changed since the file was checked. Check it again.")) from None
    audit.record_event(
        actor=actor,
        action=action,
        object_type=object_type,
        object_id=source.sha256[:16],
        facts={"file": source.name, "sha256": source.sha256, **counts},
    )


def _reason(source: Source) -> str:
    return f"{source.name} ({source.sha256[:12]})"


def _levels(units: list[Unit]) -> list[list[Unit]]:
    """New units by depth below what stands already, the superiors first."""
    new = {id(unit) for unit in units}
    depths: dict[int, list[Unit]] = {}
    for unit in units:
        depth, above = 0, unit.parent
        while above is not None and id(above) in new:
            depth, above = depth + 1, above.parent
        depths.setdefault(depth, []).append(unit)
    return [depths[depth] for depth in sorted(depths)]
