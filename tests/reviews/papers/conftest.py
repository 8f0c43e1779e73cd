"""One round for the whole folder: played once, every test looks at it and leaves it as it was."""

import unicodedata

import pytest
from django.db import transaction
from django.utils import translation

from orgs.documents import render_pdf
from reviews.documents.dossier import dossier_sheets
from reviews.selectors.papers.dossiers import reading_of
from tests import cast
from tests.orgs.documents.reading import pdf_text, tool
from tests.reviews.papers.round import play


@pytest.fixture(scope="package")
def _played(django_db_setup, django_db_blocker):
    """The round inside a transaction that is rolled back after the last test of the folder."""
    with django_db_blocker.unblock():
        frame = transaction.atomic()
        frame.__enter__()
        with translation.override("vi"):
            made = play(cast.province())
    yield made
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        frame.__exit__(None, None, None)


@pytest.fixture
def played(_played, db):
    """The finished round."""
    return _played


@pytest.fixture(scope="package")
def _texts():
    return {}


@pytest.fixture
def dossier_text(played, _texts):
    """What a reader finds in the PDF of a dossier, by (whose, for whom); laid out once, the round does not change."""

    def text(short, reader):
        if (short, reader) not in _texts:
            review = played.review(short)
            sheets = dossier_sheets(review, viewer=reading_of(played.user(reader), review))
            pdf = render_pdf(sheets, code="ABCD-EFGH")
            # Cells of a row stand side by side in one reading and one under the other in the other.
            raw = tool("pdftotext", "-raw", "-", "-", content=pdf).decode()
            _texts[short, reader] = f"{plain(pdf_text(pdf))} {plain(raw)}"
        return _texts[short, reader]

    return text


def plain(text):
    """The words of a text in NFC, single spaces between them."""
    assert text == unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def words_of(pdf):
    return plain(pdf_text(pdf))
