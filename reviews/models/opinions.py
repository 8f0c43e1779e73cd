"""Opinions for the appraisal: of the Party committee of the workplace, of related bodies, of the residence."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import StoredFile, Unit, record
from reviews.models.ratings import Grade, Rating


class OpinionKind(models.TextChoices):
    """Whose opinion it is."""

    PARTY_COMMITTEE = "party_committee", _("Party committee of the workplace")
    RELATED_BODY = "related_body", _("Related body")
    FORMER_PLACE = "former_place", _("Former place of work")
    RESIDENCE = "residence", _("Place of residence")


class OpinionStatus(models.TextChoices):
    """Asked, received, or waived with a reason. A residence comment never blocks."""

    ASKED = "asked", _("Asked")
    RECEIVED = "received", _("Received")
    WAIVED = "waived", _("Waived")


class Opinion(record.Record):
    """One opinion on one rating."""

    rating = models.ForeignKey(Rating, models.PROTECT, related_name="opinions")
    kind = models.CharField(_("kind"), max_length=20, choices=OpinionKind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("body"))
    body_name = record.NfcCharField(_("body"), max_length=300, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=OpinionStatus.choices, default=OpinionStatus.ASKED)
    due_on = models.DateField(_("to be given by"), null=True, blank=True)
    text = record.NfcTextField(_("opinion"), blank=True)
    grade = models.CharField(_("proposed grade"), max_length=20, choices=Grade.choices, blank=True)
    document = record.NfcCharField(_("document"), max_length=300, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    waiver_reason = record.NfcTextField(_("reason of the waiver"), blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Set where the head of the former place wrote it himself; empty where the officer entered what came on paper.
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.rating}"
