"""The log of results: the list with its two-field form, one result, what two members claim."""

from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import DetailView, ListView, TemplateView

from orgs.selectors.history import history_of
from registrations.forms.results.results import QuickResultForm, ResultFilterForm
from registrations.models import YearResult
from registrations.selectors.results import doubles
from registrations.selectors.results import results as selectors


@method_decorator(never_cache, name="dispatch")
class ResultListView(ListView):
    """My results first; two fields above them keep one more."""

    template_name = "registrations/result_list.html"
    paginate_by = 50

    @cached_property
    def filter_form(self) -> ResultFilterForm:
        """The filters; without any in the address, my own."""
        return ResultFilterForm(self.request.GET or {"whose": "mine"})

    def get_queryset(self) -> QuerySet[YearResult]:
        """As the filters say."""
        return selectors.listed(self.request.user, self.filter_form.filters)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The short form, for who has results of his own."""
        user = self.request.user
        return super().get_context_data(
            title=_("Results of the year"),
            filter_form=self.filter_form,
            quick=QuickResultForm(initial={"done_on": timezone.localdate()}) if user.person_id else None,
            is_told=doubles.keeps_minutes(user),
            **kwargs,
        )


@method_decorator(never_cache, name="dispatch")
class ResultDetailView(DetailView):
    """One result with its evidence, what the superior said, and what this reader may do."""

    template_name = "registrations/result_detail.html"
    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "row"

    def get_queryset(self) -> QuerySet[YearResult]:
        """What I may read."""
        people = ("entered_by__person", "cause_answered_by__person")
        related = (*selectors.RELATED, *people, "measured_by__group__framework")
        return selectors.visible_to(self.request.user).select_related(*related)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the side of the viewer shows and may do."""
        row, user = self.object, self.request.user
        stands = row.withdrawn_at is None
        asks = stands and bool(row.cause)
        return super().get_context_data(
            files=selectors.evidence_of(row),
            may_write=stands and selectors.writes(user, row.subject),
            may_answer=asks and not selectors.reason_against_answering(user, row),
            doubles=doubles.doubles_of(row, user),
            history=history_of(row._meta.label, str(row.uuid)),
            **kwargs,
        )


@method_decorator(never_cache, name="dispatch")
class ResultDoublesView(TemplateView):
    """What two members of a collective claim in one year, for its secretary and its head."""

    template_name = "registrations/result_doubles.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """403 for who keeps no minutes; the year is in the address."""
        if not doubles.keeps_minutes(self.request.user):
            raise PermissionDenied(_("This is shown to the secretary and to the head of the collective."))
        asked = self.request.GET.get("year", "")
        this_year = timezone.localdate().year
        year = int(asked) if asked.isdecimal() and 2000 <= int(asked) <= 2100 else this_year
        found = doubles.doubles_for(self.request.user, (date(year, 1, 1), date(year, 12, 31)))
        years = sorted({*range(this_year - 2, this_year + 1), year}, reverse=True)
        return super().get_context_data(year=year, years=years, doubles=found, **kwargs)
