"""The database of a run is a copy: migrated to the end, guarded, named by what it was made of."""

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError

from orgs.models import AuditEvent
from orgs.services.audit import record_event
from tests import databases


@pytest.mark.django_db
def test_copy_has_every_migration_and_nothing_else_in_it():
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_copy_guards_the_history_as_the_original_does(province):
    record_event(actor=province.users["giang"], action="viewed", object_type="orgs.Unit", object_id="1")
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.update(action="changed")


def test_key_follows_what_the_migrations_say(tmp_path, monkeypatch):
    folder = tmp_path / "orgs" / "migrations"
    folder.mkdir(parents=True)
    monkeypatch.setattr(databases, "ROOT", tmp_path)
    (folder / "0001_initial.py").write_text("one")
    first = databases.key()
    (folder / "0001_initial.py").write_text("two")
    second = databases.key()
    (folder / "0002_more.py").write_text("")
    assert len({first, second, databases.key()}) == 3
