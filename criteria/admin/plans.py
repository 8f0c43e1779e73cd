"""Plans and cycles, to be read; they are written on their own pages."""

from django.contrib import admin

from criteria.admin.reading import ReadAdmin, ReadInline, StateFilter
from criteria.models import Cycle, CycleFramework, FocusTopic, Milestone, Plan


class MilestoneInline(ReadInline):
    """The dates of a plan."""

    model = Milestone
    fields = ("step", "due_on", "line", "unit_kind", "unit", "is_closing", "edition", "note")


class FocusTopicInline(ReadInline):
    """The topics of the year."""

    model = FocusTopic
    fields = ("order", "title", "document")


@admin.register(Plan)
class PlanAdmin(ReadAdmin):
    """A plan with its dates and topics."""

    list_display = ("title", "issuer", "year", "number", "issued_on", "status")
    list_filter = ("year", StateFilter)
    search_fields = ("title", "number", "issuer__name")
    list_select_related = ("issuer",)
    fields = ("title", "issuer", "parent", "year", "number", "issued_on", "status", "content")
    inlines = (MilestoneInline, FocusTopicInline)


class CycleFrameworkInline(ReadInline):
    """The frameworks of a cycle."""

    model = CycleFramework
    fields = ("framework",)


@admin.register(Cycle)
class CycleAdmin(ReadAdmin):
    """A cycle as it was opened."""

    list_display = ("code", "title", "regulation", "period_start_on", "period_end_on", "status")
    list_filter = (StateFilter, "period_kind")
    search_fields = ("code", "title")
    list_select_related = ("regulation",)
    fields = (
        "code", "title", "plan", "regulation", "period_kind", "period_start_on", "period_end_on", "roster_on", "status",
        "opened_at", "closed_at",
    )  # fmt: skip
    inlines = (CycleFrameworkInline,)
