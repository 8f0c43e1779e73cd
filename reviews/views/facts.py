"""The author's half of the facts sheet: numbers of tasks."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from orgs import roles
from orgs.models import Forbidden, Refusal, Stale
from orgs.views import errors
from orgs.views.acts import read_version
from reviews.forms.facts import OfficerDocumentForm, TallyForm
from reviews.selectors.writing.tallies_stated import StatedTasks, stated_tasks
from reviews.services.writing.tasks_stated import may_state, state_tasks
from reviews.views.review_pages import ReviewPage


class FactsEditView(ReviewPage):
    """Numbers per scope; the author while writing, the officer afterwards and with a document."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The forms with what stands now."""
        if not may_state(self.review, request.user):
            return self._forbidden()
        stated = stated_tasks(self.review)
        return self.show(stated, [TallyForm(scope, stated.tallies.get(scope)) for scope in stated.scopes])

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Write every scope or none."""
        hand = may_state(self.review, request.user)
        if not hand:
            return self._forbidden()
        stated = stated_tasks(self.review)
        forms = [TallyForm(scope, stated.tallies.get(scope), request.POST) for scope in stated.scopes]
        source = OfficerDocumentForm(request.POST) if hand == roles.OFFICER else None
        if [form for form in (*forms, *([source] if source else [])) if not form.is_valid()]:
            return self.show(stated, forms, source, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            self._save(forms, source)
        except Stale as refusal:
            return errors.conflict(request, str(refusal), back_url=self.address("facts_edit"))
        except Refusal as refusal:
            return errors.refused(request, refusal)
        messages.success(request, _("The numbers are saved."))
        return HttpResponseRedirect(self.address("review_detail"))

    def _save(self, forms: list[TallyForm], source: OfficerDocumentForm | None) -> None:
        state_tasks(
            review=self.review,
            tallies={form.scope: form.values for form in forms},
            version=read_version(self.request.POST.get("version", "")),
            actor=self.request.user,
            document_ref=source.cleaned_data["document_ref"] if source else "",
        )

    def _forbidden(self) -> HttpResponse:
        reason = _("The numbers are stated by the author while writing, afterwards by the officer.")
        return errors.permission_denied(self.request, Forbidden(reason))

    def show(
        self,
        stated: StatedTasks,
        forms: list[TallyForm],
        source: OfficerDocumentForm | None = None,
        status: HTTPStatus = HTTPStatus.OK,
    ) -> HttpResponse:
        """The page; the officer also names the document."""
        is_officer = may_state(self.review, self.request.user) == roles.OFFICER
        context = {
            "review": self.review,
            "version": stated.version,
            "forms": forms,
            "source": source or (OfficerDocumentForm() if is_officer else None),
            "problems": _problems([*forms, *([source] if source else [])]),
        }
        return render(self.request, "reviews/facts_edit.html", context, status=status)


def _problems(forms: list[TallyForm | OfficerDocumentForm]) -> list[dict[str, str]]:
    return [
        {"text": f"{field.label}: {error}", "anchor": field.id_for_label}
        for form in forms
        if form.is_bound
        for field in form
        for error in field.errors
    ]
