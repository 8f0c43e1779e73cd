"""An answer that came on paper, entered by the asking side: number, date, scan, remarks in rows."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from criteria.forms.consulting import remarks as forms
from criteria.models import Addressee, Clause
from criteria.selectors.consulting import addressees, consultations
from criteria.services.consulting import paper_answers as services
from criteria.views.writing import WriteView
from orgs.views.acts import read_version


class ReplyPaperView(WriteView):
    """One page without any script: rows are added by a button that keeps what was typed."""

    template_name = "criteria/reply_paper.html"
    form_class = forms.PaperForm
    act_name = "reply.paper"

    @cached_property
    def reply(self) -> Addressee:
        """An addressee of a consultation that I ask and that has not answered; 403 with the reason otherwise."""
        found = get_object_or_404(addressees.visible_to(self.request.user), uuid=self.kwargs["uuid"])
        if not consultations.asks(self.request.user, found.consultation):
            raise PermissionDenied(_("Only the asking body enters answers from paper."))
        if found.state == addressees.REPLIED:
            raise PermissionDenied(_("“%(body)s” has answered already.") % {"body": found})
        if reason := addressees.reason_against_answers(found.consultation):
            raise PermissionDenied(reason)
        return found

    @cached_property
    def clauses(self) -> list[Clause]:
        """The clauses that a row may name."""
        return list(consultations.clauses_of(self.reply.consultation))

    @cached_property
    def rows(self) -> Any:
        """The remarks of the paper."""
        return forms.paper_rows(self.clauses, self.request.POST if self.request.method == "POST" else None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        return super().get_context_data(
            title=_("An answer from paper"),
            lead=str(self.reply),
            document=self.reply,
            rows=self.rows,
            form_enctype="multipart/form-data",
            cancel_url=self._page(),
            **kwargs,
        )

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """The rows must hold as well; the button for more rows saves nothing."""
        if "more" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if not self.rows.is_valid():
            form.add_error(None, _("A remark of the paper must be mended."))
            return self.form_invalid(form)
        return super().form_valid(form)

    def write(self, form: BaseForm) -> str:
        """Enter it."""
        services.enter_paper(
            addressee=self.reply,
            remarks=forms.paper_remarks(self.rows, self.clauses),
            version=read_version(self.request.POST.get("version", "")),
            actor=self.request.user,
            **form.cleaned_data,
        )
        return self._page()

    def _page(self) -> str:
        return reverse("criteria:reply_detail", args=[self.reply.uuid])
