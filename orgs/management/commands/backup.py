"""manage.py backup [FILE]: database and uploads into one archive."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from orgs.services import archives


class Command(BaseCommand):
    """Writes var/backups/tusoi-YYYYMMDD-HHMMSS.tar unless another file is named, and prints its path."""

    help = "Write database and uploads into one archive while the installation runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE: where to write."""
        parser.add_argument("file", nargs="?", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the archive and say what it holds."""
        name = f"tusoi-{timezone.localtime():%Y%m%d-%H%M%S}.tar"
        target = options["file"] or settings.DATA_DIR / "backups" / name
        manifest = archives.write_archive(target=target)
        self.stderr.write(f"{manifest.engine}, {len(manifest.files)} files")
        self.stdout.write(str(target))
