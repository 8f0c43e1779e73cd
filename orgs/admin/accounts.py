"""Granted roles and stand-ins; accounts only to be looked up, they are kept on their own pages."""

from django.contrib import admin

from orgs.admin.base import ConfigurationAdmin, Readable
from orgs.models import RoleGrant, StandIn, User


@admin.register(User)
class UserAdmin(Readable):
    """Accounts, to be read and chosen."""

    list_display = ("username", "person", "is_active", "last_login")
    list_select_related = ("person",)
    search_fields = ("username", "person__search")
    ordering = ("username",)
    fields = ("username", "person", "is_active", "is_staff", "must_change_password", "last_login", "date_joined")


@admin.register(RoleGrant)
class RoleGrantAdmin(ConfigurationAdmin):
    """Roles granted over a unit, a collective or everywhere, with dates and a document."""

    list_display = ("user", "role", "unit", "collective", "document", "started_on", "ended_on")
    list_filter = ("role",)
    list_select_related = ("user__person", "unit", "collective")
    search_fields = ("user__username", "user__person__search", "document")
    autocomplete_fields = ("user", "unit", "collective")


@admin.register(StandIn)
class StandInAdmin(ConfigurationAdmin):
    """Who acts for an absent account."""

    list_display = ("absent", "substitute", "document", "started_on", "ended_on")
    list_select_related = ("absent__person", "substitute__person")
    search_fields = ("absent__username", "substitute__username", "document")
    autocomplete_fields = ("absent", "substitute")
