"""What every page of the configuration keeps to: nothing is deleted, every change is recorded."""

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from orgs.services import configuration


class Keeps:
    """No deletion, no bulk actions, saved by the service that records who did it."""

    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Rows end by a date and are never deleted."""
        return False

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        """Save and record."""
        configuration.save_row(row=obj, actor=request.user, is_new=not change, changed=form.changed_data)

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: BaseModelFormSet, change: bool) -> None:
        """Save and record each row of an inline table."""
        formset.save(commit=False)
        for row in formset.new_objects:
            configuration.save_row(row=row, actor=request.user, is_new=True, changed=["row"])
        for row, changed in formset.changed_objects:
            configuration.save_row(row=row, actor=request.user, is_new=False, changed=changed)
        formset.save_m2m()


class ConfigurationAdmin(Keeps, admin.ModelAdmin):
    """A table of the configuration."""


class RecordedAdmin(Keeps, SimpleHistoryAdmin):
    """A table whose rows keep their own history besides."""


class Inline(admin.TabularInline):
    """Rows shown within their owner; ended by a date, not deleted."""

    extra = 0
    can_delete = False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Rows end by a date and are never deleted."""
        return False


class Readable(admin.ModelAdmin):
    """A table that is only read."""

    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Written by the house alone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Written by the house alone."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never deleted."""
        return False


class Folded:
    """Search without accents and in any case, as on the pages."""

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Rows whose folded name contains the folded term, or whose code it is."""
        return (queryset.matching(search_term) if search_term.strip() else queryset), False
