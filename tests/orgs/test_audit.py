"""The one history: appended, chained, refused to be changed, verified."""

import pytest
from django.db import DatabaseError, connection, transaction

from orgs.models import AuditEvent, AuditText, ChainHead
from orgs.services import audit


def append(number, **more):
    return audit.record_event(
        actor=None, action="test.act", object_type="orgs.Unit", object_id=str(number), facts={"number": number}, **more
    )


@pytest.mark.django_db
def test_record_event_links_to_the_one_before():
    first, second = append(1), append(2)
    assert (first.seq, first.prev, second.seq, second.prev) == (1, "", 2, first.hash)
    assert ChainHead.objects.get(chain="system").hash == second.hash
    assert audit.broken_links() == []


@pytest.mark.django_db
def test_record_event_keeps_text_out_of_the_payload():
    event = append(1, texts={"note": "Nguyễn Văn Ấn xin rút"})
    assert "Ấn" not in event.payload
    assert AuditText.objects.get(event=event).value == "Nguyễn Văn Ấn xin rút"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement", ["UPDATE orgs_auditevent SET actor_name = 'x'", "DELETE FROM orgs_auditevent", "truncate"]
)
def test_triggers_refuse_every_change(statement):
    append(1)
    if statement == "truncate":
        is_postgresql = connection.vendor == "postgresql"
        statement = "TRUNCATE orgs_auditevent CASCADE" if is_postgresql else "DELETE FROM orgs_auditevent"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEvent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("harm", "kind"),
    [
        ("UPDATE orgs_auditevent SET payload = '{}' WHERE seq = 2", "edited"),
        ("UPDATE orgs_auditevent SET seq = 9 WHERE seq = 2", "missing"),
        ("UPDATE orgs_auditevent SET prev = '' WHERE seq = 2", "forked"),
        ("UPDATE orgs_chainhead SET seq = 9", "truncated"),
    ],
)
def test_broken_links_names_the_first_break_when_the_triggers_were_gone(harm, kind, lifted_triggers):
    for number in range(3):
        append(number)
    with lifted_triggers(), connection.cursor() as cursor:
        cursor.execute(harm)
    assert [(found.seq, found.kind) for found in audit.broken_links()] == [(4 if kind == "truncated" else 2, kind)]


@pytest.mark.django_db
def test_broken_links_sees_an_edited_text():
    event = append(1, texts={"note": "một"})
    AuditText.objects.filter(event=event).update(value="hai")
    assert [found.kind for found in audit.broken_links()] == ["text edited"]


@pytest.mark.django_db
def test_broken_links_accepts_an_erased_text():
    event = append(1, texts={"note": "một"})
    AuditText.objects.filter(event=event).update(value="")
    assert audit.broken_links() == []
