"""What is stuck: each kind of wait, for whom, for how many days; and the picture over time."""

from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from registrations.models import Registration, Work
from registrations.selectors.catalogue import catalogue, picture, stuck
from registrations.services.works import outcomes
from tests.registrations.catalogue.held import BLOCKED, both, obstructed, verified
from tests.registrations.works.written import HARD, YEAR, asked, received, reported, running, today

pytestmark = pytest.mark.django_db
PAGE = reverse("registrations:catalogue_stuck")


def waits(province, who="giang"):
    return stuck.rows_of(stuck.waits_of(catalogue.entered_for(province.users[who])))


def test_obstacle_waits_for_the_body_it_names_since_the_day_it_was_found(province):
    obstructed(province, days=12)
    (row,) = waits(province)
    assert (row.wait.kind, row.body.code, row.days, row.text) == ("obstacle", "UBND", 12, BLOCKED)


def test_obstacle_that_names_nobody_is_solved_by_who_registered(province):
    obstructed(province, body=None)
    (row,) = waits(province)
    assert row.body is None


def test_request_waits_for_the_body_and_is_overdue_after_its_last_day(province):
    request = asked(province, running(province), days=3)
    (row,) = waits(province)
    assert (row.wait.kind, row.body.code, row.is_overdue) == ("request", "UBND", False)
    type(request).objects.filter(pk=request.pk).update(due_on=today() - timedelta(days=1))
    (row,) = waits(province)
    assert row.is_overdue


def test_reported_outcome_waits_for_the_receiving_body(province):
    work = reported(province)
    Work.objects.filter(pk=work.pk).update(state_since=timezone.now() - timedelta(days=30))
    (row,) = waits(province)
    assert (row.wait.kind, row.body.code, row.days) == ("report", "BTCTU", 30)


def test_asked_change_waits_for_the_receiving_body(province):
    work = running(province)
    outcomes.ask_change(
        work=work,
        values={"finishes_on": date(YEAR, 12, 29)},
        reason="Chậm vốn.",
        version=work.version,
        actor=province.users["an"],
    )
    (row,) = waits(province)
    assert (row.wait.kind, row.body.code) == ("change", "BTCTU")


def test_nothing_waits_once_it_is_solved_or_verified(province):
    work = obstructed(province)
    work.obstacles.update(solved_on=today())
    verified(province, "dung")
    assert waits(province) == []


def test_longest_wait_comes_first_and_bodies_are_summed(province):
    obstructed(province, "an", days=5)
    obstructed(province, "dung", days=40)
    rows = waits(province)
    assert [row.days for row in rows] == [40, 5]
    (body,) = stuck.by_body(stuck.waits_of(catalogue.entered_for(province.users["giang"])))
    assert (body.body.code, body.count, body.longest) == ("UBND", 2, 40)


def test_page_says_whom_each_work_waits_for_and_filters_by_it(client, province):
    obstructed(province, "an", days=5)
    reported(province, "dung")
    client.force_login(province.users["giang"])
    page = client.get(PAGE)
    assert page.context["page_obj"].paginator.count == 2
    words = page.content.decode()
    assert "Ủy ban nhân dân tỉnh Quảng Ngãi" in words
    assert "lâu nhất 5 ngày" in words
    for body, kind in (("BTCTU", "report"), ("UBND", "obstacle")):
        only = client.get(PAGE, {"waits_for": province.units[body].uuid})
        assert [row.wait.kind for row in only.context["page_obj"]] == [kind]
    offered = page.context["filter_form"].fields["waits_for"].choices
    assert [name for _uuid, name in offered[1:]] == ["Ban Tổ chức Tỉnh ủy", "Ủy ban nhân dân tỉnh Quảng Ngãi"]
    assert client.get(PAGE, {"waits_for": "khong-co"}).context["page_obj"].paginator.count == 2


def test_workbook_of_what_is_stuck_names_days_and_bodies(client, province):
    obstructed(province, "an", days=5)
    client.force_login(province.users["giang"])
    answer = client.get(reverse("registrations:catalogue_stuck_file"))
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    line = next(row for row in rows if row[0] == 1)
    assert line[1:5] == (HARD["name"], "Nguyễn Văn Ấn", BLOCKED, "Ủy ban nhân dân tỉnh Quảng Ngãi")
    assert line[6] == 5


def test_wait_of_somebody_elses_registration_is_not_shown_to_who_may_not_read_it(client, province):
    obstructed(province, "an")
    client.force_login(province.users["khanh"])
    assert client.get(PAGE).context["page_obj"].paginator.count == 0


def moved(work, **days):
    received_on = days.pop("received", None)
    if received_on:
        moment = timezone.make_aware(datetime.combine(received_on, time(9)))
        Registration.objects.filter(pk=work.registration_id).update(received_at=moment)
    Work.objects.filter(pk=work.pk).update(**days)


def test_picture_counts_each_event_in_its_month_and_shows_empty_months_too(province):
    hard, new = both(province)
    moved(hard, received=date(2024, 3, 1), finishes_on=date(2024, 5, 31), starts_on=None)
    moved(new, finishes_on=date(2024, 5, 1), verified_on=date(2024, 6, 30), verified_outcome="changed", starts_on=None)
    shown = picture.picture_of(catalogue.entered_for(province.users["giang"]))
    assert [(row.name, row.received, row.due, row.done, row.not_done) for row in shown.periods] == [
        ("03/2024", 2, 0, 0, 0),
        ("04/2024", 0, 0, 0, 0),
        ("05/2024", 0, 2, 0, 0),
        ("06/2024", 0, 0, 1, 0),
    ]
    assert shown.most == 2


def test_picture_by_quarter_sums_the_months_over_the_turn_of_the_year(province):
    hard, new = both(province)
    moved(hard, received=date(2024, 12, 31), finishes_on=date(2025, 1, 1), starts_on=None)
    moved(new, finishes_on=date(2025, 3, 31), verified_on=date(2025, 2, 1), verified_outcome="not_done", starts_on=None)
    shown = picture.picture_of(catalogue.entered_for(province.users["giang"]), picture.QUARTER)
    assert [(row.name, row.received, row.due, row.done, row.not_done) for row in shown.periods] == [
        ("Q4/2024", 2, 0, 0, 0),
        ("Q1/2025", 0, 2, 0, 1),
    ]


def test_month_of_receipt_is_that_of_vietnam(province):
    work = received(province).works.get()
    # 31 March 18:00 in London is already 1 April in Quảng Ngãi.
    moment = datetime(2024, 3, 31, 18, 0, tzinfo=UTC)
    Registration.objects.filter(pk=work.registration_id).update(received_at=moment)
    shown = picture.picture_of(catalogue.entered_for(province.users["giang"]))
    assert shown.periods[0].name == "04/2024"


@pytest.mark.parametrize(("step", "name"), [("month", f"12/{YEAR}"), ("quarter", f"Q4/{YEAR}")])
def test_page_of_the_picture_follows_the_address(client, province, step, name):
    received(province)
    client.force_login(province.users["giang"])
    page = client.get(reverse("registrations:catalogue_picture"), {"step": step, "year": YEAR})
    assert name in page.content.decode()


def test_picture_of_nothing_says_so(client, province):
    client.force_login(province.users["giang"])
    page = client.get(reverse("registrations:catalogue_picture"))
    assert page.context["picture"].periods == ()
    assert page.status_code == 200
