"""Grades of earlier years: the list, a withdrawal, and their kind of import."""

from typing import Any

from django.db.models import Model, QuerySet
from django.forms import Form
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from orgs.views.imports import ImportKind, register_kind
from registrations.models import PastRating
from registrations.resources.past_years import PastYearsResource
from registrations.selectors.register import past as selectors
from registrations.services.register import facts as services
from registrations.views.register.facts import FactActView, StatesFacts


class PastRatingListView(StatesFacts, ListView):
    """The grades that were brought in from earlier years."""

    template_name = "registrations/past_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[PastRating]:
        """Searched by the address."""
        rows, text = selectors.visible_to(self.request.user), self.request.GET.get("q", "").strip()
        return selectors.matching(rows, text) if text else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The search as the address has it."""
        return super().get_context_data(q=self.request.GET.get("q", ""), **kwargs)


class PastRatingWithdrawView(FactActView):
    """Withdraw a grade that was brought in by mistake, by a document."""

    title = gettext_lazy("Withdraw from the register")

    @cached_property
    def row(self) -> Model:
        """The row, 404 when it is out of reach."""
        return get_object_or_404(selectors.visible_to(self.request.user), uuid=self.kwargs["uuid"])

    def list_address(self) -> str:
        """The list of earlier years."""
        return reverse("registrations:past_list")

    def carry_out(self, form: Form) -> Model:
        """Withdraw it."""
        return services.withdraw_fact(row=self.row, version=self.version, actor=self.request.user, **form.cleaned_data)


def register() -> None:
    """Let the pages of imports take this workbook too; called from `AppConfig.ready`."""
    register_kind(
        "past_years",
        ImportKind(
            PastYearsResource,
            gettext_lazy("Import three earlier years"),
            "registrations:past_import",
            "registrations:past_list",
            selectors.visible_to,
        ),
    )
