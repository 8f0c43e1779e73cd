"""Loads the regulations that come with the product."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from criteria.services.rules.regulations import load_shipped


class Command(BaseCommand):
    """Runs after every update of the product; what a cycle has used stays as it is."""

    help = "Load or update the regulations shipped with the product, and their rules of forms where there are none."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was done; exit 1 when a regulation in use would have changed."""
        report = load_shipped()
        for name in ("created", "updated", "unchanged"):
            for key in getattr(report, name):
                self.stdout.write(f"{name}: {key}")
        for sentence in report.kept:
            self.stdout.write(f"kept: {sentence}")
        if report.refused:
            raise CommandError("\n".join(report.refused), returncode=1)
