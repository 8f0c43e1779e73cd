"""The summary tables on the screen, as workbook and as PDF: always the very same rows."""

from functools import cached_property
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from criteria.models import Cycle
from criteria.selectors.rounds import cycles
from orgs import roles
from orgs.documents import Table, render_pdf, render_xlsx
from orgs.documents.grid import grid_of
from orgs.models import Collective, Refusal
from orgs.views import errors
from reviews.documents import summary as documents
from reviews.forms.summaries import SummaryFilterForm
from reviews.selectors.papers import summaries

PAGE = 50
LARGEST_PDF = 2000
WRITERS = {
    "xlsx": (render_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pdf": (render_pdf, "application/pdf"),
}


@method_decorator(never_cache, name="dispatch")
class SummaryView(PermissionRequiredMixin, View):
    """What both answers share: the filters of the address and the rows behind them."""

    permission_required = f"orgs.{roles.READ_SUMMARIES}"

    @cached_property
    def cycles(self) -> list[Cycle]:
        """The cycles to choose from, the newest first."""
        rows = cycles.visible_to(self.request.user).exclude(state="preparing")
        return list(rows.order_by("-period_end_on", "-id"))

    @cached_property
    def cycle(self) -> Cycle | None:
        """The cycle in the address, else the newest."""
        code = self.request.GET.get("cycle", "")
        return next((row for row in self.cycles if row.code == code), self.cycles[0] if self.cycles else None)

    @cached_property
    def bodies(self) -> list[Collective]:
        """The deciding bodies to choose from."""
        return list(summaries.bodies_of(self.request.user, self.cycle)) if self.cycle else []

    @cached_property
    def form(self) -> SummaryFilterForm:
        """The filters, cleaned; one that is nonsense counts as not set."""
        given = self.request.GET.copy()
        given.setdefault("table", "statistics")
        given.setdefault("cycle", self.cycle.code if self.cycle else "")
        form = SummaryFilterForm(given, cycles=self.cycles, bodies=self.bodies)
        form.is_valid()
        return form

    @cached_property
    def table(self) -> str:
        """Which of the three tables."""
        return self.form.cleaned_data.get("table") or "statistics"

    @cached_property
    def wanted(self) -> summaries.Wanted:
        """The filters as the selector wants them."""
        clean = self.form.cleaned_data
        body = next((row for row in self.bodies if row.code == clean.get("body")), None)
        return summaries.Wanted(self.cycle, body, clean.get("line", ""), clean.get("unit", ""))

    def rows(self) -> Any:
        """All rows of the table: a queryset, or the lines of the statistics."""
        user = self.request.user
        if self.table == "collectives":
            return summaries.collectives(user, self.wanted)
        if self.table == "individuals":
            return summaries.individuals(user, self.wanted)
        return summaries.statistics(user, self.wanted)

    def summary(self, rows: Any, first: int = 1) -> documents.Summary:
        """Some or all of the rows as the table that is shown and written."""
        if self.table == "collectives":
            return documents.collectives_summary(self.wanted, summaries.body_rows(rows), first=first)
        if self.table == "individuals":
            found = summaries.person_rows(self.request.user, self.wanted, list(rows))
            return documents.individuals_summary(self.wanted, found, first=first)
        return documents.statistics_summary(self.wanted, list(rows))


class SummaryListView(SummaryView):
    """One of the three tables, page by page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page with its filters and the buttons that take the table away."""
        context: dict[str, Any] = {"cycle": self.cycle, "filter_form": self.form, "title": _("Summaries")}
        if self.cycle:
            page: Page = Paginator(self.rows(), PAGE).get_page(request.GET.get("page"))
            summary = self.summary(page.object_list, first=page.start_index())
            context |= {"page_obj": page, "summary": summary, "table": self._cells(summary), "query": self._query()}
        return render(request, "reviews/summary_list.html", context)

    def _query(self) -> str:
        query = self.request.GET.copy()
        query.pop("page", None)
        query["table"], query["cycle"] = self.table, self.cycle.code
        return query.urlencode()

    @staticmethod
    def _cells(summary: documents.Summary) -> dict[str, Any]:
        titles = [f"{column.group}: {column.title}" if column.group else column.title for column in summary.columns]
        grid = grid_of(Table(summary.columns, summary.rows))
        rows = [
            {"is_strong": line.is_strong, "cells": list(zip(titles, line.cells, strict=True))} for line in grid.body
        ]
        return {"head": grid.head, "rows": rows}


class SummaryFileView(SummaryView):
    """GET summaries/file.xlsx or .pdf: every row of the table that the same address shows."""

    def get(self, request: HttpRequest, form: str) -> HttpResponse:
        """The file; a PDF of more than 2000 rows is refused, because nobody could print it."""
        if self.cycle is None or form not in WRITERS:
            raise Http404
        rows = self.rows()
        count = len(rows) if isinstance(rows, list) else rows.count()
        if form == "pdf" and count > LARGEST_PDF:
            refusal = Refusal(_("The table has %d rows; a PDF holds 2000. Narrow it or take the workbook.") % count)
            return errors.refused(request, refusal)
        write, content_type = WRITERS[form]
        content = write(documents.summary_sheet(self.summary(rows), self.cycle))
        name = f"{self.table}-{self.cycle.code}.{form}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
        return HttpResponse(content, content_type=content_type, headers=headers)
