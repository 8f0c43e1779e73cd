"""Reminders: whoever's move it is is told before, on and after the date; once for each person, milestone, threshold."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from criteria.models import Cycle, Milestone
from criteria.selectors.rounds.milestones import MilestoneBook
from criteria.selectors.rounds.thresholds import days_in_words, due_threshold, thresholds
from criteria.services import reminders as criteria_reminders
from orgs.models import QueuedJob, Unit, User
from orgs.services import outbox
from orgs.services.messages import Letter, send_digests, tell
from registrations.services.remedies import reminders as remedy_reminders
from registrations.services.works import inheriting
from reviews.selectors.recipients import waiting_in
from reviews.services.grading import opinion_reminders

DAILY = "daily"


@dataclass(frozen=True)
class Reminder:
    """What one person is reminded of: a milestone at a threshold (days left; negative after the date)."""

    user_id: int
    milestone_id: int
    edition: int
    threshold: int
    due_on: date
    step: str


def reminders_in(cycle: Cycle, *, today: date) -> Counter[Reminder]:
    """Who is to be told what today, with the number of documents behind it."""
    book, steps = MilestoneBook(cycle), thresholds()
    units = {unit.pk: unit for unit in Unit.objects.without_tree_fields()}
    found: Counter[Reminder] = Counter()
    for waiting in waiting_in(cycle):
        row: Milestone | None = book.row_for(waiting.step, units.get(waiting.unit_id))
        threshold = due_threshold((row.due_on - today).days, steps) if row else None
        if row is None or threshold is None:
            continue
        for user in waiting.users:
            found[Reminder(user, row.pk, row.edition, threshold, row.due_on, row.step)] += 1
    return found


def send_reminders(*, today: date | None = None) -> int:
    """Tell everybody whose move it is, in the app, exactly once; answers how many messages are new.

    Of the round, and of what the year holds: remedies at their dates, opinions that were asked for, support that passed
    to another body. What texts and frameworks ask is told by their own floor.
    """
    return sum(tell_due(today=today) for tell_due in SENDERS)


def remind_of_milestones(*, today: date | None = None) -> int:
    """Tell whoever's move it is in an open round; answers how many messages are new.

    After an outage only the threshold reached last is told, not each that was missed. A moved milestone has a new
    edition and is told anew.
    """
    day = today or timezone.localdate()
    told = 0
    for cycle in Cycle.objects.filter(state="open").select_related("plan"):
        found = reminders_in(cycle, today=day)
        users = User.objects.in_bulk({row.user_id for row in found})
        told += tell(_letter(cycle, row, users[row.user_id], count, day) for row, count in found.items())
    return told


SENDERS = (
    remind_of_milestones,
    remedy_reminders.send_reminders,
    opinion_reminders.send_reminders,
    inheriting.tell_inherited,
)


def _letter(cycle: Cycle, row: Reminder, user: User, count: int, today: date) -> Letter:
    left = (row.due_on - today).days
    what = Milestone(step=row.step).get_step_display()
    subject = _("%(what)s: %(when)s") % {"what": what, "when": days_in_words(left)}
    body = ngettext("%(n)s matter of %(cycle)s waits for you.", "%(n)s matters of %(cycle)s wait for you.", count) % {
        "n": count,
        "cycle": cycle.title,
    }
    key = f"due:{row.milestone_id}:{row.edition}:{row.threshold}"
    return Letter(user, subject, key, body, reverse("reviews:home"), due_on=row.due_on)


def daily(job: QueuedJob) -> None:
    """Job of a day: reminders of the round and of what others ask, then the digests."""
    send_reminders()
    criteria_reminders.send_reminders()
    send_digests()


def register() -> None:
    """Register the job of the day; called from `AppConfig.ready`."""
    outbox.register_handler(DAILY, daily)
