"""Accounts: made in bulk, reset, deactivated; sessions that end; text that survives."""

import json
import time

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orgs.models import AuditEvent, Forbidden, Person, Refusal, Stale, User
from orgs.services import accounts
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(province):
    person = Person.objects.create(code="CB0900", full_name="Trịnh Thị Mới")
    person.appointments.create(unit=province.units["SKH"], position=province.positions["CV"])
    return person


def log_in(client, username, password=PASSWORD, **more):
    return client.post(reverse("orgs:login"), {"username": username, "password": password, **more})


def test_create_accounts_gives_a_slip_that_logs_in_once_and_forces_a_change(province, newcomer, client):
    (slip,) = accounts.create_accounts(people=[newcomer], actor=province.users["son"])
    assert (slip.username, slip.name) == ("CB0900", "Trịnh Thị Mới")
    log_in(client, slip.username, slip.password)
    response = client.get(reverse("orgs:account_own"))
    assert response.headers["Location"] == reverse("orgs:password_change")
    changed = client.post(
        reverse("orgs:password_change"),
        {"old_password": slip.password, "password1": "Ngan-xanh-2024", "password2": "Ngan-xanh-2024"},
    )
    assert changed.status_code == 302
    assert client.get(reverse("orgs:account_own")).status_code == 200


def test_create_accounts_records_each_and_never_the_password(province, newcomer):
    (slip,) = accounts.create_accounts(people=[newcomer], actor=province.users["son"])
    event = AuditEvent.objects.get(action="account.create")
    assert event.actor == province.users["son"]
    assert slip.password not in event.payload
    assert not User.objects.filter(password__contains=slip.password).exists()


def test_create_accounts_again_makes_nothing_new(province, newcomer):
    accounts.create_accounts(people=[newcomer], actor=province.users["son"])
    assert accounts.create_accounts(people=[newcomer], actor=province.users["son"]) == []


def test_create_accounts_refuses_people_of_another_subtree(province, newcomer):
    with pytest.raises(Forbidden, match="Trịnh Thị Mới"):
        accounts.create_accounts(people=[newcomer], actor=province.users["khanh"])
    assert not User.objects.filter(username="CB0900").exists()


def test_create_accounts_refuses_who_has_no_code_and_makes_none(province, newcomer):
    nameless = Person.objects.create(full_name="Cao Văn Không Mã")
    nameless.appointments.create(unit=province.units["SKH"], position=province.positions["CV"])
    with pytest.raises(Refusal, match="Cao Văn Không Mã"):
        accounts.create_accounts(people=[newcomer, nameless], actor=province.users["son"])
    assert not User.objects.filter(username="CB0900").exists()


def test_reset_ends_the_present_session(province, client):
    log_in(client, "chi")
    assert client.get(reverse("orgs:account_own")).status_code == 200
    slip = accounts.reset_password(user=province.users["chi"], actor=province.users["son"])
    assert client.get(reverse("orgs:account_own")).status_code == 302
    assert User.objects.get(username="chi").check_password(slip.password)


def test_deactivated_account_is_out_on_the_next_request(province, client):
    log_in(client, "chi")
    accounts.set_active(user=province.users["chi"], is_active=False, reason="Nghỉ hưu", actor=province.users["son"])
    assert client.get(reverse("orgs:account_own")).status_code == 302
    with pytest.raises(Stale):
        accounts.set_active(user=province.users["chi"], is_active=False, reason="Lại", actor=province.users["son"])


@pytest.mark.parametrize(("short", "reason"), [("son", "Nghỉ"), ("chi", " ")])
def test_set_active_refuses_oneself_and_no_reason(province, short, reason):
    with pytest.raises(Refusal):
        accounts.set_active(user=province.users[short], is_active=False, reason=reason, actor=province.users["son"])


def test_wrong_password_answers_the_same_for_known_and_unknown(province, client):
    known, unknown = log_in(client, "chi", "sai"), log_in(client, "khong-ai", "sai")
    message = "Sai tên đăng nhập hoặc mật khẩu. Lưu ý chữ hoa, chữ thường."
    assert message in known.text
    assert message in unknown.text


