"""The outbox: jobs written in the business transaction, drained by a worker or in process."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import record


class QueueState(models.TextChoices):
    """Where a job stands; `waiting` includes those that will be tried again."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class QueuedJob(record.Record):
    """A piece of work that follows a committed act. `dedup_key` makes asking twice the same as asking once."""

    kind = models.CharField(max_length=60)
    dedup_key = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="jobs")
    title = record.NfcCharField(max_length=300, blank=True)
    status = models.CharField(max_length=12, choices=QueueState.choices, default=QueueState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(db_index=True)
    lease_until = models.DateTimeField(null=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    result = models.ForeignKey("orgs.StoredFile", models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["status", "next_at"], name="orgs_queue_due")]
        ordering = ["-id"]
        verbose_name = _("queued job")
        verbose_name_plural = _("queued jobs")

    def __str__(self) -> str:
        return self.title or self.kind


class QueuedItem(models.Model):
    """One item of a batch; a run that is resumed skips what is done."""

    job = models.ForeignKey(QueuedJob, models.PROTECT, related_name="items")
    key = models.CharField(max_length=100)
    status = models.CharField(max_length=12, choices=QueueState.choices, default=QueueState.WAITING)
    file = models.ForeignKey("orgs.StoredFile", models.PROTECT, null=True, related_name="+")
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "key"], name="orgs_queue_item_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.key
