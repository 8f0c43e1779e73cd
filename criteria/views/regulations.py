"""Pages of the law: which regulations there are, and one in readable form."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from criteria.models import Regulation
from criteria.selectors import law, regulations


class RegulationListView(ListView):
    """Every regulation that is loaded."""

    template_name = "criteria/regulation_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Regulation]:
        """The newest first, without the long content."""
        return regulations.visible_to(self.request.user).defer("content").order_by("-in_force_from", "key")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The title."""
        return super().get_context_data(title=_("Regulations"), **kwargs)


class RegulationDetailView(DetailView):
    """One regulation: grades, conditions, quota, dates, forms, each with clause and standing; what is open first."""

    template_name = "criteria/regulation_detail.html"
    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "row"

    def get_queryset(self) -> QuerySet[Regulation]:
        """What I may read."""
        return regulations.visible_to(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The chapters."""
        text = regulations.parsed(self.object)
        return super().get_context_data(
            title=self.object.number,
            lead=self.object.title,
            law=text,
            chapters=[*law.conditions(text), law.quota(text), law.dates(text), law.procedure(text)],
            forms=list(zip(text.forms, law.form_lines(text.forms), strict=True)),
            form_rules=self.object.form_rules.select_related("managing_authority", "position"),
            open_lines=law.open_lines(text),
            **kwargs,
        )
