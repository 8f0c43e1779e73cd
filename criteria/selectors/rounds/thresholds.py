"""When people are reminded of a last day: the days of the setting, and which of them was reached last."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orgs.selectors.settings import setting


def thresholds() -> list[int]:
    """Days before (positive), on (0) and after (negative) the last day at which people are told."""
    return sorted((int(number) for number in setting("reminder_days")), reverse=True)


def due_threshold(days_left: int, steps: list[int]) -> int | None:
    """The threshold that was reached last: with 5 days left of 14, 7, 3, 0 it is 7; None while none is reached."""
    reached = [step for step in steps if days_left <= step]
    return min(reached) if reached else None


def days_in_words(left: int) -> str:
    """How far a last day is, for a reminder: so many days left, today, so many days late."""
    if left > 0:
        return ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}
    if left == 0:
        return _("today is the last day")
    return ngettext("%(n)s day late", "%(n)s days late", -left) % {"n": -left}
