"""What the page tests of this floor share."""

import pytest


@pytest.fixture
def login(client, province):
    """The test client as one of the cast."""

    def as_(name):
        client.force_login(province.users[name], backend="orgs.backends.RoleBackend")
        return client

    return as_
