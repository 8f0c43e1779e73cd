"""Regulations to be read, confirmed, derived and replaced; the rule by which each person gets one form."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from criteria.admin import regulation_acts as acts
from criteria.admin import regulation_drafts as drafts
from criteria.admin.reading import KeptAdmin, ReadAdmin
from criteria.models import FormRule, Regulation
from criteria.selectors.rules import confirmations, law, law_open, law_points
from criteria.selectors.rules.law_texts import parent_of
from criteria.selectors.rules.regulations import parsed, version_of

PAGES: tuple[tuple[str, str, type[acts.RegulationPage]], ...] = (
    ("derive", "<int:pk>/derive/", acts.DerivePage),
    ("confirm", "<int:pk>/confirm/<str:table>/<str:key>/", acts.ConfirmPage),
    ("withdraw", "<int:pk>/withdraw/<int:confirmation>/", acts.WithdrawPage),
    ("supersede", "<int:pk>/supersede/", acts.SupersedePage),
    ("restore", "<int:pk>/restore/", acts.RestorePage),
    ("issue", "<int:pk>/issue/", acts.IssuePage),
    ("difference", "<int:pk>/difference/", drafts.DifferencePage),
    ("draft", "<int:pk>/draft/", drafts.DeskPage),
    ("rename", "<int:pk>/rename/", drafts.RenamePage),
    ("part", "<int:pk>/draft/<str:part>/", drafts.PartPage),
    ("copy", "<int:pk>/draft/<str:part>/copy/", drafts.CopyPage),
    ("row", "<int:pk>/draft/<str:part>/row/<str:key>/", drafts.PartPage),
    ("leave", "<int:pk>/draft/<str:part>/leave/<str:key>/", drafts.LeavePage),
)


@admin.register(Regulation)
class RegulationAdmin(ReadAdmin):
    """A regulation in readable form; what waits to be confirmed stands first, with the question and the act."""

    list_display = ("number", "title", "standing_now", "in_force_from", "in_force_until", "open_count", "used_at")
    search_fields = ("number", "title", "key")
    change_form_template = "admin/criteria/regulation_form.html"
    fields = (
        "key", "number", "title", "standing_now", "issued_on", "in_force_from", "in_force_until", "parent", "successor",
        "used_at", "text",
    )  # fmt: skip

    def get_urls(self) -> list[URLPattern]:
        """The acts and the pages of drafts."""
        site = self.admin_site
        own = [
            path(address, site.admin_view(page.as_view()), name=f"criteria_regulation_{name}")
            for name, address, page in PAGES
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What waits, what was confirmed, and the acts."""
        row = Regulation.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        more: dict[str, Any] = {}
        if row is not None:
            more = {
                "row": row,
                "seen": version_of(row),
                "open_lines": law_open.open_lines(parsed(row)),
                "confirmed": confirmations.holding(row).order_by("id"),
                "derived_from": parent_of(row),
            }
        return super().change_view(request, object_id, form_url, {**more, **(extra_context or {})})

    @admin.display(description=gettext_lazy("status"))
    def standing_now(self, row: Regulation) -> str:
        """Draft, replaced, illustration or issued."""
        if row.is_draft:
            return _("draft")
        if row.successor_id:
            return _("replaced")
        return _("illustration") if parsed(row).is_illustration else _("issued")

    @admin.display(description=gettext_lazy("to be confirmed"))
    def open_count(self, row: Regulation) -> int:
        """How many lines wait for an answer."""
        return len(law.open_lines(parsed(row)))

    @admin.display(description=gettext_lazy("what it says"))
    def text(self, row: Regulation) -> SafeString:
        """Conditions, points, quota, dates, procedure, forms, each with clause and standing."""
        text = parsed(row)
        points = law_points.points(text)
        forms = law.LawChapter(str(_("Forms")), law.form_lines(text.forms))
        chapters = [
            *law.conditions(text),
            *([points] if points else []),
            *(law.quota(text), law.dates(text), law.procedure(text), forms),
        ]
        return render_to_string("criteria/parts/law_chapters.html", {"chapters": chapters})


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
