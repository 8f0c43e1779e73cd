"""What a worker can be rung for."""

from celery import shared_task

from orgs.services import outbox


@shared_task(name="orgs.tasks.drain_outbox", ignore_result=True)
def drain_outbox() -> int:
    """Carry out every due job of the outbox."""
    return outbox.drain()
