"""Frameworks: a page lists groups and criteria with their order numbers, each criterion with the link to its page."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from criteria.admin.criteria import OfDraft, SeenInline
from criteria.admin.reading import KeptAdmin, StateFilter, status_of
from criteria.forms.seen import SeenForm
from criteria.models import CriterionGroup, Framework, FrameworkCover, Regulation
from criteria.selectors.frameworks import frameworks as selectors
from criteria.selectors.frameworks.framework_lineage import circle_of
from criteria.selectors.frameworks.framework_pages import is_editable
from criteria.selectors.rules.illustrations import illustrations
from criteria.selectors.rules.regulations import parsed
from criteria.services.frameworks import frameworks as services
from orgs.models import Refusal, Unit


class CriterionGroupInline(SeenInline):
    """The groups in order, each with the link to its page."""

    model = CriterionGroup
    fields = ("order", "number", "title", "group_key", "weight_sum", "is_sum_fixed")
    extra = 1
    can_delete = False
    show_change_link = True


class FrameworkCoverInline(SeenInline):
    """The jobs, positions, collectives and units that it covers; none means everybody below the issuer."""

    model = FrameworkCover
    fields = ("job", "position", "collective", "unit")
    extra = 1


class FrameworkForm(SeenForm):
    """The form that a framework anchors must be one of its regulation; no framework stands above itself."""

    copy_from = forms.ModelChoiceField(
        label=gettext_lazy("Copy groups and criteria from"),
        queryset=Framework.objects.all(),
        required=False,
        help_text=gettext_lazy("Only while the framework has no criteria of its own."),
    )

    class Meta:
        model = Framework
        fields = (
            "title", "issuer", "regulation", "parent", "legal_basis", "subject", "form_key", "marking", "number",
            "issued_on", "line", "managing_authority", "is_submission_required", "is_illustration",
        )  # fmt: skip
        widgets = {"title": AdminTextareaWidget(attrs={"rows": 2})}

    def clean(self) -> dict[str, Any]:
        """Regulation and form belong together; the line of parents runs in no circle."""
        cleaned = super().clean()
        if circle := circle_of(self.instance, cleaned.get("parent")):
            self.add_error("parent", circle)
        if cleaned.get("copy_from") and self.instance.pk and self.instance.groups.exists():
            self.add_error("copy_from", _("This framework has criteria of its own already."))
        if cleaned.get("regulation") and cleaned.get("form_key"):
            known = [form.key for form in parsed(cleaned["regulation"]).forms]
            if cleaned["form_key"] not in known:
                self.add_error("form_key", _("The regulation has the forms: %(forms)s.") % {"forms": ", ".join(known)})
        return cleaned


@admin.register(Framework)
class FrameworkAdmin(OfDraft, KeptAdmin):
    """Written while it is a draft; issued, superseded and copied on its own page or here."""

    form = FrameworkForm
    list_display = ("title", "edition", "form_key", "status", "issuer", "is_illustration")
    list_filter = (StateFilter, "form_key", "regulation", "is_illustration")
    list_select_related = ("issuer", "regulation")
    search_fields = ("title", "number", "issuer__name")
    readonly_fields = ("status", "edition", "copied_from", "frozen_at", "criteria_in_order")
    inlines = (FrameworkCoverInline, CriterionGroupInline)
    actions = ("copy_as_new_version",)
    change_list_template = "admin/criteria/framework_list.html"
    change_form_template = "admin/criteria/seen_form.html"

    def get_fields(self, request: HttpRequest, obj: Framework | None = None) -> tuple[str, ...]:
        """The criteria come with the first save."""
        kept = ("status", "edition", "copied_from", "frozen_at", "criteria_in_order") if obj else ()
        copying = () if obj and (obj.groups.exists() or not is_editable(obj)) else ("copy_from",)
        return (*FrameworkForm.Meta.fields, *copying, *kept)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type:
        """What to copy from is a field of the form, not of the table."""
        kwargs["fields"] = FrameworkForm.Meta.fields
        return super().get_form(request, obj, change, **kwargs)

    @admin.display(description=gettext_lazy("status"), ordering="state")
    def status(self, obj: Framework) -> str:
        """The state in words."""
        return status_of(obj)

    def framework_of(self, obj: Framework) -> Framework:
        """The framework itself."""
        return obj

    def view_on_site(self, obj: Framework) -> str:
        """The page on which it is read, issued and superseded."""
        return reverse("criteria:framework_detail", args=[obj.uuid])

    @admin.display(description=gettext_lazy("criteria"))
    def criteria_in_order(self, obj: Framework) -> SafeString:
        """Groups and criteria with their order numbers, and the links to the criteria's pages."""
        context = {
            "framework": obj,
            "groups": selectors.with_texts(obj),
            "missing": selectors.what_is_missing(obj),
            "is_draft": is_editable(obj),
        }
        return render_to_string("admin/criteria/criteria_in_order.html", context)

    def save_model(self, request: HttpRequest, obj: Framework, form: Any, change: bool) -> None:
        """A new framework begins as a draft."""
        if not change:
            services.begin(obj)
        super().save_model(request, obj, form, change)
        if source := form.cleaned_data.get("copy_from"):
            services.copy_criteria(source=source, framework=obj)

    def response_add(self, request: HttpRequest, obj: Framework, post_url_continue: Any = None) -> Any:
        """Stay on the page, where the groups are."""
        self.message_user(request, _("“%(row)s” was saved.") % {"row": obj})
        return HttpResponseRedirect(reverse("admin:criteria_framework_change", args=[obj.pk]))

    @admin.action(description=gettext_lazy("Copy as a new version"))
    def copy_as_new_version(self, request: HttpRequest, queryset: QuerySet[Framework]) -> None:
        """Each chosen framework becomes a new draft of the next edition."""
        for framework in queryset:
            copied = services.copy_framework(framework=framework, actor=request.user)
            self.message_user(request, _("Made: %(framework)s.") % {"framework": copied}, messages.SUCCESS)

    def get_urls(self) -> list[URLPattern]:
        """The act that adds the examples of the product."""
        add = self.admin_site.admin_view(self.add_illustrations)
        return [path("illustrations/", add, name="criteria_framework_illustrations"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The regulations that have examples, and the bodies that may issue them."""
        more = {
            "illustrated": Regulation.objects.filter(key__in=illustrations()).defer("content"),
            "roots": Unit.objects.without_tree_fields().filter(parent=None).order_by("sort_key"),
        }
        return super().changelist_view(request, {**more, **(extra_context or {})})

    def add_illustrations(self, request: HttpRequest) -> HttpResponseRedirect:
        """POST: draft frameworks from the product's examples, for one body and regulation."""
        back = HttpResponseRedirect(reverse("admin:criteria_framework_changelist"))
        chosen = [request.POST.get(name, "") for name in ("regulation", "issuer")]
        if request.method != "POST" or not all(value.isdecimal() for value in chosen):
            return back
        regulation = Regulation.objects.filter(pk=chosen[0], key__in=illustrations()).first()
        issuer = Unit.objects.without_tree_fields().filter(pk=chosen[1]).first()
        if regulation is None or issuer is None:
            return back
        try:
            made = services.add_illustrations(
                issuer=issuer, regulation=regulation, templates=illustrations()[regulation.key], actor=request.user
            )
        except Refusal as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
        else:
            self.message_user(request, _("Examples added: %(count)s.") % {"count": len(made)}, messages.SUCCESS)
        return back
