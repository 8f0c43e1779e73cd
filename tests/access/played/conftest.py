"""One round for the whole folder: played once, every test adds to it what it needs and leaves it as it was."""

import pytest
from django.db import transaction
from django.utils import translation

from tests import cast
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
def made(_played, db):
    """The finished round of one department; the other one still writes."""
    return _played
