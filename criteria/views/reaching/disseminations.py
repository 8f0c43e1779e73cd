"""Reading disseminations: the list, one with the share of each body, a body by name for its head, the workbook."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import DetailView, ListView

from criteria.documents.shares import shares_workbook
from criteria.forms.reaching.disseminations import DisseminationFilterForm
from criteria.models import Dissemination
from criteria.selectors.reaching import disseminations as selectors
from criteria.selectors.reaching import study_shares
from criteria.selectors.reaching.outside import people_outside
from criteria.views.writing import acts_of
from orgs import roles
from orgs.models import Person, Unit
from orgs.selectors.keyset import PAGE
from orgs.views.downloads import workbook

ACTS = {"open": "criteria:dissemination_open", "close": "criteria:dissemination_close"}


class DisseminationListView(ListView):
    """What was sent out to be studied, as far as it concerns me."""

    template_name = "criteria/dissemination_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Dissemination]:
        """Searched by the address."""
        rows = selectors.listed(self.request.user)
        if text := self.request.GET.get("q", "").strip():
            rows = rows.filter(Q(title__icontains=text) | Q(number__icontains=text))
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The filter form, and whether I may send one out."""
        return super().get_context_data(
            title=_("Texts to be studied"),
            filter_form=DisseminationFilterForm(self.request.GET or None),
            may_write=self.request.user.has_perm(f"orgs.{roles.MANAGE_PLANS}"),
            **kwargs,
        )


class DisseminationDetailView(DetailView):
    """What to study, until when, my own act; below it the share of each body that I may look at."""

    template_name = "criteria/dissemination_detail.html"
    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "dissemination"

    def get_queryset(self) -> QuerySet[Dissemination]:
        """What I may read."""
        return selectors.visible_to(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The text, what I have done, the bodies page by page, the acts."""
        row, user = self.object, self.request.user
        acts = acts_of(row, user, ACTS)
        only = Dissemination.objects.filter(pk=row.pk)
        bodies = selectors.bodies_seen_by(user, row)
        shares = study_shares.shares_of(only, bodies)
        own = selectors.acknowledged_by(row, user)
        prepares = selectors.prepares(user, row)
        return super().get_context_data(
            title=row.title,
            materials=selectors.materials_of(row),
            own=own,
            own_body=None if own else selectors.body_of(row, user),
            page_obj=Paginator(shares, PAGE).get_page(self.request.GET.get("page")),
            total=study_shares.total_of(only, bodies) if shares else None,
            acts=acts,
            may_edit=bool(acts) and row.state == selectors.DRAFT,
            may_urge=row.state == selectors.OPEN and prepares,
            outside=people_outside() if prepares and shares else 0,
            kept=selectors.kept_ids(user, row),
            led=selectors.led_ids(user, row),
            **kwargs,
        )


class DisseminationFileView(View):
    """GET bodies.xlsx: every body that the page shows, in its order."""

    def get(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """The workbook."""
        row = get_object_or_404(selectors.visible_to(request.user), uuid=uuid)
        only, bodies = Dissemination.objects.filter(pk=row.pk), selectors.bodies_seen_by(request.user, row)
        shares = study_shares.shares_of(only, bodies)
        if not shares:
            raise PermissionDenied(_("You look after no body that is addressed here."))
        content = shares_workbook(row, shares, study_shares.total_of(only, bodies))
        return workbook(content, "quan-triet")


class DisseminationNamesView(ListView):
    """Who of a body has studied and who has not, by name: for its head alone."""

    template_name = "criteria/dissemination_names.html"
    paginate_by = 50

    @cached_property
    def dissemination(self) -> Dissemination:
        """The one in the address."""
        return get_object_or_404(selectors.visible_to(self.request.user), uuid=self.kwargs["uuid"])

    @cached_property
    def unit(self) -> Unit:
        """The body in the address, among those that I see; for its head alone."""
        bodies = selectors.bodies_seen_by(self.request.user, self.dissemination)
        unit = get_object_or_404(bodies, uuid=self.kwargs["unit"])
        if not selectors.leads(self.request.user, unit):
            raise PermissionDenied(_("Who has studied is shown by name to the head of the body alone."))
        return unit

    def get_queryset(self) -> QuerySet[Person]:
        """The people of the body."""
        return selectors.by_name(self.dissemination, self.unit)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the page."""
        return super().get_context_data(
            title=self.unit.name,
            lead=self.dissemination.title,
            dissemination=self.dissemination,
            unit=self.unit,
            may_record=self.dissemination.state == selectors.OPEN,
            back_url=reverse("criteria:dissemination_detail", args=[self.dissemination.uuid]),
            back_label=_("The dissemination"),
            **kwargs,
        )
