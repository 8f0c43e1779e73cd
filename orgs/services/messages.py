"""Tell people: once in the app, then by e-mail, at once or in one digest for a person and day."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from orgs.models import MailDelivery, Message, QueuedJob, User
from orgs.services import outbox

logger = logging.getLogger(__name__)
SENT, FAILED, ALREADY = "sent", "failed", "already"
# A process that died while it was sending leaves the letter to others after this time.
LEASE = timedelta(minutes=10)


class MailFailed(Exception):
    """The mail server took the letter not; the outbox tries again later."""


@dataclass(frozen=True)
class Letter:
    """What is told: `dedup_key` makes it once per recipient; an urgent one (decision, return) is mailed at once."""

    recipient: User
    subject: str
    dedup_key: str
    body: str = ""
    url: str = ""
    is_urgent: bool = False
    due_on: date | None = None


@transaction.atomic
def tell(letters: Iterable[Letter]) -> int:
    """Write messages into the inboxes, each once; answers how many are new. Urgent ones are mailed after the commit."""
    rows = [
        Message(
            recipient=letter.recipient,
            subject=letter.subject[:300],
            body=letter.body,
            url=letter.url,
            dedup_key=f"{letter.recipient.pk}:{letter.dedup_key}"[:200],
            is_urgent=letter.is_urgent,
            due_on=letter.due_on,
        )
        for letter in letters
    ]
    known = set(
        Message.objects.filter(dedup_key__in=[row.dedup_key for row in rows]).values_list("dedup_key", flat=True)
    )
    fresh = list({row.dedup_key: row for row in rows if row.dedup_key not in known}.values())
    Message.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=500)
    for row in fresh:
        if row.is_urgent and row.recipient.email:
            outbox.enqueue(kind="mail.message", dedup_key=f"mail:{row.dedup_key}"[:200], payload={"key": row.dedup_key})
    return len(fresh)


def mail_message(job: QueuedJob) -> None:
    """Job: mail one urgent message."""
    message = Message.objects.select_related("recipient").get(dedup_key=job.payload["key"])
    if message.mailed_at is not None or not message.recipient.is_active:
        return
    if _deliver(message.recipient, f"message:{message.pk}", message.subject, [message]) == FAILED:
        raise MailFailed(f"message {message.pk}")
    Message.objects.filter(pk=message.pk).update(mailed_at=timezone.now())


def send_digests(*, now: datetime | None = None) -> int:
    """Mail what was not mailed yet: one digest for each person and day; answers how many were sent.

    Exactly once in the app; by e-mail at least once, under a Message-ID that stays the same for the day.
    """
    today = timezone.localdate(now or timezone.now())
    waiting: dict[User, list[Message]] = defaultdict(list)
    rows = Message.objects.filter(mailed_at=None, read_at=None, recipient__is_active=True).exclude(recipient__email="")
    for message in rows.select_related("recipient").order_by("recipient_id", "due_on", "id"):
        waiting[message.recipient].append(message)
    sent = 0
    for recipient, messages in waiting.items():
        subject = _("Tự Soi: %(count)d matters on %(day)s") % {
            "count": len(messages),
            "day": today.strftime("%d/%m/%Y"),
        }
        if _deliver(recipient, f"digest:{today.isoformat()}", subject, messages) == SENT:
            Message.objects.filter(pk__in=[row.pk for row in messages]).update(mailed_at=timezone.now())
            sent += 1
    return sent


def _deliver(recipient: User, key: str, subject: str, messages: list[Message]) -> str:
    """Send under the key of the delivery, once; a failure is kept with its reason and tried again by the next run.

    Answers SENT, FAILED, or ALREADY: it went out before, or another process is sending it now.
    """
    delivery, _created = MailDelivery.objects.get_or_create(
        key=f"{recipient.pk}:{key}",
        defaults={
            "recipient": recipient,
            "subject": subject,
            "message_id": f"<{recipient.uuid}.{key.replace(':', '.')}@tusoi>",
        },
    )
    now = timezone.now()
    free = MailDelivery.objects.filter(Q(lease_until=None) | Q(lease_until__lt=now), pk=delivery.pk, sent_at=None)
    if not free.update(lease_until=now + LEASE, attempts=F("attempts") + 1):
        return ALREADY
    with override(recipient.language or settings.LANGUAGE_CODE):
        text = render_to_string(
            "orgs/mail.txt", {"messages": messages, "base": settings.PUBLIC_URL, "recipient": recipient}
        )
    mail = EmailMessage(subject, text, to=[recipient.email], headers={"Message-ID": delivery.message_id})
    try:
        mail.send()
    except (OSError, SMTPException) as error:
        delivery.error = str(error)[:1000]
        logger.warning("Mail to account %s failed: %s", recipient.pk, error)
    else:
        delivery.sent_at, delivery.error = timezone.now(), ""
    delivery.lease_until = None
    delivery.save(update_fields=["lease_until", "error", "sent_at"])
    return SENT if delivery.sent_at else FAILED


@transaction.atomic
def mark_read(*, messages: Iterable[Message], user: User) -> int:
    """Mark one's own messages as read."""
    own = Message.objects.filter(pk__in=[row.pk for row in messages], recipient=user, read_at=None)
    return own.update(read_at=timezone.now())


def register() -> None:
    """Register the job that mails an urgent message; called from `AppConfig.ready`."""
    outbox.register_handler("mail.message", mail_message)
