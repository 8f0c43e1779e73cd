"""What every table of ours has in common: a public identity and NFC text."""

import unicodedata
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


def nfc(text: str) -> str:
    """`text` in Unicode normal form C, without stray white space at its ends."""
    return unicodedata.normalize("NFC", text).strip()


class NfcCharField(models.CharField):
    """A line of text, always stored in normal form C."""

    def get_prep_value(self, value: object) -> object:
        """The value as stored: composed letters."""
        prepared = super().get_prep_value(value)
        return nfc(prepared) if isinstance(prepared, str) else prepared


class NfcTextField(models.TextField):
    """A longer text, always stored in normal form C; its line breaks stay."""

    def get_prep_value(self, value: object) -> object:
        """The value as stored: composed letters."""
        prepared = super().get_prep_value(value)
        return unicodedata.normalize("NFC", prepared) if isinstance(prepared, str) else prepared


class Record(models.Model):
    """A row that pages name by `uuid`, so that an address tells nothing about its neighbours."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class DatedQuerySet(models.QuerySet):
    """Rows that hold from a day to a day; an empty end means still in force."""

    def current(self, on: object) -> "DatedQuerySet":
        """Rows in force on the day `on`; the end day itself is the first day out of force."""
        return self.filter(
            models.Q(started_on__isnull=True) | models.Q(started_on__lte=on),
            models.Q(ended_on__isnull=True) | models.Q(ended_on__gt=on),
        )


class DatedRecord(Record):
    """A record that is ended by a date and never deleted."""

    started_on = models.DateField(_("from the day"), null=True, blank=True)
    ended_on = models.DateField(_("until the day"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True)
                | models.Q(started_on__isnull=True)
                | models.Q(ended_on__gte=models.F("started_on")),
                name="%(app_label)s_%(class)s_ends_after_start",
            )
        ]
