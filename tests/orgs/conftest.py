"""What the tests of the foundation share."""

from contextlib import contextmanager
from importlib import import_module

import pytest
from django.db import connection


@pytest.fixture
def lifted_triggers():
    """A database administrator who lifts the triggers for a moment, and puts them back."""
    triggers = import_module("orgs.migrations.0002_audit_triggers")

    @contextmanager
    def lifted():
        with connection.schema_editor() as editor:
            triggers.unguard(None, editor)
        yield
        with connection.schema_editor() as editor:
            triggers.guard(None, editor)

    return lifted
