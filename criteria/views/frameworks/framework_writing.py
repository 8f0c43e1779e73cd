"""What the writing pages of a framework share: its forms, and the page that keeps both texts of a criterion."""

from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from criteria.forms.frameworks import criterion_writing as forms
from criteria.models import Criterion, Framework, KeptCriterion
from criteria.selectors.frameworks import framework_pages, frameworks
from criteria.selectors.frameworks.criterion_content import content_of, digest_of
from criteria.views.writing import WriteView, add_refusal
from orgs.models import Stale


class WrittenView(WriteView):
    """A form that notices when somebody else has saved the same: 409, with what was typed and what is saved."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """The form again; a conflict by its own status."""
        is_overtaken = getattr(form, "instance", None) and "seen" in form.changed_data and form.non_field_errors()
        answer = self.render_to_response(self.get_context_data(form=form))
        answer.status_code = HTTPStatus.CONFLICT if is_overtaken else HTTPStatus.OK
        return answer

    def stale(self, form: BaseForm, refusal: Stale) -> HttpResponse:
        """Somebody was faster between reading and writing: what was typed stays in the form."""
        add_refusal(form, refusal)
        answer = self.form_invalid(form)
        answer.status_code = HTTPStatus.CONFLICT
        return answer

    @cached_property
    def framework(self) -> Framework:
        """The framework of the address, where I write it now."""
        related = ("parent", "managing_authority")
        rows = frameworks.visible_to(self.request.user).select_related(*related)
        found = get_object_or_404(rows, uuid=self.kwargs["uuid"])
        framework_pages.refuse_unless_written(found, self.request.user)
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The framework below the title, and the way back."""
        given = {"lead": self.framework, "cancel_url": self.outline()}
        return super().get_context_data(**{**given, **kwargs})

    def outline(self) -> str:
        """The page of the outline."""
        return reverse("criteria:framework_write", args=[self.framework.uuid])


def conflict_page(
    request: HttpRequest, kept: KeptCriterion, message: str, status: HTTPStatus = HTTPStatus.CONFLICT
) -> HttpResponse:
    """Both texts side by side, and one to be kept where the framework can be written."""
    return render(request, "criteria/criterion_conflict.html", conflict_context(kept, message), status=status)


def conflict_context(kept: KeptCriterion, message: str) -> dict[str, object]:
    """What stands in the framework beside what was kept, field by field, and one text made of both."""
    framework = kept.framework
    rows = Criterion.objects.filter(uuid=kept.criterion).select_related("group").prefetch_related("levels")
    criterion = rows.first()
    saved = content_of(criterion) if criterion else {}
    row = criterion or Criterion()
    mine = {**saved, **kept.content}
    left, right = (forms.Fields(framework, row, words).every() for words in (saved, mine))
    return {
        "kept": kept,
        "framework": framework,
        "criterion": criterion,
        "version": digest_of(saved) if criterion else "",
        "message": message,
        "pairs": [pair for pair in zip(left, right, strict=True) if pair[0].value != pair[1].value],
        "fields": forms.Fields(framework, row, forms.both(saved, mine)).every(),
        "closed": criterion is None or not framework_pages.is_editable(framework),
    }
