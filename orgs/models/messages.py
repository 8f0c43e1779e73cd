"""What the product tells a person: the message in the app is the truth, the e-mail a copy."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import record


class Message(record.Record):
    """One thing told to one account, once (`dedup_key`). Urgent ones are mailed at once, others in the digest."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="messages_received")
    dedup_key = models.CharField(max_length=200, unique=True)
    subject = record.NfcCharField(_("subject"), max_length=300)
    body = record.NfcTextField(_("text"), blank=True)
    url = models.CharField(max_length=300, blank=True)
    is_urgent = models.BooleanField(default=False)
    due_on = models.DateField(null=True)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "-id"], name="orgs_message_inbox"),
            models.Index(fields=["mailed_at"], name="orgs_message_unmailed"),
        ]
        ordering = ["-id"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self) -> str:
        return self.subject


class MailDelivery(record.Record):
    """One e-mail tried: at most one digest for a person and day, urgent ones singly, with a fixed Message-ID."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.CharField(max_length=200, unique=True)
    message_id = models.CharField(max_length=200)
    subject = record.NfcCharField(max_length=300)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("e-mail delivery")
        verbose_name_plural = _("e-mail deliveries")

    def __str__(self) -> str:
        return self.subject
