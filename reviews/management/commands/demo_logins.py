"""Print the logins of the demonstration."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reviews.services.demo.load import logins


class Command(BaseCommand):
    """`demo_logins [--json]`: exit 1 and nothing printed where the demonstration is not loaded."""

    help = "Print the logins of the demonstration."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--json` for machines."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a list, or a table for people."""
        found = logins()
        if not found:
            sys.exit(1)
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        for row in found:
            self.stdout.write(
                f"{row['username']:<14} {row['password']:<18} {row['role']:<16} {row['unit']:<8} {row['name']}"
            )
