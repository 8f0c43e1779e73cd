"""Regulations as rows, and what a row says once it is read."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from criteria import regulation
from criteria.models import PeriodKind, Regulation
from orgs.models import User

_PARSED: dict[str, regulation.Regulation] = {}


def visible_to(user: User) -> QuerySet[Regulation]:
    """Law is for everybody who may come in; nobody else reaches it."""
    return Regulation.objects.all() if user.is_authenticated and user.is_active else Regulation.objects.none()


def digest_of(content: Mapping[str, Any]) -> str:
    """The SHA-256 by which a regulation's content is known: sorted keys, no white space, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def parsed(row: Regulation) -> regulation.Regulation:
    """The regulation in `row.content`, read once for each content; RegulationRefused where it is none."""
    known = _PARSED.get(row.content_sha256)
    if known is None:
        known = _PARSED[row.content_sha256] = regulation.from_data(row.content)
    return known


def in_force_on(day: date, *, period_kind: str = PeriodKind.YEAR) -> list[Regulation]:
    """The loaded regulations that rate a period of this kind ending on `day`, those of the Party side first.

    A mere illustration is never among them.
    """
    rows = [row for row in Regulation.objects.all() if period_kind in parsed(row).period_kinds]
    found = [row for row in rows if parsed(row).is_in_force(day) and not parsed(row).is_illustration]
    return sorted(found, key=lambda row: (parsed(row).side, row.key))
