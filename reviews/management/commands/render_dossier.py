"""Write the whole dossier of a review to a file: render_dossier 2024-CB-000123 -o dossier.pdf."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from orgs.documents import render_pdf
from reviews.documents.dossier import dossier_sheets
from reviews.models import Review
from reviews.selectors.papers.dossiers import whole_reading
from reviews.services.papers.dossiers import RELATED


class Command(BaseCommand):
    """The dossier with everything in it; exit 1 with a sentence when the code is unknown."""

    help = "Write the whole dossier of one review as PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """REVIEW is the public code shown on its page."""
        parser.add_argument("review", metavar="REVIEW", help="public code, such as 2024-CB-000123")
        parser.add_argument("-o", "--output", metavar="FILE", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file; the code of the review stands at its foot, because no version is kept."""
        code = options["review"].strip()
        review = Review.objects.select_related(*RELATED).filter(code__iexact=code).first()
        if review is None:
            raise CommandError(_("There is no review with the code %s.") % code)
        content = render_pdf(dossier_sheets(review, viewer=whole_reading(review)), code=review.code)
        try:
            Path(options["output"]).write_bytes(content)
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be written: %(why)s") % {"file": options["output"], "why": error}
            ) from error
        self.stdout.write(f"{options['output']} ({len(content)} bytes)")
