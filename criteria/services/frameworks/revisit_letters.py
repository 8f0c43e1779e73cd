"""Reminders of what is to be reviewed: before, on and after the last day, to the head of the body and its officers."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Revisit
from criteria.selectors import preparers
from criteria.selectors.frameworks import revisits as selectors
from criteria.selectors.heads import head_accounts
from criteria.selectors.rounds.thresholds import days_in_words, due_threshold, thresholds
from orgs.models import User
from orgs.services.messages import Letter, tell


def send_reminders(*, today: date | None = None) -> int:
    """Tell who leads the body today and who prepares for it, once for each threshold and last day; how many are new.

    The head whom the request names may have left since: whoever leads now answers for what is still open.
    """
    day, steps = today or timezone.localdate(), thresholds()
    rows = list(selectors.due_until(day + timedelta(days=max(steps, default=0))))
    users = _accounts({row.framework.issuer_id for row in rows}, day)
    return tell(
        _letter(row, user, (row.due_on - day).days, step)
        for row in rows
        if (step := due_threshold((row.due_on - day).days, steps)) is not None
        for user in users.get(row.framework.issuer_id, ())
    )


def _accounts(bodies: set[int], day: date) -> dict[int, list[User]]:
    """The accounts to be told, by id of the body; the same few queries for any number of bodies."""
    found = {body: set(users) for body, users in preparers.officers_by_body(bodies).items()}
    for body, user in head_accounts(bodies, day).items():
        found.setdefault(body, set()).add(user)
    known = User.objects.in_bulk(set().union(*found.values()))
    return {body: [known[pk] for pk in sorted(users)] for body, users in found.items()}


def _letter(row: Revisit, user: User, left: int, step: int) -> Letter:
    return Letter(
        user,
        _("To be reviewed: “%(framework)s”: %(when)s") % {"framework": row.framework, "when": days_in_words(left)},
        f"revisit:{row.uuid}:{row.due_on:%Y%m%d}:{step}",
        _("“%(parent)s”, which it concretises, is no longer in force.") % {"parent": row.parent_before},
        reverse("criteria:revisit_detail", args=[row.uuid]),
        due_on=row.due_on,
    )
