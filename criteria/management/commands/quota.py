"""Answers how many of a group may be excellent under a regulation."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from criteria.rating import FactsRefused, QuotaAnswer, quota, read_day, read_json, write_json
from criteria.regulation import find


class Command(BaseCommand):
    """Counts in, the number allowed out, in the regulation's own reading and in all three; refusals exit with 2."""

    help = "Print how many may be excellent for these counts of a group."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The regulation and the counts; the rest where it applies."""
        parser.add_argument("--regulation", required=True, metavar="KEY", help="such as 124-QĐ/TW@2023-10-04")
        parser.add_argument("--counts", required=True, metavar="JSON", help="how many hold each of the four grades")
        parser.add_argument("--exception", metavar="DOC", help="the document that grants the higher percentage")
        parser.add_argument("--party-share", metavar="P", help="the Party's share of excellent, in percent")
        parser.add_argument("--on", metavar="DATE", help="the day that picks the version, such as 2024-12-31")

    def handle(self, *args: str, **options: Any) -> None:
        """Print the answer as JSON."""
        try:
            answer = _answer(options)
        except FactsRefused as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        self.stdout.write(write_json(answer.as_data(), self.stdout.encoding))


def _answer(options: dict[str, Any]) -> QuotaAnswer:
    try:
        regulation = find(options["regulation"])
    except KeyError:
        raise FactsRefused("regulation", f"{options['regulation']} is unknown") from None
    try:
        counts = read_json(options["counts"])
    except FactsRefused as refusal:
        raise refusal.under("counts") from None
    on = read_day("on", options["on"]) if options["on"] is not None else None
    return quota(regulation, counts, options["exception"], options["party_share"], on)
