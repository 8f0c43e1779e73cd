"""Criteria proposed for the next framework from what was met elsewhere: the words, and where they come from."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from criteria.models.frameworks import Framework
from orgs.models import Unit, record


class CriterionProposal(record.Record):
    """A criterion that an officer proposes for a body's frameworks from a year on (letter 2026-CV/TU, 2).

    `origin` says in words where it comes from; `origin_kind` and `origin_uuid` name the record of a higher floor. It
    waits until a framework takes it up (`framework`, `criterion`) or it is set aside with a reason.
    """

    issuer = models.ForeignKey(
        Unit, models.PROTECT, related_name="criterion_proposals", verbose_name=_("for the frameworks of")
    )
    year = models.PositiveSmallIntegerField(_("from the year"), validators=[MinValueValidator(2018)])
    title = record.NfcTextField(_("proposed criterion"))
    reason = record.NfcTextField(_("why it is proposed"), blank=True)
    origin = record.NfcTextField(_("origin"))
    origin_kind = models.CharField(max_length=80)
    origin_uuid = models.UUIDField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    framework = models.ForeignKey(
        Framework, models.PROTECT, null=True, blank=True, related_name="taken_proposals", verbose_name=_("framework")
    )
    criterion = models.UUIDField(null=True, blank=True)
    set_aside = record.NfcTextField(_("why it is set aside"), blank=True)
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "year", "origin_kind", "origin_uuid"],
                condition=models.Q(set_aside=""),
                name="criteria_proposal_once",
            )
        ]
        indexes = [models.Index(fields=["issuer", "settled_at"], name="criteria_proposal_waiting")]
        ordering = ["id"]
        verbose_name = _("proposed criterion")
        verbose_name_plural = _("proposed criteria")

    def __str__(self) -> str:
        return self.title
