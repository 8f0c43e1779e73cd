"""What is to be reviewed: the head of the body decides too, and is reminded with its officers until it is decided."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from criteria.models import Framework, Revisit
from criteria.selectors import preparers
from criteria.selectors.frameworks import revisits as selectors
from criteria.services.frameworks import frameworks, revisit_letters, revisits
from criteria.tasks import send_reminders
from orgs import roles
from orgs.models import Appointment, AuditEvent, Forbidden, Message, RoleGrant, Stale
from orgs.services.transitions import advance
from tests.cast import SINCE

pytestmark = pytest.mark.django_db
REASON = "Rà soát theo Công văn 1823-CV/TU."


def fresh(row):
    return type(row).objects.get(pk=row.pk)


@pytest.fixture
def asked(frames):
    """Sở Y tế (head Dũng, officer Khánh) looks at its framework again: a new one stands above."""
    above = frames.issued()
    frames.issue(frames.child(above), "khanh", "07-KH/SYT")
    frames.issue(frameworks.copy_framework(framework=above, actor=frames.user("giang")), number="02-HD/TU")
    above = fresh(above)
    advance(above, "supersede", actor=frames.user("giang"), version=above.version)
    Message.objects.all().delete()
    return Revisit.objects.get()


def decide(frames, row, decision, name="dung", **more):
    given = {"reason": REASON, "version": fresh(row).version, **more}
    return revisits.decide_revisit(revisit=row, decision=decision, actor=frames.user(name), **given)


def another_head(frames, name="em"):
    """Dũng leads Sở Y tế no longer; somebody else does from today."""
    today = timezone.localdate()
    was = Appointment.objects.current(today).get(person=frames.province.people["dung"], is_head=True)
    Appointment.objects.filter(pk=was.pk).update(ended_on=today - timedelta(days=1))
    seats = frames.province.people["dung"].memberships
    seats.update(ended_on=today - timedelta(days=1))
    return Appointment.objects.create(
        person=frames.province.people[name],
        unit=was.unit,
        position=was.position,
        is_head=True,
        started_on=SINCE,
        document="QĐ 15-QĐ/TU",
    )


def told(row, days_left):
    """{username: subject} of the reminders with so many days left."""
    Message.objects.all().delete()
    revisit_letters.send_reminders(today=row.due_on - timedelta(days=days_left))
    return {message.recipient.username: message.subject for message in Message.objects.select_related("recipient")}


@pytest.mark.parametrize("decision", ["keep", "amend", "replace"])
def test_head_decides_and_the_officers_learn_of_it(frames, asked, decision):
    done = decide(frames, asked, decision)
    assert (done.decision, done.decided_by, done.decided_on) == (decision, frames.user("dung"), timezone.localdate())
    message = Message.objects.get(recipient=frames.user("khanh"))
    labels = {"keep": "Giữ nguyên", "amend": "Sửa đổi", "replace": "Thay thế"}
    assert message.subject == f"Đã quyết định về “{asked.framework}”: {labels[decision]}"
    assert (message.body, str((done.successor or asked.framework).uuid) in message.url) == (REASON, True)
    assert not Message.objects.filter(recipient=frames.user("dung")).exists()
    assert AuditEvent.objects.get(action="revisit.decided").actor == frames.user("dung")


def test_draft_of_a_decision_of_the_head_is_written_by_the_officers(frames, asked):
    made = decide(frames, asked, "amend").successor
    assert (made.state, made.issuer.code, made.parent) == ("draft", "SYT", asked.parent_after)
    assert frameworks.save_criterion(framework=made, row=frames.example()[0]).pk
    # The head does not write frameworks: only this decision is his.
    for act in (frameworks.copy_framework, frameworks.concretise_framework):
        given = {"framework": asked.framework}
        given |= {"issuer": asked.framework.issuer} if act is frameworks.concretise_framework else {}
        with pytest.raises(Forbidden):
            act(**given, actor=frames.user("dung"))
    assert Framework.objects.filter(issuer__code="SYT").count() == 2


def test_officer_who_decides_himself_is_not_told(frames, asked):
    decide(frames, asked, "keep", "khanh")
    assert not Message.objects.filter(subject__startswith="Đã quyết định").exists()


def test_heads_of_other_bodies_and_those_who_asked_do_not_decide(frames, asked):
    for name in ("giang", "an", "chi", "em", "ha", "nga", "binh", "tu"):
        with pytest.raises(Forbidden):
            decide(frames, asked, "keep", name)
    assert fresh(asked).decision == ""


def test_second_of_head_and_officer_finds_it_decided(frames, asked):
    decide(frames, asked, "keep", "khanh")
    for version in (1, 2):
        with pytest.raises(Stale):
            decide(frames, asked, "amend", version=version)
    assert (fresh(asked).decision, Framework.objects.filter(issuer__code="SYT").count()) == ("keep", 1)


def test_who_leads_the_body_today_decides_and_who_led_it_only_reads(frames, asked):
    another_head(frames)
    with pytest.raises(Forbidden):
        decide(frames, asked, "keep")
    assert selectors.visible_to(frames.user("dung")).filter(pk=asked.pk).exists()
    assert selectors.visible_to(frames.user("em")).filter(pk=asked.pk).exists()
    assert decide(frames, asked, "keep", "em").decided_by == frames.user("em")


def test_head_decides_on_the_page_and_stays_where_he_may_read(frames, login, asked):
    detail, act = (reverse(f"criteria:revisit_{name}", args=[asked.uuid]) for name in ("detail", "decide"))
    assert act in login("dung").get(detail).content.decode()
    sent = {"decision": "amend", "reason": REASON, "version": 1, "idempotency_key": "a"}
    assert login("dung").post(act, {**sent, "reason": " "}).status_code == 200
    assert login("an").post(act, sent).status_code == 404
    assert login("giang").post(act, sent).status_code == 403
    assert fresh(asked).decision == ""
    assert login("dung").post(act, sent).url == detail
    made = fresh(asked).successor
    body = login("dung").get(detail).content.decode()
    page = reverse("criteria:framework_detail", args=[made.uuid])
    assert (str(made) in body, page in body, act in body) == (True, False, False)
    assert page in login("khanh").get(detail).content.decode()
    assert login("dung").post(act, {**sent, "idempotency_key": "b"}).status_code == 409


def test_officer_goes_on_to_the_draft_that_he_decided(frames, login, asked):
    act = reverse("criteria:revisit_decide", args=[asked.uuid])
    sent = {"decision": "replace", "reason": REASON, "version": 1, "idempotency_key": "a"}
    answer = login("khanh").post(act, sent)
    assert answer.url == reverse("criteria:framework_detail", args=[fresh(asked).successor.uuid])


def test_head_and_officers_are_reminded_before_on_and_after_the_last_day(frames, asked):
    assert told(asked, 15) == {}
    words = f"Cần rà soát lại “{asked.framework}”"
    for left, when in ((14, "còn 14 ngày"), (7, "còn 7 ngày"), (0, "hôm nay là hạn cuối"), (-1, "quá hạn 1 ngày")):
        assert told(asked, left) == {"khanh": f"{words}: {when}", "dung": f"{words}: {when}"}
    message = Message.objects.filter(recipient=frames.user("dung")).get()
    assert (message.due_on, message.url) == (asked.due_on, reverse("criteria:revisit_detail", args=[asked.uuid]))
    assert str(asked.parent_before) in message.body


def test_each_threshold_is_told_once(asked):
    day = asked.due_on - timedelta(days=7)
    assert revisit_letters.send_reminders(today=day) == 2
    assert revisit_letters.send_reminders(today=day) == 0
    assert revisit_letters.send_reminders(today=day + timedelta(days=1)) == 0
    assert revisit_letters.send_reminders(today=asked.due_on - timedelta(days=3)) == 2
    assert revisit_letters.send_reminders(today=asked.due_on + timedelta(days=30)) == 2
    assert revisit_letters.send_reminders(today=asked.due_on + timedelta(days=60)) == 0


def test_what_is_decided_and_what_has_no_last_day_reminds_nobody(frames, asked):
    Revisit.objects.update(due_on=None)
    assert revisit_letters.send_reminders(today=timezone.localdate() + timedelta(days=300)) == 0
    Revisit.objects.update(due_on=asked.due_on)
    decide(frames, asked, "keep", "khanh")
    assert told(asked, 0) == {}


def test_who_leads_now_is_reminded_and_who_left_is_not(frames, asked):
    another_head(frames)
    assert set(told(asked, 3)) == {"em", "khanh"}
    frames.province.users["em"].__class__.objects.filter(pk=frames.user("em").pk).update(is_active=False)
    assert set(told(asked, 1)) == {"khanh"}


def test_body_without_an_officer_has_its_head_reminded(frames, asked):
    RoleGrant.objects.filter(role=roles.OFFICER, unit__code="SYT").update(
        ended_on=timezone.localdate() - timedelta(days=1)
    )
    assert set(told(asked, 3)) == {"dung"}


def test_reminders_cost_the_same_for_a_few_bodies_and_for_more(frames, asked):
    def queries(today):
        Message.objects.all().delete()
        with CaptureQueriesContext(connection) as found:
            told_now = revisit_letters.send_reminders(today=today)
        return len(found), told_now

    rows = {"parent_before": asked.parent_before, "asked_on": asked.asked_on, "due_on": asked.due_on}

    def more(code, name):
        Revisit.objects.create(framework=frames.own(code, name, title=f"Khung {code}"), **rows)

    # One body has a head in post, the other is led by the head of its committee.
    more("TU", "giang")
    two = queries(asked.due_on)
    more("SKH", "chi")
    three = queries(asked.due_on)
    assert three[1] > two[1]
    assert three[0] == two[0]


def test_officers_of_many_bodies_are_those_of_each(frames):
    units = list(frames.province.units.values())
    found = preparers.officers_by_body([unit.pk for unit in units])
    for unit in units:
        assert found.get(unit.pk, set()) == set(preparers.officers_of(unit.pk).values_list("pk", flat=True)), unit
    assert any(found.values())


def test_task_and_command_remind_of_what_is_to_be_reviewed(frames, asked):
    Revisit.objects.update(due_on=timezone.localdate() + timedelta(days=3))
    assert send_reminders() == 2
    Message.objects.all().delete()
    out = StringIO()
    call_command("send_reminders", stdout=out)
    assert Message.objects.filter(subject__startswith="Cần rà soát lại").count() == 2
    assert out.getvalue().startswith("2 ")
