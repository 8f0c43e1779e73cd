"""People are told once in the app; by letter at once when it is urgent, else in one digest a day."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from django.utils import timezone

from orgs.models import MailDelivery, Message, QueuedJob, QueueState
from orgs.services import messages, outbox
from orgs.services.messages import Letter, send_digests, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def chi(province):
    user = province.users["chi"]
    user.email = "chi@example.vn"
    user.save()
    return user


@pytest.fixture
def broken_server(monkeypatch):
    def refuse(self, letters):
        raise SMTPException("451 hộp thư đầy")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)


def letter(user, key="a", **more):
    return Letter(user, f"Việc {key}", key, body="Nội dung", url="/", **more)


def test_told_twice_is_told_once(chi, province):
    assert tell([letter(chi), letter(chi), letter(province.users["em"])]) == 2
    assert tell([letter(chi)]) == 0
    assert Message.objects.filter(recipient=chi).count() == 1


def test_digest_goes_out_once_a_day_with_everything_waiting(chi):
    tell([letter(chi, "a"), letter(chi, "b")])
    assert (send_digests(), send_digests()) == (1, 0)
    (sent,) = mail.outbox
    assert sent.to == ["chi@example.vn"]
    assert sent.subject.startswith("Tự Soi: 2 việc ngày")
    assert "Việc a" in sent.body
    assert "Việc b" in sent.body
    tell([letter(chi, "c")])
    assert send_digests() == 0
    assert send_digests(now=timezone.now() + timedelta(days=1)) == 1
    assert "Việc a" not in mail.outbox[1].body
    assert mail.outbox[0].extra_headers["Message-ID"] != mail.outbox[1].extra_headers["Message-ID"]


def test_what_was_read_or_has_no_address_is_not_mailed(chi, province):
    tell([letter(chi), letter(province.users["em"])])
    messages.mark_read(messages=Message.objects.all(), user=chi)
    assert send_digests() == 0
    assert Message.objects.get(recipient=province.users["em"]).read_at is None


def test_urgent_letter_is_mailed_by_the_next_worker_and_not_again_in_the_digest(chi):
    tell([letter(chi, is_urgent=True)])
    assert len(mail.outbox) == 0
    assert outbox.drain() == 1
    assert [row.subject for row in mail.outbox] == ["Việc a"]
    assert send_digests() == 0


def test_failing_server_keeps_the_reason_and_the_digest_is_tried_again(chi, broken_server, monkeypatch):
    tell([letter(chi)])
    assert send_digests() == 0
    row = MailDelivery.objects.get()
    assert (row.sent_at, row.attempts, row.error) == (None, 1, "451 hộp thư đầy")
    monkeypatch.undo()
    assert send_digests() == 1
    row.refresh_from_db()
    assert (row.attempts, row.error) == (2, "")


def test_urgent_letter_is_tried_again_after_a_failure(chi, broken_server, monkeypatch):
    tell([letter(chi, is_urgent=True)])
    outbox.drain()
    job = QueuedJob.objects.get()
    assert (job.status, job.attempts) == (QueueState.WAITING, 1)
    assert job.error.startswith("MailFailed")
    assert MailDelivery.objects.get().error == "451 hộp thư đầy"
    monkeypatch.undo()
    QueuedJob.objects.update(next_at=timezone.now())
    outbox.drain()
    assert len(mail.outbox) == 1
    assert Message.objects.get().mailed_at


def test_letter_that_another_process_is_sending_is_left_to_it(chi):
    tell([letter(chi)])
    assert send_digests() == 1
    MailDelivery.objects.update(sent_at=None, lease_until=timezone.now() + timedelta(minutes=5))
    Message.objects.update(mailed_at=None)
    assert send_digests() == 0
    MailDelivery.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert send_digests() == 1


def test_inbox_shows_ones_own_and_marks_them_read(chi, province, client):
    tell([letter(chi, "a"), letter(province.users["em"], "b")])
    client.force_login(chi)
    page = client.get(reverse("orgs:message_list")).text
    assert "Việc a" in page
    assert "Việc b" not in page
    assert client.post(reverse("orgs:message_read")).status_code == 302
    assert Message.objects.filter(read_at=None).count() == 1


def test_day_that_is_over_is_told_as_a_day_and_one_to_come_as_a_deadline(chi, client):
    today = timezone.localdate()
    tell([letter(chi, "a", due_on=today - timedelta(days=400))])
    tell([letter(chi, "b", due_on=today + timedelta(days=6))])
    client.force_login(chi)
    page = client.get(reverse("orgs:message_list")).text
    assert f"hạn {today - timedelta(days=400):%d/%m/%Y}" in page
    assert "Quá hạn" not in page
    assert "còn 6 ngày" in page
