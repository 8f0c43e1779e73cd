"""What beat asks for on its own."""

from celery import shared_task

from orgs.services.messages import send_digests
from reviews.services import reminders


@shared_task(name="reviews.tasks.send_reminders", ignore_result=True)
def send_reminders() -> int:
    """Remind whoever's move it is."""
    return reminders.send_reminders()


@shared_task(name="reviews.tasks.send_digests", ignore_result=True)
def mail_digests() -> int:
    """Mail one digest for each person and day."""
    return send_digests()
