"""The history of a record as a person reads it: a projection of the audit events."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from orgs.models import AuditEvent
from orgs.workflow import WORKFLOWS

WORDS: dict[str, str] = {}


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
    return [_row(event, shows_notes) for event in events.prefetch_related("texts")[:200]]


def histories_of(object_type: str, object_ids: Iterable[str], *, action: str) -> dict[str, list[HistoryRow]]:
    """{object id: the acts named `action`, newest first, with their texts} of many records; two queries."""
    events = AuditEvent.objects.filter(object_type=object_type, object_id__in=object_ids, action=action)
    found: dict[str, list[HistoryRow]] = {}
    for event in events.order_by("-id").prefetch_related("texts"):
        found.setdefault(event.object_id, []).append(_row(event, shows_notes=True))
    return found


def _row(event: AuditEvent, shows_notes: bool) -> HistoryRow:
    payload = json.loads(event.payload)
    who = event.actor_name
    if absent := payload.get("stands_in_for"):
        who = _("%(who)s, standing in for %(absent)s") % {"who": who, "absent": ", ".join(absent)}
    texts = [text.value for text in event.texts.all() if text.value] if shows_notes else []
    return HistoryRow(parse_datetime(event.at), who, _what(event, payload), " · ".join(texts))


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
