"""Ratings before their deciding bodies: played once for a module, and rolled back after each test to that point."""

import pytest
from django.db import transaction
from django.utils import translation

from orgs.models import User
from tests import cast
from tests.reviews.deciding import rounds


@pytest.fixture(scope="module")
def played(request, django_db_setup, django_db_blocker):
    """The departments that the module names in `PLAYED` (An's alone), played until their ratings await the bodies."""
    codes = getattr(request.module, "PLAYED", ("TT-SKH",))
    with django_db_blocker.unblock(), translation.override("vi"), transaction.atomic():
        made = rounds.play(rounds.start_round(cast.province()), "appraised", *codes)
        with django_db_blocker.block():
            yield made
        transaction.set_rollback(True)


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
