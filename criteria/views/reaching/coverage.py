"""Coverage: the tree with the share of each body, the list of what lacks a framework, both as workbooks."""

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import ListView

from criteria.documents import coverage as documents
from criteria.forms.reaching.coverage import LackFilterForm
from criteria.models import Cycle
from criteria.selectors.plain_tree import PlainUnit
from criteria.selectors.reaching import coverage_pages as pages
from criteria.selectors.reaching.coverage import CoverageBook
from criteria.selectors.reaching.outside import posts_outside
from criteria.selectors.rounds import cycles
from orgs.selectors.keyset import PAGE
from orgs.views.downloads import workbook


class CoverageCyclesView(ListView):
    """The cycles whose coverage one may look at."""

    template_name = "criteria/coverage_cycles.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Cycle]:
        """What I may read, the latest first."""
        return cycles.visible_to(self.request.user).order_by("-period_end_on", "-id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The title."""
        return super().get_context_data(title=_("Coverage"), **kwargs)


class CoverageView(View):
    """Base of the pages: the cycle, the book within my reach, the unit that one has gone down to."""

    @cached_property
    def cycle(self) -> Cycle:
        """The cycle in the address."""
        return get_object_or_404(cycles.visible_to(self.request.user), uuid=self.kwargs["uuid"])

    @cached_property
    def book(self) -> CoverageBook:
        """The coverage as far as I may look; 403 where I may not at all."""
        return CoverageBook(self.cycle, within=pages.units_seen_by(self.request.user, self.cycle))

    @cached_property
    def focus(self) -> PlainUnit | None:
        """The unit that one looks at with all below it; outside my reach it is 404."""
        text = self.request.GET.get("unit", "")
        found = pages.unit_named(self.book, text)
        if text and found is None:
            raise Http404
        return found

    @cached_property
    def form(self) -> LackFilterForm:
        """The filter of the list; a kind that does not exist filters nothing."""
        form = LackFilterForm(self.request.GET)
        form.is_valid()
        return form

    @property
    def kind(self) -> str:
        """Of which kind the list is to be."""
        return self.form.cleaned_data.get("kind", "")

    def context(self, **more: Any) -> dict[str, Any]:
        """What both pages show at their head."""
        query = self.request.GET.copy()
        query.pop("page", None)
        return {
            "title": _("Coverage"),
            "cycle": self.cycle,
            "focus": self.focus,
            "crumbs": pages.crumbs_of(self.book, self.focus),
            "total": self.book.total(self.focus),
            "query": query.urlencode(),
            "may_urge": pages.may_urge(self.request.user),
            "outside": posts_outside(self.cycle) if self.book.is_whole and not self.focus else 0,
            **more,
        }


class CycleCoverageView(CoverageView):
    """The tree: each body with what stands in it and below it, coloured and in words."""

    def get(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """One page of the tree."""
        page = Paginator(self.book.rows(self.focus), PAGE).get_page(request.GET.get("page"))
        return render(request, "criteria/cycle_coverage.html", self.context(page_obj=page))


class CycleCoverageMissingView(CoverageView):
    """What lacks a framework of its own, who answers for it by name, since when he is asked."""

    def get(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """One page of the list."""
        page: Page = Paginator(self.book.lacking(self.focus, self.kind), PAGE).get_page(request.GET.get("page"))
        page.object_list = pages.lack_rows(self.cycle, list(page.object_list), self.book.tree)
        context = self.context(
            page_obj=page,
            filter_form=self.form,
            back_url=reverse("criteria:cycle_coverage", args=[uuid]),
        )
        return render(request, "criteria/cycle_coverage_missing.html", context)


class CycleCoverageFileView(CoverageView):
    """GET coverage/tree.xlsx or coverage/missing.xlsx: every row that the page at the same address shows."""

    def get(self, request: HttpRequest, uuid: str, table: str) -> HttpResponse:
        """The workbook."""
        if table == "tree":
            content = documents.tree_workbook(self.cycle, self.book.rows(self.focus), self.book.total(self.focus))
        else:
            rows = pages.lack_rows(self.cycle, self.book.lacking(self.focus, self.kind), self.book.tree)
            content = documents.missing_workbook(self.cycle, rows)
        return workbook(content, f"do-phu-{self.cycle.code}-{table}")
