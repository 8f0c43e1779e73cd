"""Roles granted and ended by the officer who may, within his reach, with a document; never to oneself."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from orgs import access, roles
from orgs.models import AuditEvent, Forbidden, Person, Refusal, RoleGrant, Stale, StandIn, User
from orgs.services import accounts, grants
from tests.cast import SINCE

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PAPER = "QĐ 15-QĐ/SKH ngày 02/01/2024"


def today():
    return timezone.localdate()


def place_of(province, code):
    return province.units.get(code) or province.collectives.get(code)


def grant(province, by, to, role, place, **more):
    given = {"started_on": today(), "ended_on": None, "document": PAPER, **more}
    where = place_of(province, place) if place else None
    return grants.grant_role(user=province.users[to], role=role, place=where, actor=province.users[by], **given)


def of(province, short, role=roles.SECRETARY):
    return RoleGrant.objects.filter(user=province.users[short], role=role).order_by("id").first()


def shown(client, name="orgs:grant_list", *args, **query):
    return client.get(reverse(name, args=args), query)


def test_table_grants_no_right_that_the_granter_lacks():
    assert {role.code for role in roles.ROLES.values() if role.grants} == {
        roles.OFFICER,
        roles.ACCOUNT_OFFICER,
        roles.ADMINISTRATOR,
    }
    for code in (roles.OFFICER, roles.ACCOUNT_OFFICER):
        for granted in roles.ROLES[code].grants:
            assert roles.ROLES[granted].held_by != roles.DERIVED
            assert roles.ROLES[granted].rights <= roles.ROLES[code].rights
        assert not roles.ROLES[code].grants & {roles.RECORDER, roles.CONFIRMER, roles.INSPECTOR, roles.ADMINISTRATOR}


def test_granted_role_holds_from_its_day_and_is_recorded(province):
    made = grant(province, "son", "chi", roles.SECRETARY, "TT-SKH", started_on=today())
    chi = access.viewer_of(province.users["chi"], fresh=True)
    assert province.collectives["TT-SKH"].pk in chi.collectives_of(roles.SECRETARY)
    event = AuditEvent.objects.get(action="grant.create")
    assert (event.actor, event.object_id) == (province.users["son"], str(province.users["chi"].uuid))
    for words in (roles.SECRETARY, "TT-SKH", PAPER, str(made.uuid)):
        assert words in event.payload


def test_role_to_come_does_not_hold_yet(province):
    grant(province, "son", "chi", roles.SECRETARY, "TT-SKH", started_on=today() + DAY)
    assert roles.SECRETARY not in access.viewer_of(province.users["chi"], fresh=True).roles


@pytest.mark.parametrize(
    ("by", "to", "role", "place"),
    [
        ("son", "son", roles.SECRETARY, "TT-SKH"),
        ("son", "chi", roles.OFFICER, "SKH"),
        ("son", "chi", roles.RECORDER, "BCSD"),
        ("son", "chi", roles.CONFIRMER, "BCSD"),
        ("son", "chi", roles.INSPECTOR, "SKH"),
        ("son", "chi", roles.ADMINISTRATOR, None),
        ("son", "chi", roles.SECRETARY, "BTV-TU"),
        ("son", "giang", roles.SECRETARY, "TT-SKH"),
        ("khanh", "chi", roles.SECRETARY, "TT-SYT"),
        ("khanh", "em", roles.SECRETARY, "TT-SKH"),
        ("khanh", "em", roles.OFFICER, "SYT"),
        ("an", "chi", roles.SECRETARY, "TT-SKH"),
        ("quan", "chi", roles.SECRETARY, "TT-SKH"),
        ("lan", "chi", roles.SECRETARY, "TT-SKH"),
    ],
)
def test_nobody_grants_to_himself_above_his_office_or_outside_it(province, by, to, role, place):
    before = RoleGrant.objects.count()
    with pytest.raises(Forbidden):
        grant(province, by, to, role, place)
    assert RoleGrant.objects.count() == before
    assert not AuditEvent.objects.filter(action="grant.create").exists()


@pytest.mark.parametrize(
    ("by", "to", "role", "place"),
    [
        ("khanh", "em", roles.SECRETARY, "TT-SYT"),
        ("khanh", "em", roles.ACCOUNT_OFFICER, "SYT"),
        ("son", "chi", roles.PARTY_SECRETARY, "TT-SKH"),
        ("phuc", "chi", roles.INSPECTOR, "TU"),
        ("phuc", "chi", roles.ADMINISTRATOR, None),
    ],
)
def test_officer_and_administrator_grant_what_their_row_allows(province, by, to, role, place):
    made = grant(province, by, to, role, place)
    assert (made.user, made.role, made.unit or made.collective) == (
        province.users[to],
        role,
        place_of(province, place) if place else None,
    )


def test_stand_in_grants_nothing_to_the_absent_nor_ends_his_role(province):
    chi, son = province.users["chi"], province.users["son"]
    StandIn.objects.create(absent=son, substitute=chi, document="GUQ 1", started_on=today() - DAY)
    with pytest.raises(Forbidden, match="tự giao"):
        grant(province, "chi", "son", roles.SECRETARY, "TT-SKH")
    with pytest.raises(Forbidden, match="tự giao"):
        grant(province, "chi", "chi", roles.SECRETARY, "TT-SKH")
    with pytest.raises(Forbidden):
        grants.end_grant(grant=of(province, "son", roles.ACCOUNT_OFFICER), on=today(), document=PAPER, actor=chi)


@pytest.mark.parametrize(
    ("role", "place", "more", "field"),
    [
        (roles.SECRETARY, "SKH", {}, "collective"),
        (roles.ACCOUNT_OFFICER, "TT-SKH", {}, "unit"),
        (roles.SECRETARY, "TT-SKH", {"started_on": SINCE, "ended_on": SINCE}, "ended_on"),
    ],
)
def test_place_and_days_fit_the_role(province, role, place, more, field):
    with pytest.raises(Refusal) as refused:
        grant(province, "son", "chi", role, place, **more)
    assert refused.value.field == field


def test_same_role_in_the_same_place_is_granted_once_at_a_time(province):
    first = grant(province, "son", "chi", roles.SECRETARY, "TT-SKH", ended_on=today() + 10 * DAY)
    with pytest.raises(Refusal):
        grant(province, "son", "chi", roles.SECRETARY, "TT-SKH", started_on=today() + 9 * DAY)
    after = grant(province, "son", "chi", roles.SECRETARY, "TT-SKH", started_on=first.ended_on)
    assert after.pk != first.pk


def test_deactivated_account_gets_no_role(province):
    accounts.set_active(user=province.users["chi"], is_active=False, reason="Nghỉ", actor=province.users["son"])
    with pytest.raises(Refusal):
        grant(province, "son", "chi", roles.SECRETARY, "TT-SKH")


def test_ended_role_is_gone_from_that_day_and_stays_in_the_list(province):
    secretary, son = of(province, "nga"), province.users["son"]
    ended = grants.end_grant(grant=secretary, on=today(), document=PAPER, actor=son)
    assert (ended.ended_on, ended.end_document) == (today(), PAPER)
    nga = access.viewer_of(province.users["nga"], fresh=True)
    assert province.collectives["TT-SKH"].pk not in nga.collectives_of(roles.SECRETARY)
    assert AuditEvent.objects.get(action="grant.end").actor == son
    with pytest.raises(Stale):
        grants.end_grant(grant=secretary, on=today(), document=PAPER, actor=son)


@pytest.mark.parametrize(
    ("by", "short", "role"),
    [
        ("khanh", "nga", roles.SECRETARY),
        ("son", "khanh", roles.OFFICER),
        ("son", "son", roles.ACCOUNT_OFFICER),
        ("son", "quan", roles.INSPECTOR),
        ("phuc", "phuc", roles.ADMINISTRATOR),
        ("an", "nga", roles.SECRETARY),
    ],
)
def test_nobody_ends_what_he_could_not_grant_nor_his_own(province, by, short, role):
    with pytest.raises(Forbidden):
        grants.end_grant(grant=of(province, short, role), on=today(), document=PAPER, actor=province.users[by])
    assert of(province, short, role).ended_on is None


def test_role_does_not_end_before_it_began(province):
    with pytest.raises(Refusal) as refused:
        grants.end_grant(grant=of(province, "nga"), on=SINCE - DAY, document=PAPER, actor=province.users["son"])
    assert refused.value.field == "on"


def test_pages_grant_and_end_with_days_as_they_are_written_here(province, client):
    client.force_login(province.users["son"])
    chi = province.users["chi"]
    url = reverse("orgs:grant_create", args=[chi.uuid])
    assert url in shown(client, "orgs:account_list", q="chi").text
    page = shown(client, "orgs:grant_create", chi.uuid).text
    assert "Thư ký hội nghị" in page
    offered = {role.code for role in roles.granted_roles() if f'<option value="{role.code}"' in page}
    assert offered == {roles.SECRETARY, roles.PARTY_SECRETARY, roles.ACCOUNT_OFFICER}
    sent = {
        "role": roles.SECRETARY,
        "collective": province.collectives["TT-SKH"].pk,
        "started_on": f"{today():%d/%m/%Y}",
        "document": PAPER,
        "idempotency_key": "g-1",
    }
    for _time in range(2):
        assert client.post(url, sent).status_code == 302
    made = RoleGrant.objects.get(user=chi)
    assert (made.started_on, made.document) == (today(), PAPER)
    listed = shown(client)
    end = reverse("orgs:grant_end", args=[made.uuid])
    assert end in listed.text
    assert client.post(end, {"on": f"{today():%d/%m/%Y}", "document": "QĐ 16"}).status_code == 302
    assert end not in shown(client).text
    past = shown(client, status="past").text
    assert "QĐ 16" in past
    assert client.get(end).status_code == 409
    again = client.post(end, {"on": f"{today():%d/%m/%Y}", "document": "QĐ 17"})
    assert again.status_code == 409
    assert "đã có ngày kết thúc" in again.text


def test_form_offers_only_the_places_of_the_officer_and_refuses_others(province, client):
    client.force_login(province.users["khanh"])
    em = province.users["em"]
    page = shown(client, "orgs:grant_create", em.uuid)
    form = page.context["form"]
    assert {row.code for row in form.fields["unit"].queryset} == {"SYT"}
    assert {row.code for row in form.fields["collective"].queryset} == {"TT-SYT"}
    sent = {
        "role": roles.SECRETARY,
        "collective": province.collectives["TT-SKH"].pk,
        "started_on": f"{today():%d/%m/%Y}",
        "document": PAPER,
    }
    answer = client.post(reverse("orgs:grant_create", args=[em.uuid]), sent)
    assert answer.status_code == 200
    assert answer.context["form"].errors["collective"]
    assert not RoleGrant.objects.filter(user=em).exists()


def test_own_account_is_refused_with_the_reason(province, client):
    client.force_login(province.users["son"])
    answer = shown(client, "orgs:grant_create", province.users["son"].uuid)
    assert answer.status_code == 403
    assert "tự giao vai trò" in answer.text


def test_list_shows_the_grants_of_the_own_subtree_alone(province, client):
    client.force_login(province.users["khanh"])
    assert [row.user.username for _title, row, _end in shown(client).context["grants"]] == ["khanh"]
    client.force_login(province.users["son"])
    seen = {row.user.username for _title, row, _end in shown(client).context["grants"]}
    assert {"son", "nga", "khanh", "lan", "minh", "quan"} <= seen
    assert not {"giang", "phuc"} & seen
    found = shown(client, q="ngo thanh nga", role=roles.SECRETARY).context["grants"]
    assert [(row.user.username, may_end) for _title, row, may_end in found] == [("nga", True)]


def test_list_costs_the_same_for_one_grant_more_and_for_three(province, client):
    client.force_login(province.users["son"])

    def add(number):
        person = Person.objects.create(code=f"X{number}", full_name=f"Người {number}")
        person.appointments.create(unit=province.units["SKH"], position=province.positions["CV"])
        user = User.objects.create_user(f"X{number}", person=person)
        RoleGrant.objects.create(
            user=user, role=roles.SECRETARY, collective=province.collectives["TT-SKH"], document="QĐ", started_on=SINCE
        )

    def cost():
        with CaptureQueriesContext(connection) as found:
            assert shown(client).status_code == 200
        return len(found)

    add(0)
    cost()
    first = cost()
    add(1)
    add(2)
    assert cost() == first <= 12
