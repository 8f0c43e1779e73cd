"""The table of a large consultation: what was made of it, what is being made, asking for it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import DetailView

from criteria.models import Consultation
from criteria.selectors.consulting import synthesis as selectors
from criteria.selectors.consulting import synthesis_jobs
from criteria.services.consulting import synthesis_jobs as services
from orgs.models import Forbidden, Refusal
from orgs.services import idempotency
from orgs.views import errors


@method_decorator(never_cache, name="dispatch")
class SynthesisTableFilesView(DetailView):
    """Each form of the table: made when, by whom, being made, or to be asked for."""

    template_name = "criteria/synthesis_table_files.html"
    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "consultation"

    def get_queryset(self) -> QuerySet[Consultation]:
        """Those whose opinions I put together."""
        return selectors.under_synthesis(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The size, and what was made."""
        row = self.object
        may_keep = row.state in (selectors.SUBMITTED, selectors.FINISHED)
        return super().get_context_data(
            title=_("Table of remarks and answers"),
            size=synthesis_jobs.size_of(row),
            made=synthesis_jobs.made_of(row, may_keep=may_keep),
            back_url=reverse("criteria:synthesis_detail", args=[row.uuid]),
            back_label=_("Synthesis of the opinions"),
            **kwargs,
        )


class SynthesisTableAskView(View):
    """POST: have the table made in one form, and watch it being made."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """Ask for it once, then the page of the job."""
        row = get_object_or_404(selectors.under_synthesis(request.user), uuid=uuid)
        form = request.POST.get("form", "")
        try:
            job = idempotency.carry_out_once(
                key=request.POST.get("idempotency_key", ""),
                user=request.user,
                action=f"{synthesis_jobs.KIND}.{row.uuid}",
                body=request.POST,
                act=lambda: str(services.ask_table(consultation=row, form=form, actor=request.user).uuid),
            )
        except Forbidden as refusal:
            return errors.refused(request, refusal)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("criteria:synthesis_table_files", args=[row.uuid]))
        return HttpResponseRedirect(reverse("orgs:job_detail", args=[job]))
