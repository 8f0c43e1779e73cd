"""Reminders of what is to be studied: to who has not, to heads of bodies that lag, once for each threshold."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from criteria.models import Dissemination
from criteria.selectors.reaching import disseminations as selectors
from criteria.services.reaching import disseminations, study_letters
from criteria.tasks import send_reminders
from orgs.models import Appointment, Membership, Message, Person, User
from orgs.services.transitions import advance
from tests.criteria.coverage import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(province):
    """Sở Kế hoạch và Đầu tư and Sở Y tế are to study; the letters of its beginning are out of the way."""
    made = sent.opened(province, "SKH", "SYT")
    Message.objects.all().delete()
    return made


def told(row, days_left):
    """{(username, subject)} of the reminders with so many days left."""
    Message.objects.all().delete()
    study_letters.send_reminders(today=row.due_on - timedelta(days=days_left))
    return {(message.recipient.username, message.subject) for message in Message.objects.select_related("recipient")}


def own(found):
    return {name for name, subject in found if subject.startswith("Cần nghiên cứu")}


def heads(found):
    return {name for name, subject in found if subject.startswith("Nghiên cứu, quán triệt")}


def accounts_in(province, *codes):
    """Usernames of who works in the bodies, and of the members of the Party organisations among them."""
    today = timezone.localdate()
    units = [province.units[code].pk for code in codes]
    people = Appointment.objects.current(today).filter(unit__in=units).values("person")
    return set(User.objects.filter(person__in=people, is_active=True).values_list("username", flat=True))


def everybody_studies(province, row, code):
    """A sitting of the body at which everybody was."""
    unit = province.units[code]
    head = {"SKH": "an", "SYT": "dung"}[code]
    disseminations.record_session(
        dissemination=row,
        unit=unit,
        people=list(selectors.people_of(unit)),
        session=sent.session(studied_on=timezone.localdate()),
        actor=province.users[head],
    )


def test_nobody_is_reminded_long_before_the_last_day(row):
    assert told(row, 15) == set()


def test_who_has_not_studied_and_the_heads_are_reminded_before_on_and_after_the_last_day(province, row):
    asked = accounts_in(province, "SKH", "SYT")
    assert len(asked) > 3
    for left, when in ((14, "còn 14 ngày"), (1, "còn 1 ngày"), (0, "hôm nay là hạn cuối"), (-1, "quá hạn 1 ngày")):
        found = told(row, left)
        assert (own(found), heads(found)) == (asked, {"an", "dung"})
        assert {subject for _name, subject in found} == {
            f"Cần nghiên cứu “{row}”: {when}",
            f"Nghiên cứu, quán triệt “{row}” tại đơn vị: {when}",
        }


def test_head_hears_of_the_share_and_of_nobody_by_name(province, row):
    disseminations.acknowledge(dissemination=row, actor=province.users["chi"])
    told(row, 3)
    message = Message.objects.get(recipient=province.users["an"], subject__startswith="Nghiên cứu, quán triệt")
    people = list(selectors.people_of(province.units["SKH"]))
    assert message.body == f"Sở Kế hoạch và Đầu tư: 1/{len(people)} người đã nghiên cứu."
    assert not any(str(person) in message.body for person in people)
    assert (message.due_on, message.url) == (row.due_on, f"/criteria/disseminations/{row.uuid}")


def test_who_has_studied_is_left_alone(province, row):
    before = own(told(row, 7))
    disseminations.acknowledge(dissemination=row, actor=province.users["chi"])
    assert before - own(told(row, 7)) == {"chi"}


def test_head_of_a_body_that_has_done_is_left_alone(province, row):
    everybody_studies(province, row, "SYT")
    found = told(row, 3)
    assert heads(found) == {"an"}
    assert own(found) == accounts_in(province, "SKH")
    everybody_studies(province, row, "SKH")
    assert told(row, 3) == set()


def test_each_threshold_is_told_once(row):
    day = row.due_on - timedelta(days=7)
    first = study_letters.send_reminders(today=day)
    assert first > 4
    assert study_letters.send_reminders(today=day) == 0
    assert study_letters.send_reminders(today=day + timedelta(days=1)) == 0
    assert study_letters.send_reminders(today=row.due_on - timedelta(days=3)) == first


def test_large_number_is_written_in_parts_and_each_person_once(row, monkeypatch):
    monkeypatch.setattr(study_letters, "BATCH", 2)
    found = study_letters.send_reminders(today=row.due_on)
    assert found == Message.objects.count() > 4


def test_head_of_two_bodies_hears_of_each(province, row):
    posts = Appointment.objects.current(timezone.localdate())
    posts.filter(person=province.people["dung"], unit=province.units["SYT"]).update(person=province.people["an"])
    Membership.objects.filter(person=province.people["dung"]).delete()
    told(row, 3)
    rows = Message.objects.filter(recipient=province.users["an"], subject__startswith="Nghiên cứu, quán triệt")
    bodies = {message.body.split(":")[0] for message in rows}
    assert bodies == {"Sở Kế hoạch và Đầu tư", "Sở Y tế"}


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_what_is_not_under_way_reminds_nobody(province, row, state):
    Dissemination.objects.filter(pk=row.pk).update(state=state)
    assert told(row, 0) == set()


def test_text_without_a_last_day_reminds_nobody(row):
    Dissemination.objects.filter(pk=row.pk).update(due_on=None)
    assert study_letters.send_reminders(today=timezone.localdate() + timedelta(days=900)) == 0


def test_closed_by_its_officer_is_reminded_of_no_more(province, row):
    advance(row, "close", actor=province.users["giang"], version=row.version)
    assert told(row, -1) == set()


def test_account_that_is_closed_and_person_who_left_are_left_alone(province, row):
    User.objects.filter(username="chi").update(is_active=False)
    Person.objects.filter(pk=province.people["binh"].pk).update(ended_on=timezone.localdate())
    assert not {"chi", "binh"} & own(told(row, 3))


def test_reminders_cost_the_same_for_some_bodies_and_for_more(province, row):
    def queries():
        Message.objects.all().delete()
        with CaptureQueriesContext(connection) as found:
            study_letters.send_reminders(today=row.due_on)
        return len(found)

    # One body has a head in post, another is led by the head of its committee.
    row.units.create(unit=province.units["TU"])
    some = queries()
    row.units.create(unit=province.units["BTCTU"])
    row.units.create(unit=province.units["CB-SKH"])
    assert queries() == some


def test_task_and_command_remind_of_what_is_to_be_studied(province, row):
    Dissemination.objects.filter(pk=row.pk).update(due_on=timezone.localdate() + timedelta(days=3))
    new = send_reminders()
    assert new == Message.objects.count() > 4
    Message.objects.all().delete()
    out = StringIO()
    call_command("send_reminders", stdout=out)
    assert out.getvalue().startswith(f"{new} ")
