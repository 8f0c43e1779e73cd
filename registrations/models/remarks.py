"""Remarks that a superior makes during the year, and the answer of who they are about."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import Collective, Person, record


class RemarkKind(models.TextChoices):
    """What a remark says."""

    STRENGTH = "strength", _("Something done well")
    CONCERN = "concern", _("Something to be mended")
    DIRECTION = "direction", _("A reminder for the work")


class RunningRemark(record.Record):
    """One remark (nhận xét xuyên suốt, liên tục: letter 1440-CV/BTCTU) about one person or collective.

    It is no fact and counts in no grade by itself: who decides reads it beside the self-review.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="running_remarks", verbose_name=_("person")
    )
    collective = models.ForeignKey(
        Collective, models.PROTECT, null=True, blank=True, related_name="running_remarks", verbose_name=_("collective")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=RemarkKind.choices)
    made_on = models.DateField(_("day of the remark"))
    text = record.NfcTextField(_("remark"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    author_office = record.NfcCharField(_("in the office of"), max_length=300, blank=True)
    answer = record.NfcTextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawal_reason = record.NfcTextField(_("reason of the withdrawal"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, collective__isnull=True)
                | models.Q(person__isnull=True, collective__isnull=False),
                name="registrations_running_remark_one_subject",
            )
        ]
        ordering = ["-made_on", "-id"]
        verbose_name = _("running remark")
        verbose_name_plural = _("running remarks")

    def __str__(self) -> str:
        return f"{self.subject}: {self.text[:60]}"

    @property
    def subject(self) -> Person | Collective:
        """Whom the remark is about."""
        return self.person or self.collective
