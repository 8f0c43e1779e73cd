"""Having studied: one's own act, and what the secretary of a body records after a sitting."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from criteria.forms.reaching.disseminations import SessionForm
from criteria.models import Dissemination
from criteria.selectors.reaching import disseminations as selectors
from criteria.services.reaching import disseminations as services
from criteria.views.writing import WriteView
from orgs.models import Refusal, Unit
from orgs.views import errors


class DisseminationAcknowledgeView(View):
    """POST: I have studied it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """Twice is once: what stands is kept."""
        row = get_object_or_404(selectors.visible_to(request.user), uuid=uuid)
        try:
            services.acknowledge(dissemination=row, actor=request.user)
        except Refusal as refusal:
            return errors.refused(request, refusal)
        messages.success(request, _("It is recorded that you have studied this text."))
        return HttpResponseRedirect(reverse("criteria:dissemination_detail", args=[uuid]))


class DisseminationRecordView(WriteView):
    """A sitting of one body with its attendance list."""

    template_name = "base_form.html"
    form_class = SessionForm
    act_name = "dissemination.record"

    @cached_property
    def dissemination(self) -> Dissemination:
        """The one in the address, under way."""
        row = get_object_or_404(selectors.visible_to(self.request.user), uuid=self.kwargs["uuid"])
        if row.state != selectors.OPEN:
            raise PermissionDenied(_("“%(title)s” is not under way: nothing is recorded any more.") % {"title": row})
        return row

    @cached_property
    def unit(self) -> Unit:
        """The body in the address, among those that I see; for who keeps it."""
        bodies = selectors.bodies_seen_by(self.request.user, self.dissemination)
        unit = get_object_or_404(bodies, uuid=self.kwargs["unit"])
        if not selectors.keeps(self.request.user, unit):
            raise PermissionDenied(
                _("Only the head, the secretary or an officer of “%(body)s” records this.") % {"body": unit}
            )
        return unit

    def get_form_kwargs(self) -> dict[str, Any]:
        """The people are those of the body."""
        return {**super().get_form_kwargs(), "unit": self.unit}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        return super().get_context_data(
            title=_("Record a sitting of %(body)s") % {"body": self.unit},
            lead=self.dissemination.title,
            form_enctype="multipart/form-data",
            submit_label=_("Record"),
            cancel_url=self._page(),
            **kwargs,
        )

    def write(self, form: BaseForm) -> str:
        """Record it."""
        services.record_session(
            dissemination=self.dissemination, unit=self.unit, actor=self.request.user, **form.given()
        )
        return self._page()

    def _page(self) -> str:
        return reverse("criteria:dissemination_detail", args=[self.dissemination.uuid])
