"""A shortcoming that was named, what is to be done about it, and who verified that it was."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from criteria.models import Cycle
from orgs.models import Person, record
from orgs.models.documents import WorkflowDocument
from registrations.models.register import RegisteredFact


class Origin(models.TextChoices):
    """Where a shortcoming was named."""

    REGISTER = "register", _("Entered from its document")
    REVIEW = "review", _("Self-review")
    MEETING = "meeting", _("Review meeting")
    PROMPT = "prompt", _("Prompt from above")
    DECISION = "decision", _("Decision on the grade")


class Shortcoming(WorkflowDocument, RegisteredFact):
    """A shortcoming named by a superior, a meeting or an earlier review, and its remedy; or that none was named.

    Without a row nobody knows whether something was named: that is not the same as nothing. `origin_type` and
    `origin_id` say what named it ("reviews.PromptItem", its uuid), `origin_title` in words that stay; `cycle` is the
    round in which it was named, so that it counts from the next one on. `remedied_on` is set by the verification alone.
    """

    is_none = models.BooleanField(_("none was named"), default=False)
    origin = models.CharField(_("named by"), max_length=20, choices=Origin.choices, default=Origin.REGISTER)
    origin_type = models.CharField(max_length=60, blank=True, editable=False)
    origin_id = models.CharField(max_length=60, blank=True, editable=False)
    origin_title = record.NfcCharField(_("named in"), max_length=300, blank=True)
    cycle = models.ForeignKey(
        Cycle, models.PROTECT, null=True, blank=True, related_name="shortcomings", verbose_name=_("named in the cycle")
    )
    measure = record.NfcTextField(_("measure"), blank=True)
    owner = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="shortcomings_to_mend",
        verbose_name=_("who mends it"),
    )
    due_on = models.DateField(_("to be mended by"), null=True, blank=True)
    report = record.NfcTextField(_("report on the remedy"), blank=True)
    reported_at = models.DateTimeField(null=True, editable=False)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    remedied_on = models.DateField(_("remedied on"), null=True, blank=True)
    remedy_document = record.NfcCharField(_("document of the remedy"), max_length=300, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    verified_at = models.DateTimeField(null=True, editable=False)

    class Meta(RegisteredFact.Meta):
        verbose_name = _("named shortcoming")
        verbose_name_plural = _("named shortcomings")
        indexes = [
            models.Index(fields=["origin_type", "origin_id"], name="registrations_named_by"),
            models.Index(fields=["state", "due_on"], name="registrations_remedy_due"),
        ]
