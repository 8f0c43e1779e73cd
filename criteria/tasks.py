"""What beat asks for on its own."""

from celery import shared_task

from criteria.services.consulting import answer_letters


@shared_task(name="criteria.tasks.send_reminders", ignore_result=True)
def send_reminders() -> int:
    """Remind whoever holds the pen of an answer that another body asks for."""
    return answer_letters.send_reminders()
