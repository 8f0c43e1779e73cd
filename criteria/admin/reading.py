"""What the pages of the administration share: nothing is deleted; some tables are only read."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs.models.documents import WorkflowDocument
from orgs.workflow import WORKFLOWS


def status_of(document: WorkflowDocument) -> str:
    """The state of a document in words."""
    return _(document.state_row.label)


class StateFilter(admin.SimpleListFilter):
    """The states of the document's own procedure, in its order."""

    title = gettext_lazy("status")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        """Name and label of each state."""
        flow = WORKFLOWS[model_admin.model._meta.model_name]
        return [(state.name, _(state.label)) for state in flow.states]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The documents in the chosen state."""
        return queryset.filter(state=self.value()) if self.value() else queryset


class KeptAdmin(admin.ModelAdmin):
    """Nothing is deleted here."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False


class ReadAdmin(KeptAdmin):
    """A table that is written elsewhere; here it is read and searched."""

    @admin.display(description=gettext_lazy("status"), ordering="state")
    def status(self, obj: WorkflowDocument) -> str:
        """The state in words, for documents that have one."""
        return status_of(obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Every field, those that no form may hold among them."""
        return tuple(self.fields or ())

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False


class ReadInline(admin.TabularInline):
    """Rows that are only read."""

    extra = 0
    can_delete = False
    show_change_link = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Every field, those that no form may hold among them."""
        return tuple(self.fields or ())

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False
