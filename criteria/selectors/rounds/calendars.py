"""The dates of a cycle as a person reads them: step by step, for the own body, with what is left."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from criteria.models import Cycle, MilestoneStep
from criteria.selectors.rounds.milestones import MilestoneBook
from orgs.models import Appointment, Unit, User


@dataclass(frozen=True)
class CalendarRow:
    """A step with its last day, the days left in words, and whether it refuses afterwards."""

    step: str
    label: str
    due_on: date
    left: str
    tone: str
    is_closing: bool
    plan: object


def calendar_of(cycle: Cycle, unit: Unit | None) -> list[CalendarRow]:
    """The dates that bind `unit` (None: what holds for everybody), in the order of the days."""
    book = MilestoneBook(cycle)
    rows = [(step, book.row_for(step, unit)) for step in MilestoneStep.values]
    found = [_row(row) for _step, row in rows if row is not None]
    return sorted(found, key=lambda row: (row.due_on, MilestoneStep.values.index(row.step)))


def unit_of(user: User) -> Unit | None:
    """The body of the user's main post today, or None."""
    if user.person_id is None:
        return None
    posts = Appointment.objects.current(timezone.localdate()).filter(person=user.person_id, unit__isnull=False)
    post = posts.select_related("unit").order_by("-is_main", "position__rank", "id").first()
    return post.unit if post else None


def _row(row: object) -> CalendarRow:
    days = (row.due_on - timezone.localdate()).days
    return CalendarRow(
        step=row.step,
        label=row.get_step_display(),
        due_on=row.due_on,
        left=left_in_words(days),
        tone="quiet" if days < 0 else "warn" if days <= 7 else "info",
        is_closing=row.is_closing,
        plan=row.plan_id,
    )


def left_in_words(days: int) -> str:
    """What is left until a day that is `days` away, in words; past ones say how long ago."""
    if days == 0:
        return _("today")
    if days < 0:
        return ngettext("%(count)s day ago", "%(count)s days ago", -days) % {"count": -days}
    return ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}
