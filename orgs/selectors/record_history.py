"""What changed in a record of the register, field by field: the history of its row as a person reads it."""

from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils.formats import date_format
from django.utils.translation import gettext as _

LONGEST = 100
# Columns that follow from others, or that nobody reads.
SILENT = {"id", "uuid", "created_at", "search", "sort_key", "is_demo", "version"}


@dataclass(frozen=True)
class FieldChange:
    """One field, before and after, as shown."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class RecordChange:
    """One entry, as templates/includes/history.html shows it. `note` is the document or the file behind it."""

    at: datetime
    who: str
    what: str
    note: str
    changes: tuple[FieldChange, ...]


def changes_of(record: Model) -> list[RecordChange]:
    """The latest hundred changes of `record`, newest first; queries do not depend on how many there are."""
    rows = list(
        record.history.select_related("history_user__person").order_by("-history_date", "-history_id")[:LONGEST]
    )
    fields = [field for field in record._meta.concrete_fields if field.name not in SILENT]
    names = {field.name: _names(field, rows) for field in fields if isinstance(field, ForeignKey)}
    return [
        RecordChange(
            at=row.history_date,
            who=str(row.history_user) if row.history_user else _("the system"),
            what=_("Added") if row.history_type == "+" else _("Changed"),
            note=row.history_change_reason or "",
            changes=_differences(row, older, fields, names),
        )
        for row, older in zip_longest(rows, rows[1:])
    ]


def _names(field: ForeignKey, rows: list[Any]) -> dict[int, str]:
    """What the rows point to, in words."""
    ids = {getattr(row, field.attname) for row in rows} - {None}
    return {pk: str(found) for pk, found in field.related_model._base_manager.in_bulk(ids).items()} if ids else {}


def _differences(
    row: Any, older: Any | None, fields: list[Field], names: dict[str, dict[int, str]]
) -> tuple[FieldChange, ...]:
    if older is None:
        return ()
    return tuple(
        FieldChange(str(field.verbose_name).capitalize(), _shown(field, older, names), _shown(field, row, names))
        for field in fields
        if getattr(row, field.attname) != getattr(older, field.attname)
    )


def _shown(field: Field, row: Any, names: dict[str, dict[int, str]]) -> str:
    value = getattr(row, field.attname)
    if value in (None, ""):
        return ""
    if field.name in names:
        return names[field.name].get(value, "")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return date_format(value, "d/m/Y") if hasattr(value, "strftime") else str(value)
