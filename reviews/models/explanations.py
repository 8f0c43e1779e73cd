"""The explanation report (báo cáo giải trình) that answers a prompt, and what was concluded about each matter."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import StoredFile, record
from reviews.models.prompts import PromptItem


class Explanation(record.Record):
    """The answer to one matter: cause, responsibility, remedy, and the day by which it is done.

    A person names the own responsibility and that of the collective; a collective the own and that of the persons
    concerned (Kon Tum 2024, point 2: the responsibility of the collective and of the individuals is fixed).
    """

    item = models.OneToOneField(PromptItem, models.PROTECT, related_name="explanation")
    cause = record.NfcTextField(_("cause"), blank=True)
    responsibility = record.NfcTextField(_("own responsibility"), blank=True)
    shared_responsibility = record.NfcTextField(_("responsibility of the collective, of others"), blank=True)
    remedy = record.NfcTextField(_("remedy"), blank=True)
    remedy_due = models.DateField(_("to be remedied by"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.item)

    @property
    def is_complete(self) -> bool:
        """Cause, both responsibilities, remedy and its day are all there."""
        return all((self.cause, self.responsibility, self.shared_responsibility, self.remedy, self.remedy_due))


class ExplanationFile(record.Record):
    """Evidence that hangs on the explanation of one matter."""

    explanation = models.ForeignKey(Explanation, models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    title = record.NfcCharField(_("what it shows"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title or str(self.file)


class OutcomeMark(models.TextChoices):
    """How clear a matter is after the meeting."""

    CLEAR = "clear", _("Made clear")
    PARTLY = "partly", _("Partly clear")
    UNCLEAR = "unclear", _("Not clear")


class PromptOutcome(record.Record):
    """What was concluded about one matter after the meeting; what is not clear goes on into the next year."""

    item = models.OneToOneField(PromptItem, models.PROTECT, related_name="outcome")
    mark = models.CharField(_("outcome"), max_length=10, choices=OutcomeMark.choices)
    text = record.NfcTextField(_("what was concluded"), blank=True)
    concluded_on = models.DateField(_("concluded on"))
    concluded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.item}: {self.get_mark_display()}"
