"""Days whose nature a document changed."""

from django.contrib import admin

from criteria.admin.reading import KeptAdmin
from criteria.models import SwappedDay


@admin.register(SwappedDay)
class SwappedDayAdmin(KeptAdmin):
    """A working Saturday, or a day off swapped for it; the public holidays themselves are known."""

    list_display = ("day", "is_working", "document")
    list_filter = ("is_working",)
    search_fields = ("document",)
    date_hierarchy = "day"
