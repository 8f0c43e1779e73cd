"""`manage.py export_framework KEY -o FILE`: one framework as JSON (docs/framework.schema.json)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from criteria import conformity
from criteria.selectors.frameworks.framework_files import found_by_key, record_of


class Command(BaseCommand):
    """KEY is `<unit code>/<number>@<date>`; where one document promulgates several, --form names one of them."""

    help = "Write one framework as JSON, in the schema docs/framework.schema.json."

    def add_arguments(self, parser: CommandParser) -> None:
        """KEY, where to, which form."""
        parser.add_argument("key", help="<unit code>/<number>@<date>, for instance TU/04-HD/TU@2021-10-25")
        parser.add_argument("-o", "--output", help="the file to write; without it the framework goes to the output")
        parser.add_argument("--form", default="", help="the form, where the document promulgates several frameworks")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it; CommandError where KEY names none, or several."""
        rows = found_by_key(options["key"])
        found = list(rows.filter(form_key=options["form"]) if options["form"] else rows)
        if not found:
            raise CommandError(f"There is no framework {options['key']} {options['form']}".strip())
        if len(found) > 1:
            named = ", ".join(f"{row.form_key} ({row.title}, {row.edition})" for row in found)
            raise CommandError(f"{options['key']} promulgates several frameworks; name one by --form: {named}")
        text = conformity.to_json(record_of(found[0]))
        if options["output"]:
            Path(options["output"]).write_text(text, encoding="utf-8")
        else:
            self.stdout.write(text, ending="")
