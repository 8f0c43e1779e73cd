"""Close several verified matters in one act: all of them or none, each with its own record in the history."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from orgs import access
from orgs.models import Blocked, Forbidden, Refusal, User
from orgs.services import transitions
from registrations.models import Shortcoming
from registrations.workflow import STATING

LONGEST_NAME = 80


@dataclass(frozen=True)
class Ticked:
    """A row, and the version at which it was ticked."""

    row: Shortcoming
    version: int


@transaction.atomic
def close_remedies(*, ticked: Iterable[Ticked], actor: User) -> list[Shortcoming]:
    """Close every ticked matter; answers them as they stand afterwards.

    Refuses the whole: `Forbidden` to who keeps no register at all, where nothing is ticked, and where any row cannot be
    closed: `Blocked`, with the name of each such row and why (changed since, in another state, judged by its own
    subject, not kept by the actor).
    """
    if not access.viewer_of(actor, fresh=True).roles & STATING:
        raise Forbidden(_("Only who keeps the register closes a matter."))
    # In one order for everybody: two who close overlapping lists wait for each other and do not lock each other out.
    rows = sorted(ticked, key=lambda one: one.row.pk)
    if not rows:
        raise Refusal(_("Tick at least one matter that was verified as mended."), field="row")
    closed, reasons = [], []
    for one in rows:
        try:
            closed.append(transitions.advance(one.row, "close", actor=actor, version=one.version))
        except Refusal as refusal:
            reasons.append(_("“%(name)s”: %(reason)s") % {"name": name_of(one.row), "reason": refusal})
    if reasons:
        raise Blocked(reasons)
    return closed


def name_of(row: Shortcoming) -> str:
    """What was named and of whom, short enough for a list of refusals."""
    return f"{Truncator(row.text or row.document).chars(LONGEST_NAME)} ({row.subject})"
