"""What waits for a body that was merged waits for the one in which it goes on: how pages call it."""

from django.utils.translation import gettext as _

from orgs.models import Unit
from registrations.models import Obstacle, SupportRequest


def called_now(row: SupportRequest | Obstacle) -> str:
    """The body of a row whose `way` was read (`works.follow_bodies`), as it is called now, and what it was before."""
    old = body_of(row)
    left = {step.predecessor_id for step in row.way}
    heirs = {step.successor_id: step.successor.name for step in row.way if step.successor_id not in left}
    if not heirs:
        return str(old or "")
    return _("%(now)s (formerly %(old)s)") % {"now": ", ".join(heirs.values()), "old": old}


def body_of(row: SupportRequest | Obstacle) -> Unit | None:
    """For whom the row waits, as it was written; nobody is named for some obstacles."""
    return row.waits_for if isinstance(row, Obstacle) else row.body
