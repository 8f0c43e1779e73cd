"""What beat asks for on its own."""

from celery import shared_task
from django.utils import timezone

from orgs.services.messages import send_digests
from reviews.services import reminders

DIGEST_HOUR = 7


@shared_task(name="reviews.tasks.send_reminders", ignore_result=True)
def send_reminders() -> int:
    """Remind whoever's move it is."""
    return reminders.send_reminders()


@shared_task(name="reviews.tasks.send_digests", ignore_result=True)
def mail_digests() -> int:
    """Mail one digest for each person and day, from seven in the morning on."""
    return send_digests() if timezone.localtime().hour >= DIGEST_HOUR else 0
