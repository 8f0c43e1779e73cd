"""Support asked of a superior body for one work: a task of that body, with a last day and an answer."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import Unit, record
from orgs.models.documents import WorkflowDocument
from registrations.models.works import Work


class SupportRequest(WorkflowDocument):
    """What is asked of one body of the line until a day. It reaches the body once the registration was received."""

    work = models.ForeignKey(Work, models.PROTECT, related_name="support_requests", verbose_name=_("work"))
    body = models.ForeignKey(Unit, models.PROTECT, related_name="support_requests", verbose_name=_("asked of"))
    text = record.NfcTextField(_("what is asked"))
    due_on = models.DateField(_("answer until"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    answer = record.NfcTextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["body", "state"], name="registrations_support_body")]
        ordering = ["due_on", "id"]
        verbose_name = _("support request")
        verbose_name_plural = _("support requests")

    def __str__(self) -> str:
        return self.text

    @property
    def chain(self) -> str:
        """The audit chain of the registration."""
        return self.work.chain

    @property
    def unit_path(self) -> str:
        """The body that is asked."""
        return self.body.code
