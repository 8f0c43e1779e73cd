"""Urging (đôn đốc): the letter that lists what is missing, per body, and the telephone log beside each name."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from criteria.models.consultations import Consultation
from criteria.models.cycles import Cycle
from criteria.models.disseminations import Dissemination
from orgs.models import Person, Unit, record


class UrgedMatter(models.TextChoices):
    """What is missing."""

    COVERAGE = "coverage", _("Frameworks of criteria")
    CONSULTATION = "consultation", _("Answers to a consultation")
    DISSEMINATION = "dissemination", _("Study of a text")


class OfMatter(record.Record):
    """What is urged: the coverage of a cycle, the answers to a consultation, or the study of a text; exactly one."""

    matter = models.CharField(pgettext_lazy("urging", "matter"), max_length=20, choices=UrgedMatter.choices)
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, blank=True, related_name="+")
    consultation = models.ForeignKey(Consultation, models.PROTECT, null=True, blank=True, related_name="+")
    dissemination = models.ForeignKey(Dissemination, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    matter="coverage", cycle__isnull=False, consultation__isnull=True, dissemination__isnull=True
                )
                | models.Q(
                    matter="consultation", cycle__isnull=True, consultation__isnull=False, dissemination__isnull=True
                )
                | models.Q(
                    matter="dissemination", cycle__isnull=True, consultation__isnull=True, dissemination__isnull=False
                ),
                name="%(app_label)s_%(class)s_of_one_matter",
            )
        ]


class UrgingLetter(OfMatter):
    """An official letter (công văn đôn đốc) to laggards; drafted by the product, numbered and sent by the officer."""

    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="urging_letters", verbose_name=_("issuer"))
    number = record.NfcCharField(_("number"), max_length=80, blank=True)
    written_on = models.DateField(_("date"), null=True, blank=True)
    due_on = models.DateField(_("to be mended before"), null=True, blank=True)
    text = record.NfcTextField(_("text"), blank=True)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta(OfMatter.Meta):
        ordering = ["-id"]
        verbose_name = _("urging letter")
        verbose_name_plural = _("urging letters")

    def __str__(self) -> str:
        return self.number or str(self.written_on or "")


class UrgingLine(record.Record):
    """One body of the letter: what it lacked on that day, as sentences, and who answers for it, by name."""

    letter = models.ForeignKey(UrgingLetter, models.PROTECT, related_name="lines")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("body"))
    head = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("head"))
    missing = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "unit"], name="criteria_urged_once_a_letter")]
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.unit)


class PhoneCall(OfMatter):
    """One line of the telephone log: called when, who answered, what was promised until when, when to call again."""

    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="phone_calls", verbose_name=_("issuer"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("body"))
    called_at = models.DateTimeField(_("called at"))
    answered_by = record.NfcCharField(_("who answered"), max_length=200, blank=True)
    promised_on = models.DateField(_("promised until"), null=True, blank=True)
    call_again_on = models.DateField(_("call again on"), null=True, blank=True)
    note = record.NfcTextField(_("note"), blank=True)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta(OfMatter.Meta):
        ordering = ["-called_at", "-id"]
        verbose_name = _("telephone call")
        verbose_name_plural = _("telephone calls")

    def __str__(self) -> str:
        return f"{self.unit} {self.called_at:%d/%m/%Y %H:%M}"
