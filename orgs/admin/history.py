"""Settings of the installation, and the one history, which is only read."""

from django.contrib import admin

from orgs.admin.base import ConfigurationAdmin, Readable
from orgs.models import AuditEvent, Setting


@admin.register(Setting)
class SettingAdmin(ConfigurationAdmin):
    """Choices of this installation, with the document behind each."""

    list_display = ("key", "value", "document")
    search_fields = ("key",)


@admin.register(AuditEvent)
class AuditEventAdmin(Readable):
    """Every act, hash-chained; nobody writes here by hand."""

    list_display = ("at", "actor_name", "action", "object_type", "object_id", "chain", "seq")
    search_fields = ("action", "object_id", "actor_name")
    ordering = ("-id",)
