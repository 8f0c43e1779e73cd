"""Who may open a file: whoever may see the record that it belongs to."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from orgs.models import DocumentVersion, StoredFile, User

# What a record's readers are, by label; every floor registers its own `visible_to`.
READERS: dict[str, Callable[[User], QuerySet]] = {}


def register_readers(label: str, visible_to: Callable[[User], QuerySet]) -> None:
    """Files of records `label` are open to who finds the record in `visible_to(user)`."""
    READERS[label] = visible_to


def may_open(user: User, file: StoredFile) -> bool:
    """Whether `user` sees the record of the file; a file of no record is open to who brought it."""
    if file.owner_id == user.pk:
        return True
    readers = READERS.get(file.object_type)
    return bool(readers and readers(user).filter(uuid=file.object_id).exists())


def versions_of(object_type: str, object_id: str) -> QuerySet[DocumentVersion]:
    """The printed versions of a record's documents, newest first."""
    rows = DocumentVersion.objects.filter(object_type=object_type, object_id=str(object_id))
    return rows.select_related("file", "signed_scan", "produced_by__person")


@dataclass(frozen=True)
class Shelf:
    """What a page shows of a paper: its name, where it is looked at and produced, what was kept, newest first."""

    title: str
    address: str
    versions: tuple[DocumentVersion, ...]
    may_produce: bool
