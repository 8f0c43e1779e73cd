"""A cycle for who prepares it: how it stands, what would get stuck, and the enrolment."""

from collections import Counter
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from criteria.models import Cycle
from criteria.selectors.rounds import cycles
from criteria.workflow import PREPARING
from orgs import access
from orgs.views.acts import carry_out
from reviews.forms.lists import StuckFilterForm
from reviews.selectors.enrolling.enrolment import EnrolmentPlan
from reviews.selectors.enrolling.stuck import stuck_in
from reviews.selectors.standing.overview import overview_of
from reviews.services.enrolling.enrolment import enrol

PAGE = 50


class CyclePage(View):
    """A page about one cycle; `prepares` closes it to everybody but who prepares the cycle."""

    prepares = True

    @cached_property
    def cycle(self) -> Cycle:
        """The cycle in the address: 404 when invisible, 403 for who only reads it."""
        cycle = get_object_or_404(cycles.visible_to(self.request.user), uuid=self.kwargs["uuid"])
        if self.prepares and not access.roles_on(self.request.user, cycle) & PREPARING:
            raise PermissionDenied(_("Only who prepares this cycle decides who takes part in it."))
        return cycle


class CycleOverviewView(CyclePage):
    """How the cycle stands, as far as the user reads it."""

    prepares = False

    def get(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """Numbers by state and line, and who is late."""
        may_prepare = bool(access.roles_on(request.user, self.cycle) & PREPARING)
        context = {"cycle": self.cycle, "overview": overview_of(self.cycle, request.user), "may_prepare": may_prepare}
        return render(request, "reviews/cycle_overview.html", context)


class CycleStuckView(CyclePage):
    """What would get stuck, kind by kind."""

    def get(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """One page of the rows, filtered by kind."""
        rows = stuck_in(self.cycle)
        counts = Counter(row.kind for row in rows)
        form = StuckFilterForm(request.GET, counts=counts)
        kind = form.cleaned_data["kind"] if form.is_valid() else ""
        chosen = [row for row in rows if not kind or row.kind == kind]
        page = Paginator(chosen, PAGE).get_page(request.GET.get("page"))
        context = {"cycle": self.cycle, "filter_form": form, "page_obj": page, "total": len(rows)}
        return render(request, "reviews/cycle_stuck.html", context)


class CycleEnrolView(CyclePage):
    """The enrolment: what it would do, then the act."""

    def get(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """The counts before anything is written."""
        plan = EnrolmentPlan(self.cycle)
        skipped = Paginator(plan.skipped, PAGE).get_page(request.GET.get("page"))
        context: dict[str, Any] = {
            "cycle": self.cycle,
            "plan": plan,
            "page_obj": skipped,
            "stuck": len(stuck_in(self.cycle, plan)),
            "is_open": self.cycle.state == "open",
        }
        return render(request, "reviews/cycle_enrol.html", context)

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """Enrol everybody once, and say how many."""
        return carry_out(
            request,
            action=f"cycle.enrol.{self.cycle.uuid}",
            act=self._enrol,
            back=lambda: reverse("reviews:cycle_overview", args=[self.cycle.uuid]),
        )

    def _enrol(self) -> str:
        report = enrol(cycle=self.cycle, actor=self.request.user)
        done = ngettext(
            "%(reviews)s review and %(ratings)s ratings were written.",
            "%(reviews)s reviews and %(ratings)s ratings were written.",
            report.created_reviews,
        )
        counts = {"reviews": report.created_reviews, "ratings": report.created_ratings}
        messages.success(self.request, done % counts)
        return f"{report.created_reviews}/{report.created_ratings}"
