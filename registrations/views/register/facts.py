"""The register: its rows within reach, entering one about a subject, remedy, withdrawal."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import ListView

from orgs import access, roles
from orgs.models import Forbidden, Refusal, Stale
from orgs.services import idempotency
from orgs.views import errors
from orgs.views.acts import read_version
from registrations.forms.register.facts import CORRECTIONS, FORMS, DocumentForm, RemedyForm
from registrations.selectors.register import facts as selectors
from registrations.services.register import facts as services

TITLES = {
    "discipline": gettext_lazy("Disciplinary decisions"),
    "finding": gettext_lazy("Conclusions of competent bodies"),
    "shortcoming": gettext_lazy("Named shortcomings"),
}


@method_decorator(never_cache, name="dispatch")
class StatesFacts(View):
    """Only for who may state facts."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """403 with the reason for everybody else; 404 for a kind that the register does not know."""
        if self.kind not in selectors.KINDS:
            raise Http404
        if roles.STATE_FACTS not in access.viewer_of(request.user).rights:
            return errors.permission_denied(request, Forbidden(services.not_yours()))
        return super().dispatch(request, *args, **kwargs)

    @property
    def kind(self) -> str:
        """Which kind of fact the page is about: discipline, finding, shortcoming."""
        return self.kwargs.get("kind", "discipline")


class FactListView(StatesFacts, ListView):
    """The rows of one kind about subjects within reach."""

    template_name = "registrations/fact_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet:
        """Searched by the address."""
        rows = selectors.visible_to(self.request.user, self.kind)
        text = self.request.GET.get("q", "").strip()
        return selectors.matching(rows, text) if text else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The kinds as tabs, the search as the address has it."""
        tabs = [(kind, title, kind == self.kind) for kind, title in TITLES.items()]
        return super().get_context_data(
            kind=self.kind, title=TITLES[self.kind], tabs=tabs, q=self.request.GET.get("q", ""), **kwargs
        )


class FactPage(StatesFacts):
    """A page with one form of the register; a refusal keeps what was typed."""

    template_name = "registrations/fact_form.html"
    title = ""

    def build_form(self, data: Any = None) -> Form:
        """The form of the page."""
        return DocumentForm(data)

    def carry_out(self, form: Form) -> Model:
        """The act; answers the row."""
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        """What the template shows besides the form."""
        return {}

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The empty form."""
        return self._page(self.build_form())

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Carry it out once and show the list."""
        form = self.build_form(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            self._once(form)
        except Forbidden as refusal:
            return errors.refused(request, refusal)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self._page(form, status=409 if isinstance(refusal, Stale) else 422)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(self.list_address())

    def list_address(self) -> str:
        """Where the act leads, and the way back."""
        return reverse("registrations:fact_list", args=[self.kind])

    def _once(self, form: Form) -> None:
        idempotency.carry_out_once(
            key=self.request.POST.get("idempotency_key", ""),
            user=self.request.user,
            action=f"{self.request.resolver_match.url_name}.{self.kwargs.get('uuid', '')}"[:80],
            body=self.request.POST,
            act=lambda: str(self.carry_out(form).uuid),
        )

    def _page(self, form: Form, status: int = 200) -> HttpResponse:
        base = {"form": form, "title": self.title, "kind": self.kind}
        context = base | {"cancel_url": self.list_address()} | self.context()
        return render(self.request, self.template_name, context, status=status)


class FactCreateView(FactPage):
    """Enter a fact about the person, collective or unit that the address names (`?person=uuid`)."""

    @cached_property
    def subject(self) -> Model:
        """The subject, 404 when it is out of reach or none is named."""
        for name in selectors.SUBJECTS:
            if value := self.request.GET.get(name, ""):
                try:
                    return get_object_or_404(selectors.subjects_of(self.request.user, name), uuid=value)
                except ValidationError:
                    raise Http404 from None
        raise Http404

    @property
    def title(self) -> str:
        """What is entered."""
        return TITLES[self.kind]

    def build_form(self, data: Any = None) -> Form:
        """The form of the kind."""
        return FORMS[self.kind](data)

    def carry_out(self, form: Form) -> Model:
        """Enter it."""
        return services.enter_fact(
            model=selectors.KINDS[self.kind], subject=self.subject, actor=self.request.user, **form.cleaned_data
        )

    def context(self) -> dict[str, Any]:
        """About whom."""
        return {"subject": self.subject}


class FactActView(FactPage):
    """An act on one row within reach."""

    @cached_property
    def row(self) -> Model:
        """The row, 404 when it is out of reach."""
        return get_object_or_404(selectors.visible_to(self.request.user, self.kind), uuid=self.kwargs["uuid"])

    @property
    def version(self) -> int:
        """The version that the form carried."""
        return read_version(self.request.POST.get("version", ""))

    def context(self) -> dict[str, Any]:
        """The row itself; its version goes with the form."""
        return {
            "row": self.row,
            "document": self.row,
            "subject": self.row.subject,
        }


class FactWithdrawView(FactActView):
    """Withdraw a row that a later document annulled."""

    title = gettext_lazy("Withdraw from the register")

    def carry_out(self, form: Form) -> Model:
        """Withdraw it."""
        return services.withdraw_fact(row=self.row, version=self.version, actor=self.request.user, **form.cleaned_data)


class FactCorrectView(FactActView):
    """Put the right row in the place of a wrong one, by the document that corrects it."""

    title = gettext_lazy("Correct the register")

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """404 for a kind of row that is not corrected."""
        if self.kind not in CORRECTIONS:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def build_form(self, data: Any = None) -> Form:
        """The row as it stands, to be changed."""
        form = CORRECTIONS[self.kind]
        return form(data, initial={name: getattr(self.row, name, "") for name in form.base_fields})

    def carry_out(self, form: Form) -> Model:
        """Write the right one and withdraw the wrong one."""
        return services.correct_fact(row=self.row, version=self.version, actor=self.request.user, **form.cleaned_data)


class FactRemedyView(FactActView):
    """Record that a named shortcoming was remedied."""

    title = gettext_lazy("Record the remedy")
    kind = "shortcoming"

    def build_form(self, data: Any = None) -> Form:
        """Day and document."""
        return RemedyForm(data)

    def carry_out(self, form: Form) -> Model:
        """Record it."""
        return services.remedy_shortcoming(
            row=self.row, version=self.version, actor=self.request.user, **form.cleaned_data
        )
