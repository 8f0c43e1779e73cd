"""Load the demonstration province."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from orgs.models import Refusal
from reviews.services.demo.load import load_demo


class Command(BaseCommand):
    """`load_demo`: idempotent; needs ALLOW_DEMO=1 and an installation without real people."""

    help = "Load the demonstration province into an empty installation."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say whether anything was written."""
        try:
            written = load_demo()
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("The demonstration is loaded." if written else "The demonstration was here already.")
