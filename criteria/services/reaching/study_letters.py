"""Reminders of what is to be studied: before, on and after the last day, to who has not, and to heads of who lags."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain, islice

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Dissemination
from criteria.selectors.heads import head_accounts
from criteria.selectors.reaching import disseminations as selectors
from criteria.selectors.reaching import study_shares
from criteria.selectors.rounds.thresholds import days_in_words, due_threshold, thresholds
from orgs.models import Unit, User
from orgs.services.messages import Letter, tell

BATCH = 500


def send_reminders(*, today: date | None = None) -> int:
    """Once for each threshold, person and last day; answers how many messages are new.

    The head of a body hears of its share alone: who has not studied stands by name on his page.
    """
    day, steps = today or timezone.localdate(), thresholds()
    rows = Dissemination.objects.filter(state=selectors.OPEN, due_on__lte=day + timedelta(days=max(steps, default=0)))
    told = 0
    for row in rows.order_by("due_on", "id"):
        left = (row.due_on - day).days
        step = due_threshold(left, steps)
        if step is not None:
            told += _remind(row, f"{row.due_on:%Y%m%d}:{step}", days_in_words(left), day)
    return told


def _remind(row: Dissemination, key: str, when: str, day: date) -> int:
    letters = chain(_to_heads(row, key, when, day), _to_people(row, key, when))
    # A whole province may be behind: written some hundred at a time.
    return sum(tell(some) for some in iter(lambda: list(islice(letters, BATCH)), []))


def _to_heads(row: Dissemination, key: str, when: str, day: date) -> Iterator[Letter]:
    bodies = Unit.objects.without_tree_fields().filter(disseminated__dissemination=row)
    shares = study_shares.shares_of(Dissemination.objects.filter(pk=row.pk), bodies)
    lagging = {share.unit.pk: share for share in shares if share.left}
    heads = head_accounts(lagging, day)
    users = User.objects.in_bulk(set(heads.values()))
    subject = _("Study of “%(title)s” in your body: %(when)s") % {"title": row, "when": when}
    for unit, user in heads.items():
        share = lagging[unit]
        words = {"body": share.unit, "studied": share.studied, "people": share.people}
        body = _("%(body)s: %(studied)s of %(people)s have studied it.") % words
        yield Letter(users[user], subject, f"study:{row.uuid}:{unit}:{key}", body, _page(row), due_on=row.due_on)


def _to_people(row: Dissemination, key: str, when: str) -> Iterator[Letter]:
    users = User.objects.filter(is_active=True, person__in=selectors.still_to_study(row).order_by().values("pk"))
    subject = _("To be studied: “%(title)s”: %(when)s") % {"title": row, "when": when}
    for user in users.order_by("pk").iterator(chunk_size=BATCH):
        yield Letter(user, subject, f"study:{row.uuid}:own:{key}", "", _page(row), due_on=row.due_on)


def _page(row: Dissemination) -> str:
    return reverse("criteria:dissemination_detail", args=[row.uuid])
