"""Who may open a file: whoever may see the record that it belongs to."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef, QuerySet, Value

from orgs.models import DocumentVersion, StoredFile, User

# What a record's readers are, by label; every floor registers its own `visible_to`.
READERS: dict[str, Callable[[User], QuerySet]] = {}
# Who carries a record's papers to be signed and files them, by label; nobody for a label without an entry.
SIGNERS: dict[str, Callable[[User], QuerySet]] = {}


def register_readers(label: str, visible_to: Callable[[User], QuerySet]) -> None:
    """Files of records `label` are open to who finds the record in `visible_to(user)`."""
    READERS[label] = visible_to


def register_signers(label: str, signed_by: Callable[[User], QuerySet]) -> None:
    """The signed scan of a paper of a record `label` is attached by who finds the record in `signed_by(user)`."""
    SIGNERS[label] = signed_by


def holds_pen(user: User, label: str, object_id: str) -> bool:
    """Whether `user` has the papers of this record produced and signed: reading them is not enough."""
    signers = SIGNERS.get(label)
    return bool(signers and signers(user).filter(uuid=object_id).exists())


def with_pen(rows: QuerySet, user: User) -> QuerySet:
    """`rows`, each with `has_pen`: what `holds_pen` would answer for it, without a question of its own."""
    signers = SIGNERS.get(rows.model._meta.label)
    held = Exists(signers(user).filter(pk=OuterRef("pk"))) if signers else Value(False)
    return rows.annotate(has_pen=held)


def has_pen_on(user: User, record: Model) -> bool:
    """Whether `user` holds the pen of the papers of `record`; asks nothing where `with_pen` has read it."""
    if hasattr(record, "has_pen"):
        return record.has_pen
    return holds_pen(user, record._meta.label, str(record.uuid))


def may_attach(user: User, version: DocumentVersion) -> bool:
    """Whether `user` holds the pen of this paper."""
    return holds_pen(user, version.object_type, version.object_id)


def may_open(user: User, file: StoredFile) -> bool:
    """Whether `user` sees the record of the file; a file of no record is open to who brought it.

    Who brought a file to a record and lost sight of the record since does not open it any more.
    """
    readers = READERS.get(file.object_type)
    if readers is None:
        return file.owner_id == user.pk
    return readers(user).filter(uuid=file.object_id).exists()


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
