"""What beat asks for on its own."""

from celery import shared_task

from criteria.services import reminders


@shared_task(name="criteria.tasks.send_reminders", ignore_result=True)
def send_reminders() -> int:
    """Remind who owes an answer, a review of a framework, the study of a text."""
    return reminders.send_reminders()
