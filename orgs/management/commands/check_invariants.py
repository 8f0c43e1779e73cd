"""Check what must always hold; exit 1 and name what is broken."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from orgs.services import invariants


class Command(BaseCommand):
    """`check_invariants [--json]`: `{"ok": bool, "broken": {check: [sentence]}, "checks": [name]}`."""

    help = "Verify the history and every other invariant."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--json` for machines."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the findings; the exit code is 1 when there are any."""
        found = invariants.broken()
        if options["json"]:
            answer = {"ok": not found, "broken": found, "checks": sorted(invariants.CHECKS)}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            for name, sentences in found.items():
                self.stdout.writelines(f"{name}: {sentence}" for sentence in sentences)
            self.stdout.write("Everything holds." if not found else "Broken.")
        if found:
            sys.exit(1)
