"""Keep the whole text of a review as it stood at a moment of the round."""

import hashlib
import json

from django.db import transaction

from orgs.models import User
from reviews.models import Review, Snapshot
from reviews.selectors.writing.answers import whole_text

SUBMITTED = "submitted"


@transaction.atomic
def take_snapshot(*, review: Review, kind: str, actor: User | None) -> Snapshot:
    """Freeze `whole_text(review)`; `kind` is submitted, meeting or finished. `sha256` is that of its canonical JSON."""
    content = whole_text(review)
    exact = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Snapshot.objects.create(
        review=review, kind=kind, content=content, sha256=hashlib.sha256(exact.encode()).hexdigest(), taken_by=actor
    )
