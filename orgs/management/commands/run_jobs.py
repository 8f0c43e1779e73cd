"""Drain the outbox in this process: once, or for as long as it runs."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from orgs.services import outbox


class Command(BaseCommand):
    """`run_jobs` carries out every due job; `--forever` looks again every few seconds, without any broker."""

    help = "Carry out the due jobs of the outbox."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--forever` and the pause between two looks."""
        parser.add_argument("--forever", action="store_true")
        parser.add_argument("--pause", type=float, default=5.0)

    def handle(self, *args: Any, **options: Any) -> None:
        """Drain, and say how many were tried."""
        self.stdout.write(str(outbox.drain()))
        while options["forever"]:
            time.sleep(options["pause"])
            outbox.drain()
