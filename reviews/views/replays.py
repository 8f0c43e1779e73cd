"""Replays: ask for one, read it group by group and subject by subject, take it away as a workbook."""

from functools import cached_property
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from criteria.models import Cycle
from criteria.selectors.rounds import cycles
from orgs import roles
from orgs.documents import render_xlsx
from orgs.models import Forbidden, Refusal, Stale
from orgs.services import idempotency
from orgs.views import errors
from reviews.documents.replay import replay_sheet
from reviews.forms.replays import ReplayFilterForm, ReplayForm
from reviews.models import Replay, ReplayLine
from reviews.selectors.papers import replays
from reviews.services.papers.replays import start_replay

PAGE = 50
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ReadsSummaries(PermissionRequiredMixin, View):
    """Only for who reads the summaries."""

    permission_required = f"orgs.{roles.READ_SUMMARIES}"


@method_decorator(never_cache, name="dispatch")
class CycleReplayView(ReadsSummaries):
    """The replays of one closed cycle, and the form that asks for another."""

    @cached_property
    def cycle(self) -> Cycle:
        """The cycle in the address: 404 when invisible, 403 while it is not closed."""
        cycle = get_object_or_404(cycles.visible_to(self.request.user), uuid=self.kwargs["uuid"])
        if cycle.state != replays.CLOSED:
            raise PermissionDenied(_("Only a closed cycle is judged by another regulation."))
        return cycle

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page."""
        return self._page(ReplayForm(rows=replays.choices_for(self.cycle, request.user)))

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Ask for a replay, and go to where it will stand."""
        form = ReplayForm(request.POST, rows=replays.choices_for(self.cycle, request.user))
        try:
            if form.is_valid():
                return HttpResponseRedirect(reverse("reviews:replay_detail", args=[self._start(form)]))
        except (Stale, Forbidden) as refusal:
            return errors.refused(request, refusal)
        except Refusal as refusal:
            form.add_error(refusal.field or None, str(refusal))
        return self._page(form)

    def _start(self, form: ReplayForm) -> str:
        regulation, user = form.cleaned_data["regulation"], self.request.user
        return idempotency.carry_out_once(
            key=self.request.POST.get("idempotency_key", ""),
            user=user,
            action=f"cycle.replay.{self.cycle.uuid}",
            body=self.request.POST,
            act=lambda: str(start_replay(cycle=self.cycle, regulation=regulation, actor=user).uuid),
        )

    def _page(self, form: ReplayForm) -> HttpResponse:
        rows = replays.visible_to(self.request.user).filter(cycle=self.cycle)
        context = {"cycle": self.cycle, "form": form, "replays": rows}
        return render(self.request, "reviews/cycle_replay.html", context, status=422 if form.errors else 200)


@method_decorator(never_cache, name="dispatch")
class ReplayPage(ReadsSummaries):
    """A page of one replay."""

    @cached_property
    def replay(self) -> Replay:
        """The replay in the address, 404 when it is out of sight."""
        return get_object_or_404(replays.visible_to(self.request.user), uuid=self.kwargs["uuid"])


class ReplayDetailView(ReplayPage):
    """How the grades would have moved, peer group by peer group, and which facts would have been missing."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """One page of the groups, the whole above them."""
        report = replays.report_of(self.replay, request.user) if self.replay.done_at else []
        moves, missing = replays.total_of(report)
        context: dict[str, Any] = {
            "replay": self.replay,
            "page_obj": Paginator(report, PAGE).get_page(request.GET.get("page")),
            "moves": moves,
            "missing": replays.missing_words(missing),
            "is_stale": self.replay.content_sha256 != self.replay.regulation.content_sha256,
        }
        return render(request, "reviews/replay_detail.html", context)


class ReplaySubjectsView(ReplayPage):
    """The subjects of a replay, all or of one group, all or only those who move."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """One page of them."""
        form = ReplayFilterForm(request.GET)
        clean = form.cleaned_data if form.is_valid() else {}
        page = Paginator(self._rows(clean), PAGE).get_page(request.GET.get("page"))
        context = {
            "replay": self.replay,
            "filter_form": form,
            "group": clean.get("group") or "",
            "page_obj": page,
            "rows": replays.subject_rows(page.object_list),
        }
        return render(request, "reviews/replay_subjects.html", context)

    def _rows(self, clean: dict[str, Any]) -> QuerySet[ReplayLine]:
        rows = replays.lines_of(self.replay, self.request.user)
        return replays.narrowed(rows, group=clean.get("group"), moved=bool(clean.get("moved")))


class ReplayFileView(ReplayPage):
    """GET replays/<uuid>/file.xlsx: every line of the replay that the user may read."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The workbook."""
        rows = replays.subject_rows(replays.lines_of(self.replay, request.user))
        content = render_xlsx(replay_sheet(self.replay, rows))
        name = f"{self.replay.cycle.code}-{self.replay.regulation.in_force_from:%Y%m%d}.xlsx"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
        return HttpResponse(content, content_type=WORKBOOK, headers=headers)
