"""Acts that are carried out once, however often the form arrives."""

import hashlib
import json
from collections.abc import Callable, Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from orgs.models import IdempotencyKey, Stale, User

LONGEST_KEY = 64


def fingerprint(body: Mapping[str, object]) -> str:
    """A digest of what a form sent, every value of every field, the CSRF token left out."""
    # A posted form holds lists: `items()` would show the last tick of several alone.
    rows = body.lists() if hasattr(body, "lists") else body.items()
    kept = {key: value for key, value in sorted(rows) if key != "csrfmiddlewaretoken"}
    return hashlib.sha256(json.dumps(kept, default=str, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def carry_out_once(*, key: str, user: User, action: str, body: Mapping[str, object], act: Callable[[], str]) -> str:
    """Run `act` once for `key` and answer its reference; again with the same body: the same reference, nothing done.

    Raises `Stale` when the key comes back with another body or is none of ours. Without a key the act is simply run.
    """
    if not key:
        return act()
    if len(key) > LONGEST_KEY:
        raise Stale(_("This form carries no valid key. Open the page again."))
    digest = fingerprint(body)
    try:
        with transaction.atomic():
            row = IdempotencyKey.objects.create(key=key, user=user, action=action, request_sha256=digest)
    except IntegrityError:
        row = IdempotencyKey.objects.get(key=key)
        if (row.request_sha256, row.user_id, row.action) != (digest, user.pk, action):
            raise Stale(_("This form was already sent with other contents. Open the page again.")) from None
        return row.response_ref
    row.response_ref = act()
    row.save(update_fields=["response_ref"])
    return row.response_ref


def reference_of(*, key: str, user: User, action: str, body: Mapping[str, object]) -> str | None:
    """The reference of this very form when it was carried out already; None when it was not."""
    sent = {"key": key, "user": user, "action": action, "request_sha256": fingerprint(body)}
    return IdempotencyKey.objects.filter(**sent).values_list("response_ref", flat=True).first()
