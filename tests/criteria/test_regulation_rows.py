"""Regulations as rows: loaded without harm, never changed once used."""

import dataclasses
from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.utils import timezone

from criteria import regulation
from criteria.models import MilestoneStep, Regulation
from criteria.regulation.vocabulary import STEPS
from criteria.selectors.rules import regulations as selectors
from criteria.services.rules import regulations
from orgs.models import AuditEvent, Refusal
from tests.criteria import rounds

pytestmark = pytest.mark.django_db


def changed(**more):
    """The shipped regulation with another title, as a later release might bring it."""
    law = regulation.find(rounds.KEY)
    data = regulation.to_data(law) | {"title": "Quy định đã sửa"} | more
    return regulation.from_data(data)


def test_shipped_regulations_become_rows():
    report = regulations.load_shipped()
    assert set(report.created) == set(regulation.shipped())
    row = Regulation.objects.get(key=rounds.KEY)
    assert (row.number, row.issued_on, row.in_force_until) == ("124-QĐ/TW", date(2023, 10, 4), date(2025, 8, 30))
    assert row.is_shipped
    assert row.used_at is None
    law = selectors.parsed(row)
    assert [form.key for form in law.forms] == ["01", "02A", "02B"]
    assert law.quota.percent == 20


def test_loading_twice_changes_nothing():
    regulations.load_shipped()
    before = [list(Regulation.objects.order_by("key").values()), AuditEvent.objects.count()]
    report = regulations.load_shipped()
    assert (report.created, report.updated, report.refused) == ((), (), ())
    assert set(report.unchanged) == set(regulation.shipped())
    assert [list(Regulation.objects.order_by("key").values()), AuditEvent.objects.count()] == before


def test_unused_regulation_is_brought_up_to_date_and_the_rules_of_the_province_stay():
    row = rounds.regulation()
    row.form_rules.filter(provincial_code="02-D").update(is_confirmed=True, document="HD 01-HD/TU")
    assert regulations.store_regulation(data=changed()) == "updated"
    row.refresh_from_db()
    assert row.title == "Quy định đã sửa"
    assert selectors.parsed(row).title == "Quy định đã sửa"
    assert row.form_rules.get(provincial_code="02-D").is_confirmed


def test_used_regulation_never_changes_and_says_so():
    row = rounds.regulation()
    Regulation.objects.update(used_at=timezone.now())
    with pytest.raises(Refusal) as refused:
        regulations.store_regulation(data=changed())
    assert "124-QĐ/TW@2023-10-04" in str(refused.value)
    row.refresh_from_db()
    assert row.title.startswith("Quy định về việc kiểm điểm")


def test_command_ends_with_1_when_a_used_regulation_would_change(monkeypatch):
    said = StringIO()
    call_command("load_regulations", stdout=said)
    assert f"created: {rounds.KEY}" in said.getvalue()
    call_command("load_regulations", stdout=said)
    assert f"unchanged: {rounds.KEY}" in said.getvalue()
    Regulation.objects.update(used_at=timezone.now(), content_sha256="0" * 64)
    with pytest.raises(CommandError) as failed:
        call_command("load_regulations", stdout=said)
    assert failed.value.returncode == 1


def test_key_of_a_regulation_made_here_is_not_overwritten():
    row = rounds.regulation()
    Regulation.objects.filter(pk=row.pk).update(is_shipped=False)
    with pytest.raises(Refusal):
        regulations.store_regulation(data=changed())


def test_regulation_in_force_is_found_by_the_last_day_of_the_period():
    rounds.regulation()
    keys = lambda day, **more: [row.key for row in selectors.in_force_on(day, **more)]  # noqa: E731
    assert rounds.KEY in keys(date(2024, 12, 31))
    assert rounds.KEY in keys(date(2023, 10, 4))
    assert rounds.KEY not in keys(date(2023, 10, 3))
    assert rounds.KEY in keys(date(2025, 8, 29))
    assert rounds.KEY not in keys(date(2025, 8, 30))
    assert rounds.KEY not in keys(date(2024, 12, 31), period_kind="quarter")


def test_parsed_row_is_read_once(monkeypatch):
    row = rounds.regulation()
    assert selectors.parsed(row) is selectors.parsed(Regulation.objects.get(pk=row.pk))


def test_law_is_for_who_may_come_in(province):
    rounds.regulation()
    assert selectors.visible_to(province.users["tu"]).count() == len(regulation.shipped())
    assert not selectors.visible_to(AnonymousUser()).exists()


def test_steps_of_the_files_are_the_steps_of_the_round():
    assert set(MilestoneStep.values) == set(STEPS)
    assert len(STEPS) == len(MilestoneStep.values)
    assert dataclasses.is_dataclass(regulation.MilestoneDefault)
