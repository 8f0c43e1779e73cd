"""Reports on the catalogue: drafted, worded, sent, on paper; and proposing a criterion from one row."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import DetailView, ListView

from criteria.views.writing import WriteView
from orgs.models import Refusal, Stale
from orgs.services import idempotency
from orgs.services.versions import Paper
from orgs.views import errors
from orgs.views.acts import read_version
from orgs.views.downloads import letter as word_file
from orgs.views.papers import PaperView
from registrations.forms.catalogue.reports import ReportForm, ReportStartForm
from registrations.models import CatalogueReport
from registrations.selectors.catalogue import reports as selectors
from registrations.services.catalogue import reports as services

NAME = "bao-cao-viec-dang-ky"


class ReportListView(ListView):
    """The reports of my body, and those that were sent to a body for which I record."""

    template_name = "registrations/report_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[CatalogueReport]:
        """The newest first."""
        return selectors.visible_to(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether I may begin one."""
        return super().get_context_data(
            title=_("Reports on registered works"),
            may_report=selectors.may_report(self.request.user),
            back_url=reverse("registrations:catalogue"),
            back_label=_("Catalogue of registered works"),
            **kwargs,
        )


class ReportCreateView(WriteView):
    """Begin a report from today's catalogue."""

    template_name = "base_form.html"
    form_class = ReportStartForm
    act_name = "catalogue_report.create"

    def get_form_kwargs(self) -> dict[str, Any]:
        """The bodies and years; 403 with the reason where there is none."""
        issuers = selectors.issuers_for(self.request.user)
        if not issuers.exists():
            raise PermissionDenied(_("Only an officer of a body that has received registrations reports on them."))
        return {
            **super().get_form_kwargs(),
            "issuers": issuers,
            "readers": selectors.readers_for(issuers),
            "years": selectors.years_for(issuers),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        return super().get_context_data(
            title=_("Report on registered works"),
            lead=_("The draft is made from the catalogue as it stands today; its words can be changed."),
            submit_label=_("Draft the report"),
            cancel_url=reverse("registrations:report_list"),
            **kwargs,
        )

    def write(self, form: BaseForm) -> str:
        """Draft it and go to it."""
        row = services.draft_report(actor=self.request.user, **form.cleaned_data)
        return reverse("registrations:report_detail", args=[row.uuid])


class ReportDetailView(DetailView):
    """One report: its figures and words, its paper, its acts."""

    template_name = "registrations/report_detail.html"
    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "report"

    def get_queryset(self) -> QuerySet[CatalogueReport]:
        """What I may read."""
        return selectors.visible_to(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The paper, whether I write it."""
        report, user = self.object, self.request.user
        writes = selectors.written_by_body_of(user).filter(pk=report.pk).exists()
        is_ready = bool(report.number and report.written_on)
        return super().get_context_data(
            title=_("Report on registered works"),
            writes=writes,
            is_draft=report.sent_at is None,
            is_ready=is_ready and bool(report.signatory),
            is_outdated=selectors.is_outdated(report),
            shelf=selectors.shelf_of(report, may_produce=writes) if is_ready else None,
            **kwargs,
        )


class ReportWritingView(View):
    """Base of what only the body that reports may do."""

    @cached_property
    def report(self) -> CatalogueReport:
        """The report in the address; visible but not mine to write is 403."""
        found = get_object_or_404(selectors.visible_to(self.request.user), uuid=self.kwargs["uuid"])
        if not selectors.written_by_body_of(self.request.user).filter(pk=found.pk).exists():
            raise PermissionDenied(_("This report is written by the body that issues it."))
        return found

    def page(self) -> str:
        """The page of the report."""
        return reverse("registrations:report_detail", args=[self.report.uuid])

    @property
    def version(self) -> int:
        """The version that the form carried."""
        return read_version(self.request.POST.get("version", ""))


class ReportEditView(ReportWritingView, WriteView):
    """The words of a draft; saving counts its figures again."""

    template_name = "base_form.html"
    form_class = ReportForm
    act_name = "catalogue_report.edit"

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form shows the draft as it stands; a sent report has none."""
        if self.report.sent_at is not None:
            raise PermissionDenied(
                _("The report %(number)s was sent and does not change.") % {"number": self.report.number}
            )
        return {**super().get_form_kwargs(), "report": self.report}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        return super().get_context_data(
            title=_("The words of the report"),
            lead=_("Saving counts the figures again and brings the lists up to date."),
            document=self.report,
            cancel_url=self.page(),
            **kwargs,
        )

    def stale(self, form: BaseForm, refusal: Stale) -> HttpResponse:
        """The same page with what was typed; saving it again is the writer's own choice."""
        form.add_error(None, _("Somebody else saved this in the meantime. Compare, then save again."))
        return self.render_to_response(self.get_context_data(form=form), status=409)

    def write(self, form: BaseForm) -> str:
        """Write it."""
        services.update_report(report=self.report, words=form.words(), version=self.version, actor=self.request.user)
        return self.page()


class ReportSendView(ReportWritingView):
    """POST: send the report."""

    http_method_names = ["post"]
    done = gettext_lazy("The report is sent; who records for the body finds it among the messages.")

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """Once, and back to it; what is not mine to send is 403 or 404 before its version is asked."""
        report = self.report
        try:
            idempotency.carry_out_once(
                key=request.POST.get("idempotency_key", ""),
                user=request.user,
                action=f"catalogue_report.send.{uuid}",
                body=request.POST,
                act=lambda: str(services.send_report(report=report, version=self.version, actor=request.user).version),
            )
        except Refusal as refusal:
            return errors.refused(request, refusal)
        messages.success(request, str(self.done))
        return HttpResponseRedirect(self.page())


class ReportPaperView(PaperView):
    """The report as PDF; kept as a version by the body that issues it."""

    page, name = "registrations:report_detail", NAME

    def rows(self) -> QuerySet[CatalogueReport]:
        """The reports within reach."""
        return selectors.visible_to(self.request.user)

    def paper_of(self, document: CatalogueReport) -> Paper:
        """The paper."""
        return services.report_paper(document)


class ReportDocxView(View):
    """The report as a Word file."""

    def get(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """The file, for who reads the report."""
        found = get_object_or_404(selectors.visible_to(request.user), uuid=uuid)
        return word_file(services.report_docx(found), NAME)