def test_many_wrong_passwords_are_throttled_for_that_address_only(province, client):
    for _ in range(5):
        last = log_in(client, "chi", "sai")
    assert last.status_code == 429
    elsewhere = client.post(reverse("orgs:login"), {"username": "chi", "password": PASSWORD}, REMOTE_ADDR="10.0.0.9")
    assert elsewhere.status_code == 302


def test_idle_session_ends_and_a_poll_does_not_keep_it(province, client, settings):
    log_in(client, "chi")
    session = client.session
    session["active_at"] = time.time() - settings.SESSION_IDLE_MINUTES * 60 + 30
    session.save()
    client.get(reverse("orgs:account_own"), headers={"X-Poll": "1"})
    assert client.session["active_at"] < time.time() - 60
    session["active_at"] = time.time() - settings.SESSION_IDLE_MINUTES * 60 - 1
    session.save()
    assert client.get(reverse("orgs:account_own")).status_code == 302


def test_session_ends_after_its_absolute_life(province, client, settings):
    log_in(client, "chi")
    session = client.session
    session["began_at"] = time.time() - settings.SESSION_ABSOLUTE_HOURS * 3600 - 1
    session.save()
    assert client.get(reverse("orgs:account_own")).status_code == 302


def test_posted_text_survives_an_ended_session(province, client):
    log_in(client, "son")
    Session.objects.all().delete()
    url = reverse("orgs:account_deactivate", args=[province.users["chi"].uuid])
    answer = client.post(url, {"note": "Nghỉ hưu từ 01/11"})
    assert answer.status_code == 401
    assert json.loads(answer.context["kept_body"])["note"] == ["Nghỉ hưu từ 01/11"]
    again = log_in(client, "son", kept_path=url, kept_body=answer.context["kept_body"])
    assert "Nghỉ hưu từ 01/11" in again.text
    client.post(url, dict(again.context["fields"]))
    assert User.objects.get(username="chi").is_active is False


def test_autosave_without_a_session_is_answered_401(province, client):
    response = client.post(reverse("orgs:account_own"), headers={"X-Autosave": "1"})
    assert (response.status_code, response.json()["message"]) == (
        401,
        "Phiên làm việc đã hết. Đăng nhập lại để tiếp tục.",
    )


def test_login_never_leads_outside(province, client):
    response = client.post(
        f"{reverse('orgs:login')}?next=https://example.org/", {"username": "chi", "password": PASSWORD}
    )
    assert response.headers["Location"] == "/"


def test_account_pages_are_closed_to_who_keeps_none(province, client):
    client.force_login(province.users["chi"])
    assert client.get(reverse("orgs:account_list")).status_code == 403
    assert client.get(reverse("orgs:account_create_bulk")).status_code == 403
    assert client.get(reverse("orgs:first_steps")).status_code == 403


def test_bulk_page_makes_slips_once(province, newcomer, client):
    client.force_login(province.users["son"])
    assert "Trịnh Thị Mới" in client.get(reverse("orgs:account_create_bulk")).text
    body = {"person": [str(newcomer.uuid)], "idempotency_key": "k-1"}
    first = client.post(reverse("orgs:account_create_bulk"), body)
    assert "CB0900" in first.text
    assert "no-store" in first.headers["Cache-Control"]
    assert client.post(reverse("orgs:account_create_bulk"), body).status_code == 302
    assert User.objects.filter(username="CB0900").count() == 1


def test_account_list_costs_the_same_for_one_account_more_and_for_three(province, client):
    """Every query of the request counts: session, account and rights of today among them."""
    client.force_login(province.users["son"])

    def add(number):
        person = Person.objects.create(code=f"X{number}", full_name=f"Người {number}")
        person.appointments.create(unit=province.units["SKH"], position=province.positions["CV"])
        User.objects.create_user(f"X{number}", person=person)

    def cost():
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("orgs:account_list")).status_code == 200
        return len(found)

    add(0)
    cost()
    first = cost()
    add(1)
    add(2)
    assert cost() == first <= 12


def test_first_steps_names_what_is_missing(db, client):
    client.force_login(User.objects.create_superuser("dau-tien", password=PASSWORD))
    page = client.get(reverse("orgs:first_steps"))
    assert page.status_code == 200
    assert page.context["done"] == 0
    assert "Loại đơn vị" in page.text
