"""Idempotent acts and settings of the installation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import record


class IdempotencyKey(models.Model):
    """A form that was carried out: the same key with the same body answers the same, with another body is refused."""

    key = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    action = models.CharField(max_length=80)
    request_sha256 = models.CharField(max_length=64)
    response_ref = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key


class Setting(record.Record):
    """A choice of this installation (see orgs/selectors/settings.py for the keys), with the document behind it."""

    key = models.CharField(_("key"), max_length=80, unique=True)
    value = models.JSONField(_("value"))
    document = record.NfcCharField(_("document"), max_length=300, blank=True)

    class Meta:
        ordering = ["key"]
        verbose_name = _("setting")
        verbose_name_plural = _("settings")

    def __str__(self) -> str:
        return self.key
