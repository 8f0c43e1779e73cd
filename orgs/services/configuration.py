"""Rows that an administrator keeps in the admin: written together with the event that says who changed what."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Model

from orgs.models import User
from orgs.services import audit


@transaction.atomic
def save_row(*, row: Model, actor: User, is_new: bool, changed: Sequence[str]) -> None:
    """Save a configured row and record the act with the names of the changed fields; unchanged rows are left alone."""
    if not is_new and not changed:
        return
    if hasattr(row, "version") and not is_new:
        row.version += 1
    row.save()
    audit.record_event(
        actor=actor,
        action="configuration.create" if is_new else "configuration.change",
        object_type=row._meta.label,
        object_id=str(getattr(row, "uuid", row.pk)),
        facts={"row": str(row)[:200], "fields": sorted(changed)},
    )
