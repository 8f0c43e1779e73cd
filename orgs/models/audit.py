"""The one history: hash-chained, append-only events, guarded by triggers on both engines."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChainHead(models.Model):
    """The last link of a chain; locked last in every transaction that appends."""

    chain = models.CharField(max_length=60, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"{self.chain} {self.seq}"


class AuditEvent(models.Model):
    """One act: who, in which role, did what to which object. `payload` is the exact text that is hashed.

    Personal text never stands in the payload, only its salted digest; the text itself is an `AuditText`.
    """

    chain = models.CharField(max_length=60)
    seq = models.PositiveBigIntegerField()
    at = models.CharField(max_length=32)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=200)
    role = models.CharField(max_length=40, blank=True)
    unit_path = models.CharField(max_length=300, blank=True)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    payload = models.TextField()
    prev = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="orgs_audit_chain_seq")]
        indexes = [models.Index(fields=["object_type", "object_id"], name="orgs_audit_object")]
        ordering = ["id"]
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")

    def __str__(self) -> str:
        return f"{self.chain} {self.seq} {self.action}"


class AuditText(models.Model):
    """A personal text behind a digest in an event: erasable without breaking the chain."""

    event = models.ForeignKey(AuditEvent, models.PROTECT, related_name="texts")
    key = models.CharField(max_length=40)
    salt = models.CharField(max_length=32)
    value = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "key"], name="orgs_audit_text_key")]

    def __str__(self) -> str:
        return self.key
