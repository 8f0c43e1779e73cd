"""The explanation report as its subject writes it: matter by matter, with evidence."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs.models import Forbidden, Stale
from orgs.views import errors
from reviews.forms import prompts as forms
from reviews.models import ExplanationFile, Prompt
from reviews.models.prompts import GONE
from reviews.selectors.meeting import prompts as selectors
from reviews.selectors.writing.forms import SHORT_LABEL, shortened
from reviews.services.meeting import explanations as services
from reviews.views.form_pages import FormPage
from reviews.views.prompting.one_prompt import OnePrompt

FIELDS = ("cause", "responsibility", "shared_responsibility", "remedy", "remedy_due")


class ExplanationEditView(OnePrompt, FormPage):
    """The subject explains one matter: cause, responsibilities, remedy and its day."""

    template_name = "reviews/explanation_edit.html"

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page; who may read but not write is sent to what was sent."""
        reason = reason_against_explaining(self.prompt)
        if reason and selectors.may_explain(request.user, self.prompt):
            return errors.permission_denied(request, Forbidden(reason))
        return super().get(request, **kwargs)

    def refusal(self) -> str:
        """Only the subject."""
        may = selectors.may_explain(self.request.user, self.prompt)
        return "" if may else _("Only the subject writes the explanation report.")

    def build_form(self, **bound: Any) -> forms.ExplanationForm:
        """As it is saved."""
        row = self.matter.explanation
        return forms.ExplanationForm(
            initial={name: getattr(row, name) for name in FIELDS} if row else None,
            of_collective=bool(self.prompt.review.collective_id),
            **bound,
        )

    def act(self, form: forms.ExplanationForm) -> str:
        """Save it, with whatever gaps."""
        services.save_explanation(
            item=self.matter.item, answer=form.answer(), version=self.version, actor=self.request.user
        )
        return "next" if "next" in self.request.POST else "here"

    def stale(self, form: forms.ExplanationForm, refusal: Stale) -> HttpResponse:
        """What came after the withdrawal is kept for its author and stays on the page."""
        self.refresh()
        if not self._is_gone():
            return super().stale(form, refusal)
        services.keep_refused(item=self.matter.item, answer=form.answer(), actor=self.request.user)
        form.add_error(None, refusal.message)
        return self.show(form, HTTPStatus.CONFLICT)

    def _is_gone(self) -> bool:
        return self.prompt.state in GONE

    def destination(self, reference: str) -> str:
        """The next matter, or the prompt after the last one."""
        place = self.place + 1 if reference == "next" else self.place
        if place < len(self.matters):
            return reverse("reviews:explanation_edit", args=[self.prompt.uuid, self.matters[place].item.uuid])
        return reverse("reviews:prompt_detail", args=[self.prompt.uuid])

    def context(self, form: forms.ExplanationForm) -> dict[str, Any]:
        """The matter, its neighbours, its evidence, and what is saved now where somebody was faster."""
        return {
            "prompt": self.prompt,
            "matter": self.matter,
            "sections": [_row_of(self, row) for row in self.matters],
            "done": sum(row.is_complete for row in self.matters),
            "is_last": self.place + 1 == len(self.matters),
            "is_open": self.prompt.state == "issued",
            "is_gone": self._is_gone(),
            "evidence_form": forms.EvidenceForm(prefix="new"),
            "theirs": self.matter.explanation if form.non_field_errors() and not self._is_gone() else None,
        }


class OwnExplanation(OnePrompt, FormPage):
    """The evidence of one matter, for its author."""

    template_name = "reviews/prompt_part.html"

    def refusal(self) -> str:
        """Only the subject, while the report is being written."""
        if not selectors.may_explain(self.request.user, self.prompt):
            return _("Only the subject writes the explanation report.")
        return reason_against_explaining(self.prompt)

    def destination(self, reference: str) -> str:
        """Back to the matter."""
        return reverse("reviews:explanation_edit", args=[self.prompt.uuid, self.matter.item.uuid])

    def context(self, form: forms.EvidenceForm) -> dict[str, Any]:
        """The matter that the evidence is about."""
        return {
            "prompt": self.prompt,
            "title": _("Attach evidence"),
            "matter": self.matter,
            "version": "",
            "back_url": self.destination(""),
            "is_upload": True,
        }


class EvidenceAddView(OwnExplanation):
    """Hang a file on the explanation of one matter."""

    done_text = gettext_lazy("The file is attached.")

    def build_form(self, **bound: Any) -> forms.EvidenceForm:
        """Empty."""
        return forms.EvidenceForm(prefix="new", **bound)

    def act(self, form: forms.EvidenceForm) -> str:
        """Check and keep the file."""
        cleaned = form.cleaned_data
        row = services.attach_evidence(
            item=self.matter.item, upload=cleaned["file"], title=cleaned["title"], actor=self.request.user
        )
        return str(row.uuid)


class EvidenceWithdrawView(OwnExplanation):
    """POST: take one file away while the report is being written."""

    http_method_names = ["post"]
    done_text = gettext_lazy("The file was taken away.")

    def build_form(self, **bound: Any) -> forms.EmptyForm:
        """Nothing to fill in."""
        return forms.EmptyForm(**bound)

    def act(self, form: forms.EmptyForm) -> str:
        """Take it away."""
        rows = ExplanationFile.objects.filter(explanation__item=self.matter.item).select_related("explanation__item")
        row = get_object_or_404(rows, uuid=self.kwargs["evidence"])
        services.withdraw_evidence(evidence=row, actor=self.request.user)
        return str(row.uuid)


def reason_against_explaining(prompt: Prompt) -> str:
    """Why nothing is written in the report now; empty while it is open."""
    if prompt.state in GONE:
        return _("This prompt was withdrawn: it needs no explanation any more.")
    return "" if prompt.state == "issued" else _("The explanation report was sent already.")


def _row_of(page: ExplanationEditView, row: selectors.Matter) -> dict[str, Any]:
    return {
        "label": f"{row.item.order}. {shortened(row.item.text, SHORT_LABEL)}",
        "url": reverse("reviews:explanation_edit", args=[page.prompt.uuid, row.item.uuid]),
        "mark": row.mark,
        "is_here": row is page.matter,
    }
