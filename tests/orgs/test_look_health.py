"""What machines ask: is the process alive, may requests come."""

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


def test_process_health_answers_without_login_and_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert answer.headers["Content-Type"].startswith("text/plain")


def test_readiness_answers_without_login_when_everything_is_applied(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "reasons": []}


def test_readiness_fails_and_names_a_migration_that_is_not_applied(client):
    MigrationRecorder(connection).record_unapplied("orgs", "0002_audit_triggers")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["ready"] is False
    assert "migration not applied: orgs.0002_audit_triggers" in answer.json()["reasons"]


def test_readiness_fails_when_the_database_does_not_answer(client):
    def refuse(execute, sql, params, many, context):
        raise DatabaseError("no route to host secret-host")

    with connection.execute_wrapper(refuse):
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "reasons": ["database: DatabaseError"]}


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_is_never_cached_and_only_read(client, address):
    assert "no-store" in client.get(address).headers["Cache-Control"]
    assert client.post(address).status_code == 405
