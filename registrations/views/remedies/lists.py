"""The list of named shortcomings: one's own, and the picture of who leads or keeps the register."""

from collections.abc import Iterator
from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import ListView

from orgs.models import Forbidden, Refusal, Stale
from orgs.services import idempotency
from orgs.views import errors
from orgs.views.acts import read_uuids, read_version
from registrations.forms.remedies.remedies import RemedyFilterForm
from registrations.models import Shortcoming
from registrations.selectors.remedies import remedies as selectors
from registrations.services.remedies import closing


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
        """The whole picture above the list, whatever the filters leave of it; which rows I may close."""
        counts = selectors.counts_of(selectors.visible_to(self.request.user).filter(is_none=False))
        context = super().get_context_data(filter_form=self.filter_form, counts=counts, **kwargs)
        return context | {"closable": selectors.closable(context["page_obj"], self.request.user)}


class RemedyCloseView(RemedyListView):
    """POST: close the ticked rows in one act; the address carries the filters of the list from which it came."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """The filters and pages of a refused list lead back to the list itself."""
        kept = request.GET.urlencode()
        return HttpResponseRedirect(f"{reverse('registrations:remedy_list')}?{kept}".rstrip("?"))

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """All or none; a refusal is the same list with the reasons above it and the ticks as they were."""
        try:
            closed = idempotency.carry_out_once(
                key=request.POST.get("idempotency_key", ""),
                user=request.user,
                action="remedy.close_many",
                body=request.POST,
                act=lambda: str(len(closing.close_remedies(ticked=self._ticked(), actor=request.user))),
            )
        except Forbidden as refusal:
            return errors.refused(request, refusal)
        except Refusal as refusal:
            return self._refused(refusal)
        told = ngettext("%(count)s matter was closed.", "%(count)s matters were closed.", int(closed))
        messages.success(request, told % {"count": closed})
        return HttpResponseRedirect(self._back())

    def _ticked(self) -> Iterator[closing.Ticked]:
        # Read row by row, so that the right is asked before anybody is told which rows there are.
        post = self.request.POST
        wanted = set(read_uuids(post.getlist("row")))
        rows = list(selectors.named(self.request.user).filter(uuid__in=wanted))
        if len(rows) != len(wanted):
            raise Stale(_("A ticked row is no longer among those that you read. Open the list again."))
        for row in rows:
            yield closing.Ticked(row, read_version(post.get(f"version-{row.uuid}", "")))

    def _refused(self, refusal: Refusal) -> HttpResponse:
        self.object_list = self.get_queryset()
        reasons = [{"text": reason} for reason in getattr(refusal, "reasons", [str(refusal)])]
        context = self.get_context_data(reasons=reasons, ticked=set(self.request.POST.getlist("row")))
        nothing_chosen = refusal.field == "row"
        status = HTTPStatus.UNPROCESSABLE_ENTITY if nothing_chosen else HTTPStatus.CONFLICT
        return self.render_to_response(context, status=status)

    def paginate_queryset(self, queryset: QuerySet[Shortcoming], page_size: int) -> tuple[Any, ...]:
        """The last page where the one of the address is empty by now."""
        page = self.get_paginator(queryset, page_size).get_page(self.request.GET.get("page"))
        return page.paginator, page, page.object_list, page.has_other_pages()

    def _back(self) -> str:
        # The page of the list may be empty by now; the filters stay.
        kept = self.request.GET.copy()
        kept.pop("page", None)
        return f"{reverse('registrations:remedy_list')}?{kept.urlencode()}".rstrip("?")
