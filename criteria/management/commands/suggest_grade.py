"""Suggests grades for facts given as JSON, and says which facts a regulation requires."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from criteria.rating import (
    FactsRefused,
    Suggestion,
    read_json,
    regulation_key,
    required_paths,
    suggest,
    write_json,
)
from criteria.regulation import Regulation, find


class Command(BaseCommand):
    """Facts in, suggestions out; one wrong fact refuses the whole input with its path and exit code 2."""

    help = "Suggest grades for facts in JSON (one object or a list); nothing is stored."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Either facts or a question about what is required."""
        asked = parser.add_mutually_exclusive_group(required=True)
        asked.add_argument(
            "--facts", metavar="FILE|-", help="a file with one object or a list, or - for standard input"
        )
        asked.add_argument(
            "--explain-required",
            nargs=4,
            metavar=("KEY", "RATING", "SUBJECT", "PERIOD"),
            help="print the paths that this regulation requires, as a JSON list",
        )

    def handle(self, *args: str, **options: Any) -> None:
        """Print the answer as JSON."""
        try:
            answer = self._answer(options)
        except FactsRefused as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        self.stdout.write(write_json(answer, self.stdout.encoding))

    def _answer(self, options: dict[str, Any]) -> Any:
        if options["explain_required"]:
            key, rating, subject, period = options["explain_required"]
            return list(required_paths(_regulation(key), rating, subject, period))
        data = read_json(_text(options["facts"]))
        if isinstance(data, list):
            return [suggestion.as_data() for suggestion in _suggestions(data)]
        return _suggestion(data).as_data()


def _text(source: str) -> str:
    try:
        return _bytes(source).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FactsRefused("", f"{source} cannot be read: {error}") from error


def _bytes(source: str) -> bytes:
    if source != "-":
        return Path(source).read_bytes()
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return sys.stdin.buffer.read()


def _suggestions(rows: list[Any]) -> list[Suggestion]:
    found, refusals = [], []
    for place, row in enumerate(rows):
        try:
            found.append(_suggestion(row))
        except FactsRefused as refusal:
            refusals.append(str(refusal.under(f"[{place}]")))
    if refusals:
        raise FactsRefused("", "\n".join(refusals))
    return found


def _suggestion(data: Any) -> Suggestion:
    return suggest(_regulation(regulation_key(data)), data)


def _regulation(key: str) -> Regulation:
    try:
        return find(key)
    except KeyError:
        raise FactsRefused("regulation", f"{key} is unknown") from None
