"""Groups and criteria of a framework: each criterion's page holds its four texts, with the way back."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import XLSX

from criteria.admin.imports import FrameworkConfirmForm, FrameworkImportForm
from criteria.admin.reading import KeptAdmin
from criteria.forms.seen import SeenForm
from criteria.models import Criterion, CriterionGroup, CriterionLevel, Framework, Level
from criteria.resources.criteria import CriterionResource
from criteria.selectors.frameworks.framework_pages import EDITABLE, is_editable
from criteria.selectors.frameworks.frameworks import item_choices, texts_of
from criteria.services.frameworks import frameworks as services
from criteria.services.frameworks.framework_rows import give_code

FIGURES = {"target": gettext_lazy("target"), "points": gettext_lazy("points")}


class OfDraft:
    """Written only while the framework is a draft; saving leads back to the framework."""

    def framework_of(self, obj: Any) -> Framework:
        """The framework that a row belongs to."""
        raise NotImplementedError

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row; before it is written its framework is locked, so that two savings follow one another."""
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST":
            return found
        services.lock_framework(self.framework_of(found))
        return super().get_object(request, object_id, from_field)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Issued frameworks are only read."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or is_editable(self.framework_of(obj)))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Keep the change in the history of the framework."""
        super().save_related(request, form, formsets, change)
        services.record_change(framework=self.framework_of(form.instance), actor=request.user)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        """Back to the framework, unless another act was asked for."""
        return self._back(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Back to the framework, unless another act was asked for."""
        return self._back(request, obj) or super().response_change(request, obj)

    def _back(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        if "_save" not in request.POST:
            return None
        self.message_user(request, _("“%(row)s” was saved.") % {"row": obj})
        return HttpResponseRedirect(reverse("admin:criteria_framework_change", args=[self.framework_of(obj).pk]))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The way back stands above the form."""
        obj = kwargs.get("obj")
        context["framework"] = self.framework_of(obj) if obj else None
        return super().render_change_form(request, context, *args, **kwargs)


class SeenInline(admin.TabularInline):
    """Rows that notice when somebody else has saved them meanwhile."""

    form = SeenForm

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What the page shows of a row travels with it, hidden."""
        return (*self.fields, "seen")


class CriterionInline(SeenInline):
    """The criteria of a group with their order numbers, each with the link to its page."""

    model = Criterion
    fields = ("order", "number", "code", "title", "item_key", "weight")
    extra = 1
    can_delete = False
    show_change_link = True


@admin.register(CriterionGroup)
class CriterionGroupAdmin(OfDraft, KeptAdmin):
    """A group with its criteria in order."""

    list_display = ("title", "number", "order", "group_key", "framework")
    list_filter = ("framework",)
    list_select_related = ("framework",)
    search_fields = ("title",)
    form = SeenForm
    fields = ("framework", "order", "number", "title", "group_key", "weight_sum", "is_sum_fixed", "cites")
    inlines = (CriterionInline,)
    change_form_template = "admin/criteria/way_back_form.html"

    def framework_of(self, obj: CriterionGroup) -> Framework:
        """Its framework."""
        return obj.framework

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Criteria that came without a code get one."""
        super().save_related(request, form, formsets, change)
        for criterion in form.instance.criteria.filter(code="").order_by("order"):
            give_code(criterion)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only drafts take groups."""
        if db_field.name == "framework":
            kwargs["queryset"] = Framework.objects.filter(state__in=EDITABLE)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class CriterionForm(SeenForm):
    """A criterion with its four texts on one page."""

    class Meta:
        model = Criterion
        fields = (
            "group", "order", "number", "code", "title", "concretises", "is_required", "item_key", "weight",
            "direction", "cites",
        )  # fmt: skip
        widgets = {"title": AdminTextareaWidget(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for level in Level:
            self._add_level(level)
        if self.instance.pk and "item_key" in self.fields:
            self.fields["item_key"] = forms.ChoiceField(
                label=self.fields["item_key"].label,
                required=False,
                choices=item_choices(self.instance.group.framework, self.instance.item_key),
                help_text=gettext_lazy("The level of the form that this criterion anchors."),
            )

    def _add_level(self, level: Level) -> None:
        rows = self.instance.levels.all() if self.instance.pk else ()
        written = next((row for row in rows if row.level == level.value), CriterionLevel())
        self.fields[f"text_{level.value}"] = forms.CharField(
            label=level.label,
            required=False,
            initial=written.text,
            widget=AdminTextareaWidget(attrs={"rows": 4}),
        )
        for name, label in FIGURES.items():
            self.fields[f"{name}_{level.value}"] = forms.DecimalField(
                label=f"{level.label}: {label}",
                required=False,
                initial=getattr(written, name),
                min_value=0,
                localize=True,
                max_digits=CriterionLevel._meta.get_field(name).max_digits,
                decimal_places=2,
            )

    def clean_code(self) -> str:
        """No two criteria of a framework have one code."""
        code = self.cleaned_data["code"].strip()
        group = self.cleaned_data.get("group") or getattr(self.instance, "group", None)
        if code and group:
            others = Criterion.objects.filter(group__framework=group.framework_id, code=code)
            if twin := others.exclude(pk=self.instance.pk).first():
                raise forms.ValidationError(_("“%(criterion)s” has this code already.") % {"criterion": twin})
        return code

    def levels(self) -> dict[str, dict[str, Any]]:
        """Text, target and points by level."""
        return {
            level: {
                "text": self.cleaned_data.get(f"text_{level}", ""),
                **{name: self.cleaned_data.get(f"{name}_{level}") for name in FIGURES},
            }
            for level in Level.values
        }


@admin.register(Criterion)
class CriterionAdmin(ImportExportMixin, OfDraft, KeptAdmin):
    """One criterion: the measure itself, the level of the form it anchors, its four texts."""

    form = CriterionForm
    list_display = ("title", "number", "order", "group", "item_key", "framework_of")
    list_filter = ("group__framework",)
    list_select_related = ("group__framework",)
    search_fields = ("title", "number")
    change_form_template = "admin/criteria/way_back_form.html"
    resource_classes = (CriterionResource,)
    import_form_class = FrameworkImportForm
    confirm_form_class = FrameworkConfirmForm
    formats = (XLSX,)

    def get_fieldsets(self, request: HttpRequest, obj: Criterion | None = None) -> list[tuple[Any, dict[str, Any]]]:
        """The measure, then its four texts; who only reads sees them as text."""
        base = CriterionForm.Meta.fields
        if not self.has_change_permission(request, obj):
            return [(None, {"fields": (*base, "written_texts")})]
        figures = tuple(f"{name}_{level}" for name in FIGURES for level in Level.values)
        return [
            (None, {"fields": base}),
            (_("The four levels"), {"fields": tuple(f"text_{level}" for level in Level.values)}),
            (_("Targets and points"), {"fields": figures}),
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type:
        """The four texts are fields of the form, not of the table."""
        kwargs["fields"] = CriterionForm.Meta.fields
        return super().get_form(request, obj, change, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The texts of an issued framework."""
        return () if self.has_change_permission(request, obj) else ("written_texts",)

    @admin.display(description=gettext_lazy("The four levels"))
    def written_texts(self, obj: Criterion) -> str:
        """The four texts, one under the other."""
        return "\n\n".join(f"{Level(level).label}: {text}" for level, text in texts_of(obj).items())

    @admin.display(description=gettext_lazy("framework"), ordering="group__framework__title")
    def framework_of(self, obj: Criterion) -> Framework:
        """Its framework."""
        return obj.group.framework

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only drafts take criteria."""
        if db_field.name == "group":
            groups = CriterionGroup.objects.filter(framework__state__in=EDITABLE).select_related("framework")
            kwargs["queryset"] = groups.order_by("framework__title", "order")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Criterion, form: CriterionForm, change: bool) -> None:
        """The criterion and its texts; an emptied text is kept as empty, so that issuing names the gap."""
        super().save_model(request, obj, form, change)
        give_code(obj)
        for level, given in form.levels().items():
            is_given = given["text"] or any(given[name] is not None for name in FIGURES)
            if is_given or obj.levels.filter(level=level).exists():
                CriterionLevel.objects.update_or_create(criterion=obj, level=level, defaults=given)

    def get_import_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        """The draft that was chosen in the form."""
        cleaned = getattr(kwargs.get("form"), "cleaned_data", {})
        return {"framework": cleaned.get("framework")}

    def get_import_form_initial(self, request: HttpRequest) -> dict[str, Any]:
        """The draft from whose page one came."""
        chosen = request.GET.get("framework", "")
        return {"framework": chosen} if chosen.isdecimal() else {}

    def get_confirm_form_initial(self, request: HttpRequest, import_form: Any) -> dict[str, Any]:
        """The same draft."""
        initial = super().get_confirm_form_initial(request, import_form)
        if import_form is not None:
            initial["framework"] = import_form.cleaned_data["framework"].pk
        return initial
