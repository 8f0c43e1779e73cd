"""Remind whoever's move it is, and mail the digests of the day."""

from typing import Any

from django.core.management.base import BaseCommand

from criteria.services import reminders as criteria_reminders
from orgs.services.messages import send_digests
from reviews.services.reminders import send_reminders


class Command(BaseCommand):
    """`send_reminders`: run as often as you like; nobody is told the same thing twice."""

    help = "Send the reminders that are due and the digests of the day."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many messages and digests were new."""
        told, mailed = send_reminders() + criteria_reminders.send_reminders(), send_digests()
        self.stdout.write(f"{told} messages, {mailed} digests")
