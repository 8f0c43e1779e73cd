"""Texts that could not be accepted: nobody who wrote something loses it."""

from django.db import transaction
from django.utils import timezone

from orgs.models import User
from reviews.models import KeptText, Review

CONFLICT = "conflict"
CLOSED = "closed"
MOVED_ON = "moved_on"


@transaction.atomic
def keep_text(
    *,
    review: Review,
    section_key: str,
    content: dict[str, dict[str, str]],
    actor: User,
    reason: str,
    base_version: int = 0,
    tab_id: str = "",
    client_seq: int = 0,
) -> KeptText:
    """Keep `content` for its author; `reason` is conflict, closed or moved_on.

    The same open page replaces what it kept before (never by an older save that arrives late), and the same text is
    kept once; another page gets a row of its own.
    """
    waiting = KeptText.objects.select_for_update().filter(
        review=review, user=actor, section_key=section_key, settled_at=None
    )
    same = next((row for row in waiting if row.content == content), None)
    if same:
        return same
    own = next((row for row in waiting if tab_id and row.tab_id == tab_id), None)
    if own and client_seq <= own.client_seq:
        return own
    kept = own or KeptText(review=review, user=actor, section_key=section_key, tab_id=tab_id)
    kept.content, kept.reason, kept.base_version, kept.client_seq = content, reason, base_version, client_seq
    kept.save()
    return kept


@transaction.atomic
def settle_kept_text(*, kept: KeptText, actor: User) -> None:
    """The author has decided what stays; the row itself remains. Twice is once."""
    KeptText.objects.filter(pk=kept.pk, user=actor, settled_at=None).update(settled_at=timezone.now())
