"""Says whether a framework may concretise the one above it; both are files of the product's own export."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from criteria.conformity import Framework, MalformedFramework, check, read


class Command(BaseCommand):
    """Two files in, breaches and warnings out: exit 0 conforms, 1 breaches, 2 a file that is no framework."""

    help = "Compare a framework with its parent, both as written by export_framework; nothing is stored."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The two files."""
        parser.add_argument("--parent", required=True, metavar="FILE", help="the framework above")
        parser.add_argument("--child", required=True, metavar="FILE", help="the framework that concretises it")

    def handle(self, *args: str, **options: Any) -> None:
        """Print the answer as JSON; a malformed file is named with its path on the error stream."""
        try:
            found = check(_framework(options["parent"]), _framework(options["child"]))
        except MalformedFramework as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        self.stdout.write(json.dumps(found.as_data(), ensure_ascii=False, indent=2))
        if not found.conforms:
            sys.exit(1)


def _framework(source: str) -> Framework:
    try:
        content = Path(source).read_bytes().decode("utf-8-sig")
    except (OSError, ValueError) as error:
        raise MalformedFramework(source, f"cannot be read: {error}") from error
    try:
        return read(content)
    except MalformedFramework as refusal:
        raise MalformedFramework(f"{source}: {refusal.path}" if refusal.path else source, refusal.message) from refusal
