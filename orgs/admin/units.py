"""Units, their kinds, their successions."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from orgs.admin.base import ConfigurationAdmin, Folded, RecordedAdmin
from orgs.admin.workbooks import WorkbookMixin
from orgs.models import Unit, UnitKind, UnitSuccession
from orgs.resources import UnitResource

INDENT = "\u2003"


@admin.register(UnitKind)
class UnitKindAdmin(ConfigurationAdmin):
    """Kinds of units: a reorganisation makes new ones."""

    list_display = ("name", "code", "order")
    search_fields = ("name", "code")


class TreeList(ChangeList):
    """A list in the order of the tree, from the top down, branch by branch; named, so that its pages are stable."""

    def get_queryset(self, *args: Any, **kwargs: Any) -> QuerySet[Unit]:
        """The rows in the order of the tree."""
        return super().get_queryset(*args, **kwargs).order_by("tree_ordering")


@admin.register(Unit)
class UnitAdmin(Folded, WorkbookMixin, RecordedAdmin):
    """Units as a tree."""

    resource_classes = [UnitResource]
    list_display = ("indented", "code", "kind", "line", "started_on", "ended_on")
    list_filter = ("line", "kind")
    list_select_related = ("kind",)
    search_fields = ("name", "code")
    autocomplete_fields = ("parent", "party_organisation")
    fields = ("name", "code", "kind", "line", "parent", "party_organisation", "email", "started_on", "ended_on")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Unit]:
        """In the order of the tree, each with its depth."""
        return super().get_queryset(request).with_tree_fields()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list that keeps the order of the tree."""
        return TreeList

    @admin.display(description=_("name"))
    def indented(self, unit: Unit) -> str:
        """The name behind as many blanks as it stands deep."""
        return f"{INDENT * getattr(unit, 'tree_depth', 0)}{unit.name}"


@admin.register(UnitSuccession)
class UnitSuccessionAdmin(ConfigurationAdmin):
    """Which unit became which."""

    list_display = ("predecessor", "successor", "happened_on", "document")
    list_select_related = ("predecessor", "successor")
    autocomplete_fields = ("predecessor", "successor")
    date_hierarchy = "happened_on"
