"""What writing leaves behind: who wrote a criterion last and from which page, and texts that were put aside."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from criteria.models.frameworks import Criterion, Framework
from orgs.models import record


class CriterionPen(record.Record):
    """Who wrote a criterion last and from which open page; `digest` is that of the text as it was left.

    The administration and imports write criteria without it: a text with another digest was changed by them.
    """

    criterion = models.OneToOneField(Criterion, models.PROTECT, related_name="pen", verbose_name=_("criterion"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now=True)
    digest = models.CharField(max_length=64, blank=True)
    last_tab = models.CharField(max_length=40, blank=True)
    seen_tabs = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        verbose_name = _("pen of a criterion")
        verbose_name_plural = _("pens of criteria")

    def __str__(self) -> str:
        return str(self.criterion)


class KeptReason(models.TextChoices):
    """Why a text of a criterion was put aside."""

    CONFLICT = "conflict", _("Somebody else was faster")
    CLOSED = "closed", _("The framework is not being written any more")
    REPLACED = "replaced", _("The texts of the framework above took its place")
    DROPPED = "dropped", _("The criterion was left out")


class KeptCriterion(record.Record):
    """A text of a criterion that does not stand in the framework, and is kept: nothing that was written is lost.

    `criterion` is the identity of the criterion, which may be gone; of a dropped one `content` is the whole.
    """

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="kept_criteria")
    criterion = models.UUIDField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=KeptReason.choices)
    content = models.JSONField(default=dict)
    tab_id = models.CharField(max_length=40, blank=True)
    client_seq = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["framework", "settled_at"], name="criteria_kept_of_framework")]
        ordering = ["-id"]
        verbose_name = _("kept text of a criterion")
        verbose_name_plural = _("kept texts of criteria")

    def __str__(self) -> str:
        return f"{self.content.get('number', '')} {self.content.get('title', '')}".strip()
