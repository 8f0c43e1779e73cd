"""Remarks by clause as the asking side reads them while answers come in."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from criteria.forms.consulting.consultations import RemarkFilterForm
from criteria.models import Clause, Consultation, Remark
from criteria.selectors.consulting import consultations as asking
from criteria.selectors.consulting import remarks as selectors
from criteria.selectors.consulting import synthesis


class ConsultationClausesView(DetailView):
    """Every clause with the numbers of its remarks and its strip; the words of each clause to open."""

    template_name = "criteria/consultation_clauses.html"
    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "consultation"

    def get_queryset(self) -> QuerySet[Consultation]:
        """What I may read; the numbers are for the asking side."""
        return asking.visible_to(self.request.user)

    def get_object(self, queryset: Any = None) -> Consultation:
        """403 for who is asked himself."""
        row = super().get_object(queryset)
        if not asking.asks(self.request.user, row):
            raise PermissionDenied(_("Only the asking body sees the remarks of all."))
        return row

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The clauses."""
        row = self.object
        return super().get_context_data(
            title=_("Remarks by clause"),
            lead=row.title,
            heats=selectors.heats_of(row),
            back_url=reverse("criteria:consultation_detail", args=[row.uuid]),
            back_label=_("The consultation"),
            **kwargs,
        )


class ClauseRemarksView(ListView):
    """What was remarked on one clause, by whom."""

    template_name = "criteria/clause_remarks.html"
    paginate_by = 50

    @cached_property
    def clause(self) -> Clause:
        """A clause of a consultation that I ask; 404 otherwise."""
        return get_object_or_404(selectors.clauses_asked_by(self.request.user), uuid=self.kwargs["uuid"])

    def get_queryset(self) -> QuerySet[Remark]:
        """Filtered by the address."""
        return selectors.of_clause(self.clause, kind=self.request.GET.get("kind", ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of the clause above its remarks."""
        consultation = self.clause.text.consultation
        return super().get_context_data(
            title=self.clause.label,
            lead=self.clause.text.title,
            clause=self.clause,
            filter_form=RemarkFilterForm(self.request.GET or None),
            has_synthesis=consultation.state in synthesis.CLOSED,
            back_url=reverse("criteria:consultation_clauses", args=[consultation.uuid]),
            back_label=_("Remarks by clause"),
            **kwargs,
        )
