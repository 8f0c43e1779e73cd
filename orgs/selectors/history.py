"""The history of a record as a person reads it: a projection of the audit events."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from orgs.models import AuditEvent
from orgs.workflow import WORKFLOWS

WORDS: dict[str, str] = {}
# Nobody reads further back than this on a page.
LONGEST = 200


@dataclass(frozen=True)
class HistoryRow:
    """One line of a history, as templates/includes/history.html shows it."""

    at: datetime
    who: str
    what: str
    note: str = ""


def register_words(words: dict[str, str]) -> None:
    """Name acts that are no moves of a workflow ("rating.pending" and the like), in source English."""
    WORDS.update(words)


def history_of(
    object_type: str, object_id: str, *, shows_notes: bool = True, hidden: Collection[str] = ()
) -> list[HistoryRow]:
    """The acts on one record, newest first, without those named `hidden`; notes only for who may read its texts."""
    events = AuditEvent.objects.filter(object_type=object_type, object_id=str(object_id)).order_by("-id")
    events = events.exclude(action__in=hidden) if hidden else events
    return [_row(event, texts if shows_notes else ()) for event, texts in _with_texts(events.values("pk")[:LONGEST])]


def histories_of(object_type: str, object_ids: Iterable[str], *, action: str) -> dict[str, list[HistoryRow]]:
    """{object id: the acts named `action`, newest first, with their texts} of many records; two queries."""
    events = AuditEvent.objects.filter(object_type=object_type, object_id__in=object_ids, action=action)
    found: dict[str, list[HistoryRow]] = {}
    for event in events.order_by("-id").prefetch_related("texts"):
        found.setdefault(event.object_id, []).append(_row(event, [text.value for text in event.texts.all()]))
    return found


def _with_texts(ids: QuerySet) -> list[tuple[AuditEvent, list[str]]]:
    """The events `ids`, newest first, each with its texts; one query, for nearly every page has a history."""
    found: dict[int, tuple[AuditEvent, list[str]]] = {}
    rows = AuditEvent.objects.filter(pk__in=ids).annotate(text=F("texts__value")).order_by("-id", "texts__id")
    for event in rows:
        found.setdefault(event.pk, (event, []))[1].append(event.text or "")
    return list(found.values())


def _row(event: AuditEvent, texts: Iterable[str]) -> HistoryRow:
    payload = json.loads(event.payload)
    who = event.actor_name
    if absent := payload.get("stands_in_for"):
        who = _("%(who)s, standing in for %(absent)s") % {"who": who, "absent": ", ".join(absent)}
    return HistoryRow(parse_datetime(event.at), who, _what(event, payload), " · ".join(filter(None, texts)))


def _what(event: AuditEvent, payload: dict[str, object]) -> str:
    flow_name, _dot, move = event.action.partition(".")
    flow = WORKFLOWS.get(flow_name)
    label = ""
    if flow and payload.get("from"):
        row = flow.transition(str(payload["from"]), move)
        label = _(row.label) if row else ""
    label = label or _(WORDS.get(event.action, event.action))
    document = payload.get("document")
    return f"{label} ({document})" if document else label
