"""Who rates whom: rules, delegations with their recalls, overrides."""

from django.contrib import admin

from orgs.admin.base import Inline, RecordedAdmin
from orgs.models import AuthorityOverride, AuthorityRule, Delegation, DelegationRecall


@admin.register(AuthorityRule)
class AuthorityRuleAdmin(RecordedAdmin):
    """Rules: the lowest order that matches wins."""

    list_display = (
        "rating_kind",
        "order",
        "managing_authority",
        "position",
        "line",
        "unit",
        "appraising_unit",
        "deciding_collective",
        "ended_on",
    )
    list_filter = ("rating_kind", "line")
    list_select_related = ("managing_authority", "position", "unit", "appraising_unit", "deciding_collective")
    search_fields = ("document",)
    autocomplete_fields = ("position", "unit", "appraising_unit", "copy_unit", "deciding_collective")


class RecallInline(Inline):
    """People taken back from a delegation."""

    model = DelegationRecall
    fields = ("person", "document", "started_on", "ended_on")
    autocomplete_fields = ("person",)


@admin.register(Delegation)
class DelegationAdmin(RecordedAdmin):
    """Delegations: document, scope, term."""

    list_display = ("from_collective", "to_collective", "rating_kind", "document", "started_on", "ended_on")
    list_filter = ("rating_kind",)
    list_select_related = ("from_collective", "to_collective")
    search_fields = ("document",)
    autocomplete_fields = ("from_collective", "to_collective", "position", "unit", "appraising_unit")
    inlines = (RecallInline,)


@admin.register(AuthorityOverride)
class AuthorityOverrideAdmin(RecordedAdmin):
    """The authority over one subject, fixed by a document."""

    list_display = ("__str__", "rating_kind", "deciding_collective", "document", "started_on", "ended_on")
    list_filter = ("rating_kind",)
    list_select_related = ("person", "collective", "unit", "deciding_collective")
    search_fields = ("document", "person__search")
    autocomplete_fields = ("person", "collective", "unit", "appraising_unit", "deciding_collective")
