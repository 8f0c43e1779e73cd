"""The demonstration: loaded once, never beside real people, every state of the round, a login for each office."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from criteria.models import Cycle
from orgs.models import Appointment, Collective, Membership, Person, Unit, User
from orgs.services import audit
from reviews.models import Rating, Review
from reviews.selectors.facts import facts_of

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
    # 118 of the letters; 25 communes, an agency with its cell and a committee came with the reorganisation.
    assert Unit.objects.count() == 146
    assert Person.objects.filter(is_demo=True).count() == Person.objects.count() == 900
    assert dict(Cycle.objects.values_list("code", "state")) == {
        "2023": "closed",
        "2024": "open",
        "2025": "closed",
        "2026Q3": "closed",
        "2026": "open",
    }
    _shows_the_reorganisation()
    _shows_the_years_since()
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


def _shows_the_reorganisation():
    district = Unit.objects.get(code="HUBS")
    assert district.ended_on == date(2025, 7, 1)
    assert {row.successor.code for row in district.successions.all()} == {"XBS", "XVT"}
    merged = Unit.objects.get(code="BTGDVTU")
    assert {row.predecessor.code for row in merged.precessions.all()} == {"BTGTU", "BDVTU"}
    assert not Appointment.objects.filter(unit__ended_on__isnull=False, ended_on=None).exists()
    assert not Membership.objects.filter(collective__ended_on__isnull=False, ended_on=None).exists()
    assert not Collective.objects.filter(unit__ended_on__isnull=False, ended_on=None).exists()
    # Nobody leads two bodies that he went to, and each of them has its one head.
    heads = Membership.objects.filter(collective__unit__kind__code="dang_uy_xa", part="head", ended_on=None)
    assert heads.count() == heads.values("person").distinct().count() == 25


def _shows_the_years_since():
    for code in ("2025", "2026Q3"):
        assert set(Rating.objects.filter(cycle__code=code).values_list("state", flat=True)) == {"archived"}
        kept = Rating.objects.filter(cycle__code=code).values_list("suggestion", flat=True)
        assert {row["outcome"] for row in kept} == {"graded"}
        assert all(row["points"] for row in kept)
    assert set(Review.objects.filter(cycle__code="2026Q3").values_list("form_key", flat=True)) == {"01", "01-Q"}
    year = Rating.objects.filter(cycle__code="2026", person__isnull=False)
    assert {
        key: set(year.filter(kind=key).values_list("regulation__key", flat=True)) for key in ("cadre", "state")
    } == {"cadre": {None}, "state": {"335/2025/NĐ-CP@2025-12-21"}}
    again = year.filter(kind="cadre", person__ratings__cycle__code="2026Q3").first()
    assert set(facts_of(again)["quarters"]) == {"2026-Q3"}
