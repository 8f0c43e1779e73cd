"""Regulations to be read, and the province's rule by which each person gets one form."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from criteria.admin.reading import KeptAdmin, ReadAdmin
from criteria.models import FormRule, Regulation
from criteria.selectors import law
from criteria.selectors.regulations import parsed


@admin.register(Regulation)
class RegulationAdmin(ReadAdmin):
    """A regulation in readable form; what waits to be confirmed stands first, with the question to ask."""

    list_display = ("number", "title", "in_force_from", "in_force_until", "open_count", "used_at")
    search_fields = ("number", "title", "key")
    fields = ("key", "number", "title", "issued_on", "in_force_from", "in_force_until", "used_at", "open_lines", "text")

    @admin.display(description=_("to be confirmed"))
    def open_count(self, row: Regulation) -> int:
        """How many lines wait for an answer."""
        return len(law.open_lines(parsed(row)))

    @admin.display(description=_("to be confirmed"))
    def open_lines(self, row: Regulation) -> SafeString:
        """Each line with its question."""
        return render_to_string("criteria/_open_lines.html", {"open_lines": law.open_lines(parsed(row))})

    @admin.display(description=_("what it says"))
    def text(self, row: Regulation) -> SafeString:
        """Conditions, quota, dates, procedure, forms, each with clause and standing."""
        text = parsed(row)
        forms = law.LawChapter(str(_("Forms")), law.form_lines(text.forms))
        chapters = [*law.conditions(text), law.quota(text), law.dates(text), law.procedure(text), forms]
        return render_to_string("criteria/_law_chapters.html", {"chapters": chapters})


@admin.register(FormRule)
class FormRuleAdmin(KeptAdmin):
    """The first row that fits gives the form. A row to be confirmed shows what to ask."""

    list_display = (
        "order", "provincial_code", "form_key", "regulation", "is_leading", "is_head", "is_managed_at_top",
        "managing_authority", "position", "line", "is_confirmed",
    )  # fmt: skip
    list_display_links = ("provincial_code",)
    list_filter = ("regulation", "is_confirmed")
    list_select_related = ("regulation", "managing_authority", "position")
    readonly_fields = ("question",)
