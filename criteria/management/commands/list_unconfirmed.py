"""Lists what the regulations still leave open, each with the question to ask."""

import unicodedata
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from criteria import models
from criteria.rating import write_json
from criteria.regulation import Regulation, find, shipped, unconfirmed
from criteria.selectors.rules.regulations import parsed


class Command(BaseCommand):
    """Every line "to be confirmed" of one regulation or of all, for a letter to the authority that can answer."""

    help = "List every rule and setting that waits to be confirmed, with the question to ask."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One regulation or all; the files of the product or the rows stored here; text or JSON."""
        parser.add_argument("--regulation", metavar="KEY", help="only this one, such as 124-QĐ/TW@2023-10-04")
        parser.add_argument(
            "--stored",
            action="store_true",
            help="the regulations as stored here, with what was confirmed, and local ones",
        )
        parser.add_argument("--json", action="store_true", help="print a JSON list")

    def handle(self, *args: str, **options: Any) -> None:
        """Print the list in the order of the files."""
        regulations = _stored(options["regulation"]) if options["stored"] else _regulations(options["regulation"])
        if options["json"]:
            rows = [{"regulation": each.key, **asdict(line)} for each in regulations for line in unconfirmed(each)]
            self.stdout.write(write_json(rows, self.stdout.encoding))
            return
        for regulation in regulations:
            self._write(regulation)

    def _write(self, regulation: Regulation) -> None:
        self.stdout.write(regulation.key)
        for line in unconfirmed(regulation):
            self.stdout.write(
                f"\n  [{line.table}] {line.key}\n    {line.text}\n    ? {line.question}\n    ({line.cites})"
            )


def _regulations(key: str | None) -> list[Regulation]:
    if key is None:
        return list(shipped().values())
    try:
        return [find(key)]
    except KeyError:
        raise CommandError(f"regulation: {key} is unknown", returncode=2) from None


def _stored(key: str | None) -> list[Regulation]:
    rows = models.Regulation.objects.filter(is_draft=False).order_by("in_force_from", "key")
    if key is not None:
        rows = rows.filter(key=unicodedata.normalize("NFC", key))
    if key is not None and not rows:
        raise CommandError(f"regulation: {key} is unknown", returncode=2)
    return [parsed(row) for row in rows]
