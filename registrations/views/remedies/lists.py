"""The list of named shortcomings: one's own, and the picture of who leads or keeps the register."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import ListView

from registrations.forms.remedies.remedies import RemedyFilterForm
from registrations.models import Shortcoming
from registrations.selectors.remedies import remedies as selectors


@method_decorator(never_cache, name="dispatch")
class RemedyListView(ListView):
    """The rows that I read, what is due first, with how many stand where."""

    template_name = "registrations/remedy_list.html"
    paginate_by = 50

    @cached_property
    def filter_form(self) -> RemedyFilterForm:
        """The filters; without any in the address, what is not verified yet."""
        return RemedyFilterForm(self.request.GET or {"state": "unsettled"})

    def get_queryset(self) -> QuerySet[Shortcoming]:
        """As the filters say."""
        return selectors.matching(selectors.named(self.request.user), self.filter_form.filters)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The whole picture above the list, whatever the filters leave of it."""
        counts = selectors.counts_of(selectors.visible_to(self.request.user).filter(is_none=False))
        return super().get_context_data(filter_form=self.filter_form, counts=counts, **kwargs)
