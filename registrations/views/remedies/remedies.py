"""One named shortcoming: where its remedy stands, its plan, the report, the evidence, the moves."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache

from criteria.views.writing import KeptWriteView
from orgs import access, guards
from orgs.selectors.history import history_of
from orgs.views.acts import ActView, read_version
from registrations.forms.remedies.remedies import EvidenceForm, RemedyPlanForm, RemedyReportForm
from registrations.models import Shortcoming
from registrations.selectors.remedies import remedies as selectors
from registrations.services.remedies import remedies as services
from registrations.services.remedies.naming import Plan
from registrations.workflow import MENDING

# Reporting, verifying and withdrawing have pages of their own: they ask for more than a reason.
PLAIN_MOVES = ("return", "close", "reopen")
PAGES = {"report": "remedy_report", "verify": "fact_remedy"}


def visible_row(request: HttpRequest, uuid: str) -> Shortcoming:
    """The shortcoming of the address, 404 when the user does not read it."""
    rows = selectors.visible_to(request.user).select_related(*selectors.RELATED, "reported_by__person")
    return get_object_or_404(rows, uuid=uuid)


@method_decorator(never_cache, name="dispatch")
class RemedyDetailView(View):
    """Where the remedy stands, what to do, what happened."""

    def get(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """The page, with the acts of this reader."""
        row = visible_row(request, uuid)
        held = access.roles_on(request.user, row)
        moves = guards.moves(row, request.user, held)
        context = {
            "row": row,
            "may_write": row.state == selectors.OPEN and bool(held & services.PLANNING),
            "pages": [self._page(move, row) for move in moves if move.name in PAGES],
            "acts": [self._act(move, row) for move in moves if move.name in PLAIN_MOVES],
            "may_withdraw": any(move.name == "withdraw" and move.is_open for move in moves),
            "evidence": selectors.evidence_of(row),
            "history": history_of(row._meta.label, str(row.uuid)),
        }
        return render(request, "registrations/remedy_detail.html", context)

    def _page(self, move: guards.Move, row: Shortcoming) -> dict[str, Any]:
        # What the report lacks is written on the page of the report itself.
        reason = "" if move.name == "report" else " ".join(move.reasons)
        url = reverse(f"registrations:{PAGES[move.name]}", args=[row.uuid])
        return {"label": _(move.label), "url": url, "reason": reason}

    def _act(self, move: guards.Move, row: Shortcoming) -> dict[str, Any]:
        return {
            "name": move.name,
            "label": _(move.label),
            "url": reverse("registrations:remedy_act", args=[row.uuid, move.name]),
            "reason": " ".join(move.reasons),
            "needs_reason": "reason" in move.needs,
            "needs_document": "document" in move.needs,
        }


class RemedyActView(ActView):
    """POST: a plain move of a remedy."""

    def documents(self) -> QuerySet[Shortcoming]:
        """Those that I read."""
        return selectors.visible_to(self.request.user)

    def destination(self, document: Shortcoming) -> str:
        """The shortcoming."""
        return reverse("registrations:remedy_detail", args=[document.uuid])


class RemedyWriteView(KeptWriteView):
    """A page with one form about one open shortcoming."""

    template_name = "registrations/remedy_form.html"
    title = ""
    writers = services.PLANNING

    @cached_property
    def row(self) -> Shortcoming:
        """The shortcoming, 404 when I do not read it."""
        return visible_row(self.request, self.kwargs["uuid"])

    @property
    def version(self) -> int:
        """The version that the form carried."""
        return read_version(self.request.POST.get("version", ""))

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """The form, or 403 with the reason."""
        if self.row.state != selectors.OPEN:
            raise PermissionDenied(_("“%s”: nothing is written here now.") % _(self.row.state_row.label))
        if not access.roles_on(request.user, self.row, among=self.writers):
            raise PermissionDenied(_("Only whom it concerns and who keeps the register write about the remedy."))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The shortcoming; its version goes with the form."""
        shared = {"row": self.row, "document": self.row, "title": self.title, "cancel_url": self.address()}
        return super().get_context_data(**shared, **kwargs)

    def address(self) -> str:
        """The page of the shortcoming."""
        return reverse("registrations:remedy_detail", args=[self.row.uuid])


class RemedyPlanView(RemedyWriteView):
    """What is done about it, by whom, until when."""

    form_class = RemedyPlanForm
    act_name = "remedy.plan"
    title = gettext_lazy("Plan the remedy")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Who can be named."""
        return super().get_form_kwargs() | {"owners": selectors.owners_for(self.row)}

    def get_initial(self) -> dict[str, Any]:
        """As it stands."""
        owner = self.row.owner or self.row.person
        return {"measure": self.row.measure, "owner": owner and str(owner.uuid), "due_on": self.row.due_on}

    def write(self, form: BaseForm) -> str:
        """Keep it."""
        services.plan_remedy(
            row=self.row, plan=Plan(**form.cleaned_data), version=self.version, actor=self.request.user
        )
        return self.address()


class RemedyReportView(RemedyWriteView):
    """Report that it is mended."""

    form_class = RemedyReportForm
    act_name = "remedy.report"
    writers = MENDING
    title = gettext_lazy("Report as mended")

    def get_initial(self) -> dict[str, Any]:
        """What was written before it came back."""
        return {"report": self.row.report}

    def write(self, form: BaseForm) -> str:
        """Send it."""
        services.report_remedy(
            row=self.row, report=form.cleaned_data["report"], version=self.version, actor=self.request.user
        )
        return self.address()


class RemedyEvidenceView(RemedyWriteView):
    """Attach one file."""

    form_class = EvidenceForm
    act_name = "remedy.evidence"
    title = gettext_lazy("Attach evidence")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A form that carries a file."""
        return super().get_context_data(form_enctype="multipart/form-data", **kwargs)

    def write(self, form: BaseForm) -> str:
        """Keep it."""
        services.attach_evidence(
            row=self.row, upload=form.cleaned_data["file"], version=self.version, actor=self.request.user
        )
        return self.address()
