"""The configuration as one generated family: every registered table, asked by everybody it matters to."""

from datetime import date

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from criteria.admin.regulations import PAGES
from criteria.models import Regulation
from criteria.services.rules import derivation, regulations

pytestmark = pytest.mark.django_db
OURS = ("orgs", "criteria", "registrations", "reviews")
# Tables of others, by name, and why they may stand in the configuration.
THIRD_PARTY = {
    "auth.Group": "Django's groups: unused, rights come from orgs.roles; the page shows that there are none",
    "axes.AccessAttempt": "who is locked out after wrong passwords, to be read by the administrator",
    "axes.AccessFailureLog": "wrong passwords one by one, to be read by the administrator",
    "axes.AccessLog": "log-ins and log-outs, to be read by the administrator",
    "django_celery_beat.ClockedSchedule": "the timetable of beat: a single moment",
    "django_celery_beat.CrontabSchedule": "the timetable of beat: the hours of reminders and digests",
    "django_celery_beat.IntervalSchedule": "the timetable of beat: how often the outbox is drained",
    "django_celery_beat.PeriodicTask": "the timetable of beat: what runs when",
    "django_celery_beat.SolarSchedule": "the timetable of beat: comes with its package, unused",
}
ADMINISTRATOR, OTHERS = "phuc", ("an", "giang", "son", "anonymous")
TABLES = sorted(admin.site._registry, key=lambda model: model._meta.label)


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def key_of(model):
    row = model._base_manager.order_by("pk").first()
    return row.pk if row else 1


@pytest.fixture
def clients(province):
    found = {short: Client() for short in (ADMINISTRATOR, *OTHERS)}
    for short in (ADMINISTRATOR, "an", "giang", "son"):
        found[short].force_login(province.users[short], backend="orgs.backends.RoleBackend")
    return found


def test_every_registered_table_is_ours_or_named_with_a_reason():
    foreign = {model._meta.label for model in TABLES if model._meta.app_label not in OURS}
    assert foreign == set(THIRD_PARTY)
    assert all(THIRD_PARTY.values())


def test_administrator_opens_every_list_and_nobody_else_any(clients):
    wrong = []
    for model in TABLES:
        listed = address(model, "changelist")
        found = {short: client.get(listed).status_code for short, client in clients.items()}
        wrong += [f"{listed} as {ADMINISTRATOR}: {found[ADMINISTRATOR]}"] if found[ADMINISTRATOR] != 200 else []
        wrong += [f"{listed} as {short}: {found[short]}" for short in OTHERS if found[short] not in (302, 403)]
    assert wrong == []


@pytest.mark.parametrize("page", ["add", "change"])
def test_nobody_but_the_administrator_opens_a_form(clients, page):
    wrong = []
    for model in TABLES:
        url = address(model, page, *([] if page == "add" else [key_of(model)]))
        found = {short: clients[short].get(url).status_code for short in OTHERS}
        wrong += [f"{url} as {short}: {status}" for short, status in found.items() if status not in (302, 403)]
    assert wrong == []


def test_nobody_deletes_anything(clients):
    wrong = []
    for model in TABLES:
        url, count = address(model, "delete", key_of(model)), model._base_manager.count()
        for short, client in clients.items():
            asked, sent = client.get(url).status_code, client.post(url, {"post": "yes"}).status_code
            if 200 in (asked, sent) or model._base_manager.count() != count:
                wrong.append(f"{url} as {short}: {asked}, {sent}")
    assert wrong == []


def test_control_an_account_that_is_staff_without_the_role_stays_outside(province, clients):
    user = province.users["giang"]
    user.is_staff = True
    user.save()
    assert {clients["giang"].get(address(model, "changelist")).status_code for model in TABLES} == {403}


# The administrator's pages of a regulation, which Django does not generate: name, what follows the row, method.
REGULATION_PAGES = (
    ("derive", (), "get"),
    ("derive", (), "post"),
    ("confirm", ("quota", "base"), "get"),
    ("confirm", ("quota", "base"), "post"),
    ("withdraw", (1,), "post"),
    ("supersede", (), "get"),
    ("supersede", (), "post"),
    ("restore", (), "post"),
    ("issue", (), "post"),
    ("difference", (), "get"),
    ("draft", (), "get"),
    ("rename", (), "get"),
    ("rename", (), "post"),
    ("part", ("quota",), "get"),
    ("part", ("quota",), "post"),
    ("row", ("milestones", "close"), "get"),
    ("row", ("milestones", "close"), "post"),
    ("copy", ("milestones",), "get"),
    ("copy", ("milestones",), "post"),
    ("leave", ("milestones", "close"), "post"),
)


def test_pages_of_a_regulation_are_the_administrators_alone(province, clients):
    regulations.load_shipped()
    parent = Regulation.objects.get(key="366-QĐ/TW@2025-08-30")
    head = derivation.Head("15-QĐ/TU", date(2026, 1, 5), date(2026, 1, 5), "")
    draft = derivation.derive_regulation(parent=parent, head=head, actor=province.users[ADMINISTRATOR])
    before = list(Regulation.objects.order_by("pk").values_list("content_sha256", "is_draft", "successor"))
    wrong = []
    for name, more, method in REGULATION_PAGES:
        row = draft if name in ("draft", "rename", "part", "row", "copy", "leave", "issue", "difference") else parent
        url = reverse(f"admin:criteria_regulation_{name}", args=[row.pk, *more])
        found = {short: getattr(clients[short], method)(url).status_code for short in OTHERS}
        wrong += [
            f"{method} {url} as {short}: {status}" for short, status in found.items() if status not in (302, 401, 403)
        ]
        if method == "get" and clients[ADMINISTRATOR].get(url).status_code != 200:
            wrong.append(f"{url} as {ADMINISTRATOR}")
    assert wrong == []
    assert list(Regulation.objects.order_by("pk").values_list("content_sha256", "is_draft", "successor")) == before


def test_every_page_of_a_regulation_is_asked():
    assert {name for name, _, _ in REGULATION_PAGES} == {name for name, _, _ in PAGES}
