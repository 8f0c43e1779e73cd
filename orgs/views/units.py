"""Units: the tree, one unit, and the acts on it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from orgs.forms import units as forms
from orgs.forms.people import EndForm
from orgs.models import Unit
from orgs.selectors import unit_page
from orgs.selectors import units as selectors
from orgs.selectors.keyset import PAGE
from orgs.selectors.record_history import changes_of
from orgs.services import units as services
from orgs.views.people import ActFormView, ChangesPeople, ReadsPeople


class UnitsListView(ReadsPeople, TemplateView):
    """The register of units as a tree."""

    template_name = "orgs/units_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of the tree, counted."""
        query = self.request.GET
        rows = selectors.tree_rows(
            self.request.user, text=query.get("q", ""), line=query.get("line", ""), with_ended="ended" in query
        )
        page = Paginator(rows, PAGE).get_page(query.get("page"))
        page.object_list = selectors.with_counts(page.object_list, timezone.localdate())
        return super().get_context_data(
            filter_form=forms.UnitsFilterForm(query or None), page_obj=page, total=len(rows), **kwargs
        )


class UnitView(TemplateView):
    """Base of the pages about one unit that the account may see."""

    def unit(self) -> Unit:
        """The unit in the address; invisible is not found."""
        rows = selectors.visible_to(self.request.user).select_related("kind", "parent", "party_organisation")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def may_change(self, unit: Unit) -> bool:
        """Whether the account keeps this unit."""
        reach = selectors.changeable_ids(self.request.user)
        return reach is None or unit.pk in reach

    def address(self, unit: Unit) -> str:
        """The page of the unit."""
        return reverse("orgs:unit_detail", args=[unit.uuid])


class UnitDetailView(ReadsPeople, UnitView):
    """What stands above, below, before and after; who works here; its collectives and who rates them."""

    template_name = "orgs/unit_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything in a fixed number of queries."""
        unit, today = self.unit(), timezone.localdate()
        return super().get_context_data(
            unit=unit,
            today=today,
            may_change=self.may_change(unit),
            page=unit_page.of(unit, today),
            events=changes_of(unit),
            **kwargs,
        )


class UnitFormView(ChangesPeople, UnitView, ActFormView):
    """Base of the acts on one unit that the account keeps."""

    template_name = "orgs/register_form.html"
    title, submit_label = "", gettext_lazy("Save")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of the page; the form carries the version of the unit."""
        unit = self.changeable()
        return super().get_context_data(
            title=self.title,
            lead=unit.name,
            document=unit,
            submit_label=self.submit_label,
            cancel_url=self.address(unit),
            **kwargs,
        )

    def changeable(self) -> Unit:
        """The unit; visible but not mine is forbidden with the reason."""
        unit = self.unit()
        if not self.may_change(unit):
            raise PermissionDenied(_("The unit is outside the units that you keep."))
        return unit

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only for who keeps the unit."""
        self.changeable()
        return super().post(request, *args, **kwargs)


class UnitEditView(UnitFormView):
    """Change a unit."""

    form_class = forms.UnitForm
    title = gettext_lazy("Change the unit")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form shows the unit as it is."""
        return {**super().get_form_kwargs(), "instance": self.unit(), "user": self.request.user}

    def carry_out(self, form: forms.UnitForm) -> str:
        """Write the change."""
        values = {name: form.cleaned_data[name] for name in services.FIELDS}
        document = form.cleaned_data["document"]
        unit = services.change_unit(
            unit=self.unit(), values=values, document=document, version=self.version, actor=self.request.user
        )
        return self.address(unit)


class UnitEndView(UnitFormView):
    """End a unit by a date."""

    form_class = EndForm
    title = gettext_lazy("End the unit")
    submit_label = gettext_lazy("End the unit")

    def carry_out(self, form: EndForm) -> str:
        """End it."""
        unit = services.end_unit(unit=self.unit(), version=self.version, actor=self.request.user, **form.cleaned_data)
        return self.address(unit)


class UnitSucceedView(UnitFormView):
    """Let other units become (part of) this one."""

    form_class = forms.SuccessionForm
    title = gettext_lazy("Merge units into this one")
    submit_label = gettext_lazy("Merge")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The units that the account keeps, without this one."""
        return {**super().get_form_kwargs(), "user": self.request.user, "successor": self.unit()}

    def carry_out(self, form: forms.SuccessionForm) -> str:
        """Record the succession."""
        unit = self.unit()
        given = form.cleaned_data
        services.succeed_unit(
            predecessors=list(given["predecessors"]),
            successor=unit,
            on=given["on"],
            document=given["document"],
            actor=self.request.user,
        )
        return self.address(unit)


class UnitCreateView(ChangesPeople, ActFormView):
    """A new unit."""

    template_name = "orgs/register_form.html"
    form_class = forms.UnitForm
    extra_context = {"title": gettext_lazy("New unit")}

    def get_form_kwargs(self) -> dict[str, Any]:
        """The units that the account keeps."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The way back."""
        return super().get_context_data(cancel_url=reverse("orgs:units_list"), **kwargs)

    def carry_out(self, form: forms.UnitForm) -> str:
        """Add the unit."""
        values = {name: form.cleaned_data[name] for name in services.FIELDS}
        unit = services.create_unit(values=values, document=form.cleaned_data["document"], actor=self.request.user)
        return reverse("orgs:unit_detail", args=[unit.uuid])
