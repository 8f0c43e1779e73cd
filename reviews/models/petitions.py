"""Petitions (kiến nghị) against a grade, and how they were concluded."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import StoredFile, record
from reviews.models.ratings import Rating


class Petition(record.Record):
    """What the subject asks to be reconsidered, and the answer of the deciding body or its superior."""

    rating = models.ForeignKey(Rating, models.PROTECT, related_name="petitions")
    text = record.NfcTextField(_("petition"))
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    filed_on = models.DateField(_("filed on"))
    answer = record.NfcTextField(_("answer"), blank=True)
    document = record.NfcCharField(_("document"), max_length=300, blank=True)
    concluded_on = models.DateField(_("concluded on"), null=True, blank=True)
    concluded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        verbose_name = _("petition")
        verbose_name_plural = _("petitions")

    def __str__(self) -> str:
        return str(self.rating)
