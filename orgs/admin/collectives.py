"""Collectives with their members."""

from django.contrib import admin

from orgs.admin.base import Inline, RecordedAdmin
from orgs.models import Collective, Membership


class MembershipInline(Inline):
    """Who sits in a collective, in which part."""

    model = Membership
    fields = ("person", "part", "order", "started_on", "ended_on", "document")
    autocomplete_fields = ("person",)


@admin.register(Collective)
class CollectiveAdmin(RecordedAdmin):
    """Leading collectives and committees."""

    list_display = ("name", "code", "unit", "kind", "is_reviewed", "started_on", "ended_on")
    list_filter = ("kind", "is_reviewed")
    list_select_related = ("unit",)
    search_fields = ("name", "code", "unit__search")
    autocomplete_fields = ("unit",)
    inlines = (MembershipInline,)
