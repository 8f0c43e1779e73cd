"""The acts of an administrator on a regulation: derive, confirm a line, issue, replace; each on a page of its own."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from criteria.forms.rules.regulations import ConfirmForm, HeadForm, SeenVersion, SupersedeForm
from criteria.models import Confirmation, Regulation
from criteria.selectors.rules import law_open
from criteria.selectors.rules.regulations import applicable_beside, parsed, version_of
from criteria.services.rules import confirmations, derivation
from orgs.models import Refusal


class RegulationPage(View):
    """A page of the configuration about one regulation, open to whoever may configure."""

    template_name = ""
    title: Any = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nobody else, whatever the method."""
        if not request.user.has_perm("criteria.change_regulation"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def row(self) -> Regulation:
        """The regulation in the address."""
        return get_object_or_404(Regulation.objects.select_related("parent", "successor"), pk=self.kwargs["pk"])

    def page(self, status: int = 200, **context: Any) -> HttpResponse:
        """The page within the configuration."""
        known = {"title": self.title, "row": self.row, "opts": Regulation._meta, "seen": version_of(self.row)}
        given = admin.site.each_context(self.request) | known | context
        return TemplateResponse(self.request, self.template_name, given, status=status)

    def go(self, name: str, *args: Any, said: str = "") -> HttpResponse:
        """On to another page of the configuration, with what was done."""
        if said:
            messages.success(self.request, said)
        return HttpResponseRedirect(reverse(f"admin:criteria_regulation_{name}", args=args))


class FormPage(RegulationPage):
    """A page with one form; a refusal of the service comes back at its field, with everything typed."""

    template_name = "admin/criteria/regulation_act.html"
    submit: Any = gettext_lazy("Save")
    lead: Any = ""

    def form(self, data: Any = None) -> SeenVersion:
        """The form, empty or filled."""
        raise NotImplementedError

    def act(self, form: Any) -> HttpResponse:
        """What the form asks for."""
        raise NotImplementedError

    def words(self) -> dict[str, Any]:
        """What the page says besides."""
        return {}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The empty form."""
        return self._shown(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it, or say why not."""
        form = self.form(request.POST)
        if form.is_valid():
            try:
                return self.act(form)
            except Refusal as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return self._shown(form)

    def _shown(self, form: Any) -> HttpResponse:
        return self.page(form=form, submit=self.submit, lead=self.lead, **self.words())


class DerivePage(FormPage):
    """A draft of one's own."""

    title = gettext_lazy("Derive a regulation")
    submit = gettext_lazy("Make the draft")
    lead = gettext_lazy("The draft begins with the newest text of this regulation and its rules of forms.")

    def form(self, data: Any = None) -> HeadForm:
        """Number, days, title."""
        return HeadForm(data, row=self.row)

    def act(self, form: HeadForm) -> HttpResponse:
        """On to the draft."""
        made = derivation.derive_regulation(parent=self.row, head=form.head(), actor=self.request.user)
        return self.go("draft", made.pk, said=_("Made: %(regulation)s.") % {"regulation": made})


class ConfirmPage(FormPage):
    """A line confirmed by a document; where a cycle uses the regulation, the way over a derived one."""

    template_name = "admin/criteria/regulation_confirm.html"
    title = gettext_lazy("Confirm a line")
    submit = gettext_lazy("Confirm")

    @cached_property
    def line(self) -> law_open.OpenLine:
        """The open line in the address; 404 where nothing is open there."""
        asked = (self.kwargs["table"], self.kwargs["key"])
        for line in law_open.open_lines(parsed(self.row)):
            if (line.table, line.key) == asked:
                return line
        raise Http404

    def form(self, data: Any = None) -> ConfirmForm:
        """The document."""
        return ConfirmForm(data, row=self.row)

    def words(self) -> dict[str, Any]:
        """The line and its question."""
        return {"line": self.line}

    def act(self, form: ConfirmForm) -> HttpResponse:
        """Back to the regulation."""
        confirmations.confirm_line(
            row=self.row,
            table=self.line.table,
            key=self.line.key,
            answer=form.answer(),
            actor=self.request.user,
            seen=form.cleaned_data["seen"],
        )
        return self.go("change", self.row.pk, said=_("The line is confirmed; it holds in cycles opened from now on."))


class SupersedePage(FormPage):
    """Another regulation takes the place of this one from a day on."""

    title = gettext_lazy("Let another regulation take its place")
    submit = gettext_lazy("Replace")
    lead = gettext_lazy("What a cycle has used stays as it is; only cycles opened from now on are concerned.")

    def form(self, data: Any = None) -> SupersedeForm:
        """Which one, and from when."""
        return SupersedeForm(data, row=self.row)

    def act(self, form: SupersedeForm) -> HttpResponse:
        """Back to the regulation."""
        given = form.cleaned_data
        derivation.supersede_regulation(
            row=self.row, successor=given["successor"], on=given["on"], actor=self.request.user, seen=given["seen"]
        )
        return self.go("change", self.row.pk, said=_("Replaced from %(day)s on.") % {"day": f"{given['on']:%d/%m/%Y}"})


class PostPage(RegulationPage):
    """An act without a page of its own: done, or refused with a sentence, and back."""

    http_method_names = ("post",)
    back = "change"

    def act(self) -> str:
        """Do it; what was done, in words."""
        raise NotImplementedError

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it and go back."""
        try:
            said = self.act()
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return self.go(self.back, self.row.pk)
        return self.go(self.back, self.row.pk, said=said)

    @property
    def given(self) -> dict[str, Any]:
        """What every service asks: the row, who acts, what he saw."""
        return {"row": self.row, "actor": self.request.user, "seen": self.request.POST.get("seen", "")}


class IssuePage(PostPage):
    """The draft is issued."""

    def act(self) -> str:
        """Issue it, and name those that apply beside it."""
        issued = derivation.issue_regulation(**self.given)
        beside = applicable_beside(issued)
        if not beside:
            return _("Issued: cycles may choose it.")
        keys = ", ".join(other.key for other in beside)
        return _("Issued. It applies beside %(keys)s: let it take their place, or no cycle can choose.") % {
            "keys": keys
        }


class RestorePage(PostPage):
    """The successor is taken back."""

    def act(self) -> str:
        """The regulation holds again."""
        derivation.restore_regulation(**self.given)
        return _("The regulation holds again as its text says.")


class WithdrawPage(PostPage):
    """A confirmation is taken back."""

    def act(self) -> str:
        """The line waits again."""
        found: Model = get_object_or_404(Confirmation, pk=self.kwargs["confirmation"], regulation=self.row)
        given = {name: value for name, value in self.given.items() if name != "row"}
        confirmations.withdraw_confirmation(confirmation=found, **given)
        return _("The confirmation is withdrawn; the line waits again.")
