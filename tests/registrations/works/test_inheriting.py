"""What waits for a body that was merged: how it is called, who is told and how often."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from orgs import access, roles
from orgs.models import Message, QueuedJob, RoleGrant, Unit, UnitSuccession
from orgs.services import outbox, units
from orgs.services.transitions import advance
from registrations.models import SupportRequest
from registrations.selectors.works import works
from registrations.selectors.works.successions import called_now
from registrations.services.works import progress, support
from registrations.services.works.inheriting import tell_inherited
from reviews.selectors.waiting.inbox import inbox_of
from reviews.services import reminders
from tests.cast import SINCE
from tests.registrations.works.test_successions import DOCUMENT, NEW, anew, body, merge
from tests.registrations.works.written import asked, fresh, running, today

pytestmark = pytest.mark.django_db
OLD = "Ủy ban nhân dân tỉnh Quảng Ngãi"


def told():
    rows = Message.objects.filter(dedup_key__contains=":support-inherited:").order_by("recipient__username")
    return [(row.recipient.username, row.subject) for row in rows]


def earlier(request, days=30):
    """As if it had been asked before the merger."""
    SupportRequest.objects.filter(pk=request.pk).update(opened_at=timezone.now() - timedelta(days=days))
    return fresh(request)


def row_of(province, who):
    rows = inbox_of(anew(province, who)).todo
    return next((row for row in rows if row.key.startswith("support-")), None)


# --------------------------------------------------------------------------------------------- how it is called


def test_home_row_of_the_successor_names_the_body_of_today_and_of_then(province):
    asked(province, running(province))
    assert row_of(province, "khanh") is None
    merge(province.units["UBND"], body(province, "UBM", officer="khanh"))
    row = row_of(province, "khanh")
    assert row.detail == f"Nguyễn Văn Ấn · {NEW} (trước là {OLD})"
    assert row.act_url == reverse("registrations:support_detail", args=[SupportRequest.objects.get().uuid])


def test_home_row_of_a_body_that_stands_names_it_alone_and_asks_nothing_about_mergers(province):
    body(province, "UBM", officer="khanh")
    request = asked(province, running(province))
    SupportRequest.objects.filter(pk=request.pk).update(body=Unit.objects.get(code="UBM"))
    with CaptureQueriesContext(connection) as made:
        assert row_of(province, "khanh").detail == f"Nguyễn Văn Ấn · {NEW}"
    assert not [query for query in made if 'FROM "orgs_unitsuccession"' in query["sql"].split("WHERE")[0]]


def test_divided_body_is_called_by_all_its_parts_and_one_merged_twice_by_the_last(province):
    request = asked(province, running(province))
    middle, last = body(province, "UBM", "Ủy ban giữa"), body(province, "UBC", "Ủy ban cuối")
    merge(province.units["UBND"], middle, days=9)
    merge(middle, last, days=2)
    (row,) = works.follow_bodies([fresh(request)])
    assert called_now(row) == f"Ủy ban cuối (trước là {OLD})"
    merge(middle, body(province, "UBX", "Ủy ban khác"), days=2)
    (row,) = works.follow_bodies([fresh(request)])
    assert called_now(row) == f"Ủy ban cuối, Ủy ban khác (trước là {OLD})"


def test_page_of_the_work_says_for_whom_an_obstacle_waits_now(client, province):
    work = running(province)
    progress.report_obstacle(
        work=work, text="Chưa có đơn giá.", found_on=today(), waits_for=province.units["UBND"],
        actor=province.users["an"],
    )  # fmt: skip
    progress.report_obstacle(work=work, text="Mưa lũ.", found_on=today(), actor=province.users["an"])
    address = reverse("registrations:work_detail", args=[work.uuid])
    client.force_login(anew(province, "an"))
    assert "đã trở thành" not in client.get(address).text
    merge(province.units["UBND"], body(province, "UBM"))
    shown = client.get(address).text
    assert f"{OLD} đã trở thành {NEW} từ ngày" in shown
    assert shown.count("đã trở thành") == 1
    assert [called_now(row) for row in works.course_of(work).obstacles if not row.waits_for] == [""]


# ------------------------------------------------------------------------------------------------ who is told


def test_who_answers_for_the_successor_is_told_once(province):
    request = earlier(asked(province, running(province)))
    merge(province.units["UBND"], body(province, "UBM", officer="khanh"))
    assert tell_inherited() == 1
    assert tell_inherited() == 0
    ((who, subject),) = told()
    assert who == "khanh"
    assert subject == (f"Đề xuất hỗ trợ việc đã đăng ký chuyển đến {NEW} (trước là {OLD}): {request.work.name}")
    letter = Message.objects.get(recipient=province.users["khanh"])
    assert (letter.due_on, letter.body) == (request.due_on, request.text)
    assert letter.url == reverse("registrations:support_detail", args=[request.uuid])


def test_who_begins_to_answer_later_is_told_then(province):
    earlier(asked(province, running(province)))
    new = body(province, "UBM")
    merge(province.units["UBND"], new)
    assert tell_inherited() == 0
    RoleGrant.objects.create(
        user=province.users["em"], role=roles.OFFICER, unit=new, document="QĐ 10", started_on=SINCE
    )
    assert tell_inherited() == 1
    assert [who for who, _subject in told()] == ["em"]


def test_each_merger_is_told_for_itself(province):
    earlier(asked(province, running(province)))
    middle = body(province, "UBM", "Ủy ban giữa", officer="khanh")
    merge(province.units["UBND"], middle, days=9)
    assert tell_inherited() == 1
    last = body(province, "UBC", "Ủy ban cuối", officer="khanh")
    merge(middle, last, days=2)
    assert tell_inherited() == 1
    assert {subject.split(" (trước")[0][-11:] for _who, subject in told()} == {"Ủy ban giữa"[-11:], "Ủy ban cuối"[-11:]}


def test_each_part_of_a_divided_body_is_told(province):
    earlier(asked(province, running(province)))
    for code, officer in (("UBA", "em"), ("UBB", "khanh")):
        merge(province.units["UBND"], body(province, code, code, officer=officer))
    assert tell_inherited() == 2
    assert [who for who, _subject in told()] == ["em", "khanh"]


@pytest.mark.parametrize("state", ["answered", "settled", "withdrawn", "planned"])
def test_only_what_still_waits_is_inherited(province, state):
    request = earlier(asked(province, running(province)))
    SupportRequest.objects.filter(pk=request.pk).update(state=state)
    merge(province.units["UBND"], body(province, "UBM", officer="khanh"))
    assert tell_inherited() == 0


def test_what_was_asked_after_the_merger_went_to_the_new_body_and_is_not_told_again(province):
    request = asked(province, running(province))
    merge(province.units["UBND"], body(province, "UBM", officer="khanh"), days=9)
    SupportRequest.objects.filter(pk=request.pk).update(opened_at=timezone.now())
    assert tell_inherited() == 0


def test_merger_recorded_late_is_told_of_what_went_to_the_old_body_in_between(province):
    asked(province, running(province))
    merge(province.units["UBND"], body(province, "UBM", officer="khanh"), days=60)
    assert tell_inherited() == 1


def test_merger_ahead_is_told_on_its_day(province):
    asked(province, running(province))
    merge(province.units["UBND"], body(province, "UBM", officer="khanh"), days=-2)
    assert tell_inherited() == 0
    UnitSuccession.objects.update(happened_on=today())
    Unit.objects.filter(code="UBND").update(ended_on=today())
    reminders.daily(QueuedJob(kind=reminders.DAILY))
    assert [who for who, _subject in told()] == ["khanh"]


def test_body_that_ended_without_a_successor_tells_nobody(province):
    earlier(asked(province, running(province)))
    Unit.objects.filter(code="UBND").update(ended_on=today())
    assert tell_inherited() == 0


def test_recording_a_merger_tells_the_successor_at_once(province, django_capture_on_commit_callbacks):
    earlier(asked(province, running(province)))
    new = body(province, "UBM", officer="khanh")
    merged = {"predecessors": [province.units["UBND"]], "successor": new, "on": today(), "document": DOCUMENT}
    units.succeed_unit(**merged, actor=province.users["phuc"])
    job = QueuedJob.objects.get(kind=units.SUCCEEDED)
    assert told() == []
    outbox.drain()
    job.refresh_from_db()
    assert (job.status, [who for who, _subject in told()]) == ("done", ["khanh"])


def test_successor_answers_from_the_letter_and_nothing_waits_any_more(client, province):
    earlier(asked(province, running(province)))
    merge(province.units["UBND"], body(province, "UBM", officer="khanh"))
    tell_inherited()
    user = anew(province, "khanh")
    client.force_login(user)
    letter = Message.objects.get(recipient=user)
    assert client.get(letter.url).status_code == 200
    request = SupportRequest.objects.get()
    support.answer_support(request=request, answer="Đã ban hành.", version=request.version, actor=user)
    assert row_of(province, "khanh") is None
    again = advance(fresh(request), "ask_again", actor=province.users["an"], version=fresh(request).version, note="Lại")
    assert access.roles_on(user, again, fresh=True) >= {"officer"}
    assert row_of(province, "khanh") is not None
    assert tell_inherited() == 0
