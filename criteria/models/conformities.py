"""What an officer put on record about the conformity of a framework: confirmed texts, exceptions, the look again."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from criteria.models.frameworks import Criterion, Framework, Level
from orgs.models import Person, record


class LevelConfirmation(record.Record):
    """An officer of the parent's issuer confirmed by a document that the changed text of a level is not loosened.

    It holds for the text with this digest, read beside the parent's text with the digest `above_sha256`; where either
    is changed, another confirmation is needed.
    """

    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="confirmations", verbose_name=_("criterion"))
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    text_sha256 = models.CharField(max_length=64, editable=False)
    above_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    document = record.NfcCharField(_("document"), max_length=300)
    confirmed_on = models.DateField(_("confirmed on"))
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "level", "text_sha256", "above_sha256"], name="criteria_texts_confirmed_once"
            )
        ]
        ordering = ["id"]
        verbose_name = _("confirmation of a changed level")
        verbose_name_plural = _("confirmations of changed levels")

    def __str__(self) -> str:
        return f"{self.criterion.code} {self.get_level_display()}: {self.document}"


class ConformityException(record.Record):
    """One breach that may stand: the document that allows it and the reason; `path` is as the check names it."""

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="exceptions", verbose_name=_("framework"))
    code = models.CharField(_("code"), max_length=30)
    path = models.CharField(pgettext_lazy("path", "place"), max_length=200)
    document = record.NfcCharField(_("document"), max_length=300)
    reason = record.NfcTextField(_("reason"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["framework", "code", "path"], name="criteria_exception_once")]
        ordering = ["id"]
        verbose_name = _("exception from conformity")
        verbose_name_plural = _("exceptions from conformity")

    def __str__(self) -> str:
        return f"{self.code} {self.path}: {self.document}"


class RevisitDecision(models.TextChoices):
    """What a body decides about its framework once the one above it has changed."""

    KEEP = "keep", _("Keep as it is")
    AMEND = "amend", _("Amend")
    REPLACE = "replace", _("Replace")


class Revisit(record.Record):
    """A framework is to be looked at again, because its parent was superseded (letter 1823-CV/TU, 2.3).

    `head` answers for it, by name, as of the day on which it was asked. Open until `decision` is given.
    """

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="revisits", verbose_name=_("framework"))
    parent_before = models.ForeignKey(Framework, models.PROTECT, related_name="+", verbose_name=_("parent until then"))
    parent_after = models.ForeignKey(
        Framework, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("parent from then on")
    )
    head = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("head"))
    asked_on = models.DateField(_("asked on"))
    due_on = models.DateField(pgettext_lazy("last day", "until"), null=True, blank=True)
    decision = models.CharField(_("decision"), max_length=10, choices=RevisitDecision.choices, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reason = record.NfcTextField(_("reason"), blank=True)
    successor = models.ForeignKey(
        Framework,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("framework", "successor"),
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["framework", "parent_before"], name="criteria_revisit_once"),
            models.CheckConstraint(
                condition=models.Q(decision="", decided_on__isnull=True)
                | ~models.Q(decision="") & models.Q(decided_on__isnull=False),
                name="criteria_revisit_decided_on_a_day",
            ),
        ]
        ordering = ["due_on", "id"]
        verbose_name = _("framework to be looked at again")
        verbose_name_plural = _("frameworks to be looked at again")

    def __str__(self) -> str:
        return str(self.framework)
