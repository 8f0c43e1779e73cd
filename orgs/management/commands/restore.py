"""manage.py restore FILE [--force]: put an archive of `backup` back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from orgs.models import Refusal
from orgs.services import archives


class Command(BaseCommand):
    """Refuses a damaged archive, one of the other database, and an installation that is not empty."""

    help = "Put database and uploads back from an archive. Stop web, worker and beat first."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE and --force."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="overwrite an installation that is not empty")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, or exit 1 with the reason and nothing changed."""
        try:
            manifest = archives.restore_archive(source=options["file"], may_overwrite=options["force"])
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"{manifest.engine}, {manifest.made_at}, {len(manifest.files)} files")
