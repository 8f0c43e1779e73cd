"""Regulations as rows, and what a row says once it is read."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from criteria import regulation
from criteria.models import PeriodKind, Regulation
from orgs.models import Refusal, User

_PARSED: dict[str, regulation.Regulation] = {}
MOST_PARSED = 64


def visible_to(user: User) -> QuerySet[Regulation]:
    """Law is for everybody who may come in; nobody else reaches it. Drafts are the administrator's own."""
    may = user.is_authenticated and user.is_active
    return Regulation.objects.filter(is_draft=False) if may else Regulation.objects.none()


def digest_of(content: Mapping[str, Any]) -> str:
    """The SHA-256 by which a regulation's content is known: sorted keys, no white space, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def parsed(row: Regulation) -> regulation.Regulation:
    """The regulation in `row.content`, read once for each content; RegulationRefused where it is none."""
    known = _PARSED.get(row.content_sha256)
    if known is None:
        known = regulation.from_data(row.content)
        # Drafts have a new content with every change: the oldest make room.
        while len(_PARSED) >= MOST_PARSED:
            _PARSED.pop(next(iter(_PARSED)), None)
        _PARSED[row.content_sha256] = known
    return known


def version_of(row: Regulation) -> str:
    """What a page saw of the row: its text, whether it is a draft, who takes its place and when."""
    return f"{row.content_sha256}:{row.is_draft}:{row.successor_id}:{row.in_force_until}"


def is_in_force(row: Regulation, day: date) -> bool:
    """Whether the row holds for a period ending on `day`: issued, its text in force, not replaced by then."""
    ended = row.in_force_until is not None and row.in_force_until <= day
    return not row.is_draft and not ended and parsed(row).is_in_force(day)


def in_force_on(day: date, *, period_kind: str = PeriodKind.YEAR) -> list[Regulation]:
    """The loaded regulations that rate a period of this kind ending on `day`, those of the Party side first.

    A mere illustration or a draft is never among them.
    """
    rows = [row for row in Regulation.objects.filter(is_draft=False) if period_kind in parsed(row).period_kinds]
    found = [row for row in rows if is_in_force(row, day) and not parsed(row).is_illustration]
    return sorted(found, key=lambda row: (parsed(row).side, row.key))


def applicable_rows(side: str, subject: str, period_kind: str, day: date) -> list[Regulation]:
    """The stored regulations of this side that rate this kind of subject for this kind of period ending on `day`.

    Local ones are among them; drafts, illustrations and those that a successor has replaced by then are not.
    """
    rows = _holding(day)
    found = regulation.applicable(side, subject, period_kind, day, [parsed(row) for row in rows.values()])
    return [rows[law.key] for law in found]


def choose_row(side: str, subject: str, period_kind: str, day: date) -> Regulation | None:
    """The one stored regulation that applies; None where there is none. Read it with `parsed(row).at(day)`.

    Refusal names the keys where several apply: an administrator has to let one replace the other.
    """
    found = applicable_rows(side, subject, period_kind, day)
    if len(found) > 1:
        raise Refusal(
            _("Several regulations apply on %(day)s: %(keys)s. An administrator has to let one replace the other.")
            % {"day": f"{day:%d/%m/%Y}", "keys": ", ".join(row.key for row in found)},
            field="regulation",
        )
    return found[0] if found else None


def applicable_beside(row: Regulation) -> list[Regulation]:
    """The other regulations that rate one of the same kinds of subject and period on the day from which `row` holds:
    while there are some, nobody can choose."""
    law, day = parsed(row), row.in_force_from
    rows = _holding(day)
    laws = [parsed(other) for other in rows.values() if other.pk != row.pk]
    found = {
        other.key
        for subject in ({} if law.is_illustration else law.subject_labels)
        for kind in law.period_kinds
        if law.covers(subject, kind, day)
        for other in regulation.applicable(law.side, subject, kind, day, laws)
    }
    return [rows[key] for key in sorted(found)]


def _holding(day: date) -> dict[str, Regulation]:
    return {row.key: row for row in Regulation.objects.filter(is_draft=False) if is_in_force(row, day)}
