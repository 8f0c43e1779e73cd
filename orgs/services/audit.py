"""Append to the one history, and verify it."""

import hashlib
import json
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC

from django.db import transaction
from django.utils import timezone

from orgs.models import AuditEvent, AuditText, ChainHead, User, record
from orgs.services.stand_ins import absent_behind

SYSTEM_CHAIN = "system"
_DOMAIN = b"TUSOI-AUDIT-1\0"
_HASHED = (
    "chain",
    "seq",
    "prev",
    "at",
    "actor_name",
    "role",
    "unit_path",
    "action",
    "object_type",
    "object_id",
    "payload",
)


@dataclass(frozen=True)
class Break:
    """The first place where a chain does not hold: which event, and what is wrong with it."""

    chain: str
    seq: int
    kind: str


@transaction.atomic
def record_event(
    *,
    actor: User | None,
    action: str,
    object_type: str,
    object_id: str,
    chain: str = SYSTEM_CHAIN,
    role: str = "",
    by: Collection[str] = (),
    unit_path: str = "",
    facts: dict[str, object] | None = None,
    texts: dict[str, str] | None = None,
) -> AuditEvent:
    """Append one event to `chain`. Call it last in the transaction: it locks the head of the chain.

    `facts` hold codes, grades, numbers, dates; `texts` hold personal text, kept here as a salted digest only. `by` are
    the roles that the act is open to (else `role`): an absent person is named where only his place gave the right.
    """
    head = _locked_head(chain)
    kept = {key: (secrets.token_hex(16), record.nfc(value)) for key, value in (texts or {}).items() if value}
    payload = dict(facts or {})
    open_to = by or ((role,) if role else ())
    if actor and (absent := absent_behind(actor, object_type=object_type, object_id=str(object_id), by=open_to)):
        payload["stands_in_for"] = list(absent)
    if kept:
        payload["texts"] = {key: digest(salt, value) for key, (salt, value) in kept.items()}
    event = AuditEvent(
        chain=chain,
        seq=head.seq + 1,
        at=timezone.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        actor=actor,
        actor_name=str(actor) if actor else "system",
        role=role,
        unit_path=unit_path,
        action=action,
        object_type=object_type,
        object_id=str(object_id),
        payload=canonical(payload),
        prev=head.hash,
    )
    event.hash = event_hash(event)
    event.save(force_insert=True)
    AuditText.objects.bulk_create(
        AuditText(event=event, key=key, salt=salt, value=value) for key, (salt, value) in kept.items()
    )
    head.seq, head.hash = event.seq, event.hash
    head.save(update_fields=["seq", "hash"])
    return event


def _locked_head(chain: str) -> ChainHead:
    locked = ChainHead.objects.select_for_update()
    if (head := locked.filter(chain=chain).first()) is None:
        ChainHead.objects.get_or_create(chain=chain)
        head = locked.get(chain=chain)
    return head


def canonical(payload: dict[str, object]) -> str:
    """The exact text of a payload: sorted keys, NFC, no white space; a float is refused."""
    return record.nfc(json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain))


def _plain(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def digest(salt: str, value: str) -> str:
    """The salted digest that stands for a personal text."""
    return hashlib.sha256(f"{salt}{value}".encode()).hexdigest()


def event_hash(event: AuditEvent) -> str:
    """The link: SHA-256 over the length-prefixed fields, the previous link among them."""
    total = hashlib.sha256(_DOMAIN)
    for name in _HASHED:
        value = str(getattr(event, name)).encode()
        total.update(len(value).to_bytes(8, "big") + value)
    return total.hexdigest()


def broken_links(chains: Iterable[str] | None = None) -> list[Break]:
    """Every chain's first break: edited, missing, forked, truncated, or a text that no longer fits its digest."""
    heads = ChainHead.objects.order_by("chain")
    names = set(heads.values_list("chain", flat=True)) | set(
        AuditEvent.objects.values_list("chain", flat=True).distinct()
    )
    wanted = sorted(names if chains is None else names & set(chains))
    return [found for name in wanted if (found := _first_break(name, heads.filter(chain=name).first()))]


def _first_break(chain: str, head: ChainHead | None) -> Break | None:
    previous, seq = "", 0
    for event in AuditEvent.objects.filter(chain=chain).order_by("seq").prefetch_related("texts").iterator(2000):
        seq += 1
        if event.seq != seq:
            return Break(chain, seq, "missing")
        if event.prev != previous:
            return Break(chain, seq, "forked")
        if event.hash != event_hash(event):
            return Break(chain, seq, "edited")
        if not _texts_fit(event):
            return Break(chain, seq, "text edited")
        previous = event.hash
    if head is None or (head.seq, head.hash) != (seq, previous):
        return Break(chain, seq + 1, "truncated")
    return None


def _texts_fit(event: AuditEvent) -> bool:
    digests = json.loads(event.payload).get("texts", {})
    return all(digests.get(text.key) == digest(text.salt, text.value) for text in event.texts.all() if text.value)
