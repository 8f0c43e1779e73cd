"""Many rows in few statements, each with its record of history: what imports write by.

`bulk_create` with a history spends most of its time on putting together, value by value, four wide statements; here the
values are prepared once and the history is copied by the database from the rows themselves. The result is the same.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import BooleanField, CharField, DateField, Field, ForeignKey, IntegerField, Model, TextField
from django.utils import timezone

from orgs.models import User

# SQLite takes 32,766 values in one statement, unless it was built to take more.
MOST_VALUES = 32_000
REASON_LENGTH = 100
CREATED, CHANGED = "+", "~"
Prepare = Callable[[Any], Any]


def create_rows(rows: Sequence[Model], *, actor: User | None, reason: str) -> None:
    """Insert `rows`, all of one model and with a `uuid`; each gets its key and the first record of its history."""
    if not rows:
        return
    now = timezone.now()
    for row in rows:
        row._prepare_related_fields_for_save(operation_name="create_rows")
        row.created_at = now
    model = type(rows[0])
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    by_uuid = {row.uuid: row for row in rows}
    to_uuid = model._meta.get_field("uuid").to_python
    for batch in _batches(rows, len(fields)):
        for uuid, pk in _insert(model, fields, batch, f"RETURNING {_quoted('uuid')}, {_quoted(model._meta.pk.column)}"):
            by_uuid[to_uuid(uuid)].pk = pk
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
    _copy_history(rows, CREATED, actor, reason)


def refresh_statistics() -> None:
    """Let PostgreSQL count what this transaction wrote so far, where much more is read and written in it.

    It plans by the counts of the last commit, and reads whole tables again and again where those say "empty". SQLite
    plans by its indexes.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def update_rows(rows: Sequence[Model], *, fields: Sequence[str], actor: User | None, reason: str) -> None:
    """Write `fields` of `rows`, all of one model and read whole, each with a record of its history.

    An insert that gives way to an update: naming every row in a CASE would grow with the square of the rows.
    """
    if not rows:
        return
    for row in rows:
        row._prepare_related_fields_for_save(operation_name="update_rows")
    model = type(rows[0])
    columns = [_quoted(model._meta.get_field(name).column) for name in fields]
    assignments = ", ".join(f"{column} = excluded.{column}" for column in columns)
    for batch in _batches(rows, len(model._meta.concrete_fields)):
        _insert(
            model,
            model._meta.concrete_fields,
            batch,
            f"ON CONFLICT ({_quoted(model._meta.pk.column)}) DO UPDATE SET {assignments}",
        )
    _copy_history(rows, CHANGED, actor, reason)


def _batches(rows: Sequence[Model], values: int) -> list[Sequence[Model]]:
    """`rows` in portions that fit into one statement, at `values` for each row."""
    size = MOST_VALUES // values
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def _insert(model: type[Model], fields: Sequence[Field], rows: Sequence[Model], ending: str) -> list[tuple[Any, ...]]:
    plan = [(field.attname, _prepare(field)) for field in fields]
    values = [prepare(getattr(row, name)) for row in rows for name, prepare in plan]
    columns = ", ".join(_quoted(field.column) for field in fields)
    places = f"({', '.join(['%s'] * len(fields))})"
    # Every name comes from the model, every value is a parameter.
    statement = (
        f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES {', '.join([places] * len(rows))} {ending}"  # noqa: S608
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if "RETURNING" in ending else []


def _prepare(field: Field) -> Prepare:
    """How values of `field` go into a statement; days and instants repeat, so they are remembered."""
    if isinstance(field, ForeignKey | BooleanField | IntegerField):
        return _as_it_is
    if isinstance(field, CharField | TextField):
        return field.get_prep_value

    def prepare(value: Any) -> Any:
        return field.get_db_prep_save(value, connection)

    return lru_cache(maxsize=4096)(prepare) if isinstance(field, DateField) else prepare


def _as_it_is(value: Any) -> Any:
    return value


def _copy_history(rows: Sequence[Model], kind: str, actor: User | None, reason: str) -> None:
    """The rows as they now stand become records of their history."""
    model = type(rows[0])
    history = model.history.model
    columns = ", ".join(_quoted(field.column) for field in history.tracked_fields)
    own = ("history_date", "history_change_reason", "history_type", "history_user_id")
    made = history._meta.get_field("history_date").get_db_prep_save(timezone.now(), connection)
    values = [made, reason[:REASON_LENGTH], kind, actor.pk if actor else None]
    head = (
        f"INSERT INTO {_quoted(history._meta.db_table)} ({columns}, {', '.join(map(_quoted, own))}) "  # noqa: S608
        f"SELECT {columns}, %s, %s, %s, %s FROM {_quoted(model._meta.db_table)} "
        f"WHERE {_quoted(model._meta.pk.column)} IN "
    )
    with connection.cursor() as cursor:
        for batch in _batches(rows, 1):
            cursor.execute(f"{head}({', '.join(['%s'] * len(batch))})", [*values, *(row.pk for row in batch)])


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
