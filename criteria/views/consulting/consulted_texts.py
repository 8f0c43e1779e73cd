"""The texts of a draft consultation: taken from the system, pasted or uploaded, and their clauses mended."""

from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import BaseForm, Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import DetailView

from criteria.forms.consulting import clause_rows
from criteria.forms.consulting import consultations as forms
from criteria.models import Consultation, ConsultedText
from criteria.selectors.consulting import consultations as selectors
from criteria.services.consulting import consulted_texts as services
from criteria.views.writing import WriteView, refuse_unless_draft
from orgs.models import Forbidden, Refusal, Stale
from orgs.views import errors
from orgs.views.acts import read_version

SOURCES: dict[str, tuple[type[Form], Any]] = {
    "pasted": (forms.PastedTextForm, services.add_pasted),
    "framework": (forms.FrameworkTextForm, services.add_framework),
    "regulation": (forms.RegulationTextForm, services.add_regulation),
}


class ConsultationTextsView(DetailView):
    """The second step: which texts, each with its clauses."""

    template_name = "criteria/consultation_texts.html"
    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "consultation"

    def get_object(self, queryset: Any = None) -> Consultation:
        """The draft in the address; visible but not mine to edit is 403."""
        row = get_object_or_404(selectors.visible_to(self.request.user), uuid=self.kwargs["uuid"])
        refuse_unless_draft(row, self.request.user)
        return row

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The texts."""
        return super().get_context_data(
            title=_("Texts and clauses"),
            lead=self.object.title,
            texts=selectors.texts_of(self.object),
            step="texts",
            **kwargs,
        )


class ConsultedTextAddView(WriteView):
    """A text of the source in the address: pasted, framework or regulation."""

    template_name = "criteria/consulted_text_add.html"
    act_name = "consulted_text.add"

    @cached_property
    def consultation(self) -> Consultation:
        """The draft in the address; visible but not mine to edit is 403."""
        if self.kwargs["source"] not in SOURCES:
            raise Http404
        row = get_object_or_404(selectors.visible_to(self.request.user), uuid=self.kwargs["uuid"])
        refuse_unless_draft(row, self.request.user)
        return row

    def get_form_class(self) -> type[Form]:
        """The form of the source, for a draft that I edit."""
        return SOURCES[self.kwargs["source"]][0] if self.consultation else Form

    def get_form_kwargs(self) -> dict[str, Any]:
        """The choices are those of the user."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        row = self.consultation
        return super().get_context_data(
            title=_("Add a text"),
            lead=row.title,
            document=row,
            consultation=row,
            step="texts",
            form_enctype="multipart/form-data",
            submit_label=_("Cut it into clauses"),
            cancel_url=reverse("criteria:consultation_texts", args=[row.uuid]),
            **kwargs,
        )

    def write(self, form: BaseForm) -> str:
        """Add it and show how it was cut."""
        given = dict(form.cleaned_data)
        if "file" in given:
            given["upload"] = given.pop("file")
        text = SOURCES[self.kwargs["source"]][1](
            consultation=self.consultation,
            version=read_version(self.request.POST.get("version", "")),
            actor=self.request.user,
            **given,
        )
        return reverse("criteria:consulted_text_edit", args=[text.uuid])


class ConsultedTextEditView(View):
    """How a text was cut: every clause mended, joined with the next, split, left out; saved as a whole."""

    @cached_property
    def text(self) -> ConsultedText:
        """The text of a draft; visible but no longer a draft is 403."""
        found = get_object_or_404(selectors.text_in(self.request.user), uuid=self.kwargs["uuid"])
        refuse_unless_draft(found.consultation, self.request.user)
        return found

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The clauses as they stand."""
        return self.show(clause_rows.rows_of(self.text))

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Save what was mended, with the act of the button that was pressed."""
        rows, anchor = clause_rows.read(self.text, request.POST)
        try:
            version = read_version(request.POST.get("version", ""))
            services.write_clauses(text=self.text, rows=rows, version=version, actor=request.user)
        except Forbidden as refusal:
            return errors.refused(request, refusal)
        except Refusal as refusal:
            status = HTTPStatus.CONFLICT if isinstance(refusal, Stale) else HTTPStatus.UNPROCESSABLE_ENTITY
            return self.show(rows, problem=str(refusal), status=status)
        if "done" in request.POST:
            return HttpResponseRedirect(reverse("criteria:consultation_texts", args=[self.text.consultation.uuid]))
        return HttpResponseRedirect(f"{request.path}{anchor}")

    def show(
        self, rows: list[services.ClauseRow], *, problem: str = "", status: HTTPStatus = HTTPStatus.OK
    ) -> HttpResponse:
        """The page."""
        context = {
            "title": _("How the text was cut"),
            "text": self.text,
            "consultation": self.text.consultation,
            "rows": rows,
            "problems": [{"text": problem, "anchor": "clauses"}] if problem else [],
            "is_own": self.text.framework_id is None and self.text.regulation_id is None,
            "step": "texts",
        }
        return render(self.request, "criteria/consulted_text_edit.html", context, status=status)


class ConsultedTextRemoveView(View):
    """POST: take a text out of a draft."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """Take it out and go back to the texts."""
        text = get_object_or_404(selectors.text_in(request.user), uuid=uuid)
        try:
            version = read_version(request.POST.get("version", ""))
            services.remove_text(text=text, version=version, actor=request.user)
        except Refusal as refusal:
            return errors.refused(request, refusal)
        messages.success(request, _("Done."))
        return HttpResponseRedirect(reverse("criteria:consultation_texts", args=[text.consultation.uuid]))
