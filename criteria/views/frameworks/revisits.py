"""Frameworks to be looked at again: the list, one of them, the decision."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from criteria.forms.frameworks.frameworks import RevisitFilterForm, RevisitForm
from criteria.models import Revisit
from criteria.selectors.frameworks import revisits as selectors
from criteria.selectors.frameworks.frameworks import visible_to
from criteria.services.frameworks import revisits as services
from criteria.views.writing import WriteView
from orgs.views.acts import read_version


class RevisitListView(ListView):
    """Those of my bodies, those that my bodies asked for, and those for which I answer."""

    template_name = "criteria/revisit_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Revisit]:
        """Searched and filtered by the address."""
        given = self.request.GET
        return selectors.listed(self.request.user, status=given.get("status", ""), text=given.get("q", "").strip())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The title and the filter."""
        return super().get_context_data(
            title=_("Frameworks to be reviewed"),
            filter_form=RevisitFilterForm(self.request.GET or None),
            **kwargs,
        )


class RevisitDetailView(DetailView):
    """One of them: what has changed above, who answers until when, what was decided."""

    template_name = "criteria/revisit_detail.html"
    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "revisit"

    def get_queryset(self) -> QuerySet[Revisit]:
        """What I may see."""
        return selectors.visible_to(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether I decide, and whether I read what was made of it."""
        made = self.object.successor_id
        return super().get_context_data(
            title=_("Framework to be reviewed"),
            may_decide=selectors.may_decide(self.request.user, self.object),
            may_read_successor=bool(made) and visible_to(self.request.user).filter(pk=made).exists(),
            **kwargs,
        )


class RevisitDecideView(WriteView):
    """Keep, amend or replace."""

    template_name = "base_form.html"
    form_class = RevisitForm
    act_name = "revisit.decide"

    @cached_property
    def revisit(self) -> Revisit:
        """The one of the address, for the head of the body and who prepares for it."""
        found = get_object_or_404(selectors.visible_to(self.request.user), uuid=self.kwargs["uuid"])
        if not found.decision and not selectors.may_decide(self.request.user, found):
            raise PermissionDenied(_("Only who prepares for the body, and its head, decide."))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        return super().get_context_data(
            title=_("Keep, amend or replace"),
            lead=self.revisit.framework,
            document=self.revisit,
            cancel_url=self._page(),
            **kwargs,
        )

    def write(self, form: BaseForm) -> str:
        """Decide; who writes the draft that was made of it goes there, the head back to his page."""
        decided = services.decide_revisit(
            revisit=self.revisit,
            version=read_version(self.request.POST.get("version", "")),
            actor=self.request.user,
            **form.cleaned_data,
        )
        made = decided.successor
        if made and visible_to(self.request.user).filter(pk=made.pk).exists():
            return reverse("criteria:framework_detail", args=[made.uuid])
        return self._page()

    def _page(self) -> str:
        return reverse("criteria:revisit_detail", args=[self.revisit.uuid])
