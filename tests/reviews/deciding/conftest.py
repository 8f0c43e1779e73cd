"""Ratings before their deciding bodies: played once for the folder, and rolled back after each test to that point."""

import pytest
from django.db import transaction
from django.utils import translation

from orgs.models import User
from tests import cast
from tests.reviews.deciding import rounds


class Stage:
    """The round as it was last played, inside a transaction that is rolled back before anything else is played."""

    def __init__(self):
        self.frame = self.codes = self.made = None

    def show(self, codes):
        """The round with these departments; what stands already is shown again."""
        if codes != self.codes:
            self.clear()
            self.frame = transaction.atomic()
            self.frame.__enter__()
            with translation.override("vi"):
                self.codes, self.made = codes, rounds.play(rounds.start_round(cast.province()), "appraised", *codes)
        return self.made

    def clear(self):
        """Take back what stands, if anything does."""
        if self.frame:
            transaction.set_rollback(True)
            self.frame.__exit__(None, None, None)
            self.frame = self.codes = self.made = None


@pytest.fixture(scope="package")
def _stage(django_db_setup, django_db_blocker):
    stage = Stage()
    yield stage
    with django_db_blocker.unblock():
        stage.clear()


@pytest.fixture(scope="module", autouse=True)
def _clear_for_others(request, _stage, django_db_blocker):
    """A module that writes a round of its own, or commits, finds an empty database."""
    if not any("played" in item.fixturenames for item in request.session.items if item.path == request.path):
        with django_db_blocker.unblock():
            _stage.clear()


@pytest.fixture(scope="module")
def played(request, _stage, django_db_blocker):
    """The departments that the module names in `PLAYED` (An's alone), played until their ratings await the bodies."""
    codes = getattr(request.module, "PLAYED", ("TT-SKH",))
    with django_db_blocker.unblock():
        return _stage.show(codes)


@pytest.fixture
def ring(played, db):
    """The round, with accounts that remember nothing of the test before."""
    accounts = User.objects.in_bulk([user.pk for user in played.users.values()])
    users = {short: accounts[user.pk] for short, user in played.users.items()}
    return rounds.Round(**(vars(played) | {"users": users}))


@pytest.fixture
def login(client, ring):
    """Logs in by short name and answers the client."""

    def enter(short):
        client.force_login(ring.users[short])
        return client

    return enter
