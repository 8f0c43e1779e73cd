"""The demonstration: loaded once, never beside real people, every state of the round, a login for each office."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from criteria.models import Cycle
from orgs.models import Person, Unit, User
from orgs.services import audit
from reviews.models import Rating, Review

pytestmark = pytest.mark.django_db


def printed(*command):
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def test_demo_logins_without_a_demo_prints_nothing_and_fails():
    out = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("demo_logins", "--json", stdout=out)
    assert (left.value.code, out.getvalue()) == (1, "")


def test_load_demo_refuses_beside_a_real_person():
    Person.objects.create(full_name="Nguyễn Thị Thật", code="T1")
    with pytest.raises(CommandError, match="người hoặc đơn vị thật"):
        call_command("load_demo")
    assert Person.objects.count() == 1


def test_load_demo_refuses_where_it_is_not_allowed(settings):
    settings.ALLOW_DEMO = False
    with pytest.raises(CommandError, match="ALLOW_DEMO=1"):
        call_command("load_demo")
    assert not Unit.objects.exists()


@pytest.mark.long
def test_load_demo_shows_a_whole_province(client):
    assert "is loaded" in printed("load_demo")
    assert Unit.objects.count() == 118
    assert Person.objects.filter(is_demo=True).count() == Person.objects.count() == 900
    assert dict(Cycle.objects.values_list("code", "state")) == {"2023": "closed", "2024": "open"}
    assert set(Review.objects.filter(cycle__code="2024").values_list("state", flat=True)) == {
        "self_review",
        "meeting",
        "finishing",
        "finished",
    }
    assert set(Rating.objects.values_list("state", flat=True)) == {
        "proposal",
        "appraisal",
        "decision",
        "notice",
        "petition",
        "archived",
        "postponed",
        "not_rated",
    }
    assert audit.broken_links() == []
    found = json.loads(printed("demo_logins", "--json"))
    assert [row["role"] for row in found] == [
        "subject",
        "head",
        "secretary",
        "party_secretary",
        "officer",
        "officer",
        "recorder",
        "confirmer",
        "administrator",
        "inspector",
        "account_officer",
        "officer",
    ]
    for row in found:
        assert not User.objects.get(username=row["username"]).must_change_password
        body = {"username": row["username"], "password": row["password"]}
        assert client.post(reverse("orgs:login"), body).status_code == 302
        assert client.get("/").status_code == 200
        client.logout()
    assert "already" in printed("load_demo")
    assert Person.objects.count() == 900
