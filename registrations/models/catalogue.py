"""The report about the catalogue of registered works: drafted from the figures of a day, numbered, sent, then fixed."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import Collective, Unit, record


class CatalogueReport(record.Record):
    """A report of the body that keeps the catalogue to the body that directs (letter 2026-CV/TU, 2).

    `content` holds the figures and rows as they stood when the draft was last brought up to date: {"figures": {...},
    "fields": [[label, count]], "works": [[...]], "stuck": [[...]]}. It no longer changes once `sent_at` is set.
    """

    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="catalogue_reports", verbose_name=_("reporting body"))
    collective = models.ForeignKey(
        Collective, models.PROTECT, related_name="catalogue_reports", verbose_name=_("reported to")
    )
    addressee = record.NfcCharField(_("sent to"), max_length=300)
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2018)])
    number = record.NfcCharField(_("number"), max_length=80, blank=True)
    written_on = models.DateField(_("date"), null=True, blank=True)
    opening = record.NfcTextField(_("opening"), blank=True)
    assessment = record.NfcTextField(_("assessment"), blank=True)
    requests = record.NfcTextField(_("what is asked of the superior"), blank=True)
    signatory_title = record.NfcCharField(_("title of the signatory"), max_length=200, blank=True)
    signatory = record.NfcCharField(_("signed by"), max_length=200, blank=True)
    content = models.JSONField(default=dict)
    counted_on = models.DateField(_("figures of"))
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "number", "year"],
                condition=~models.Q(number=""),
                name="registrations_report_number_once",
            )
        ]
        ordering = ["-id"]
        verbose_name = _("report on registered works")
        verbose_name_plural = _("reports on registered works")

    def __str__(self) -> str:
        return self.number or f"{self.issuer} · {self.year}"
