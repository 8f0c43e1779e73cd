"""People, posts, positions, jobs, levels of management."""

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey
from django.forms import ModelChoiceField
from django.http import HttpRequest

from orgs.admin.base import ConfigurationAdmin, Folded, Inline, RecordedAdmin
from orgs.admin.workbooks import WorkbookMixin
from orgs.models import Appointment, Job, ManagingAuthority, Person, Position
from orgs.resources import PersonResource


@admin.register(ManagingAuthority)
class ManagingAuthorityAdmin(ConfigurationAdmin):
    """Levels of management; those kept out of this installation take no people."""

    list_display = ("name", "code", "rank", "advisory_unit", "is_excluded")
    list_select_related = ("advisory_unit",)
    search_fields = ("name", "code")
    autocomplete_fields = ("advisory_unit",)


@admin.register(Position)
class PositionAdmin(ConfigurationAdmin):
    """Positions: which lead, which are equivalent."""

    list_display = ("name", "code", "line", "rank", "peer_code", "is_leading", "is_head")
    list_filter = ("line", "is_leading")
    search_fields = ("name", "code")


@admin.register(Job)
class JobAdmin(ConfigurationAdmin):
    """Jobs (vị trí việc làm)."""

    list_display = ("name", "code")
    search_fields = ("name", "code")


class AppointmentInline(Inline):
    """The posts of a person."""

    model = Appointment
    fields = ("unit", "position", "job", "is_head", "is_main", "started_on", "ended_on", "document")
    autocomplete_fields = ("unit", "position", "job")


@admin.register(Person)
class PersonAdmin(Folded, WorkbookMixin, RecordedAdmin):
    """People with their posts."""

    resource_classes = [PersonResource]
    list_display = ("full_name", "code", "birth_on", "managing_authority", "standing", "ended_on")
    list_filter = ("managing_authority", "standing", "is_party_member")
    list_select_related = ("managing_authority",)
    search_fields = ("full_name", "code")
    autocomplete_fields = ("party_cell",)
    inlines = (AppointmentInline,)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        """Levels that are kept out of this installation cannot be chosen."""
        if db_field.name == "managing_authority":
            kwargs["queryset"] = ManagingAuthority.objects.filter(is_excluded=False)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Appointment)
class AppointmentAdmin(RecordedAdmin):
    """Who holds which post from when to when."""

    list_display = ("person", "position", "job", "unit", "is_head", "started_on", "ended_on")
    list_filter = ("is_head", "is_main")
    list_select_related = ("person", "position", "job", "unit")
    search_fields = ("person__search", "person__code", "unit__search")
    autocomplete_fields = ("person", "unit", "position", "job")
