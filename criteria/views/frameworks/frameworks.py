"""Pages of frameworks: reading, number and date, plain acts; the criteria are written in the administration."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import DetailView, ListView

from criteria.forms.frameworks.frameworks import FrameworkFilterForm, FrameworkNumberForm
from criteria.models import Framework
from criteria.selectors.frameworks import framework_pages
from criteria.selectors.frameworks import frameworks as selectors
from criteria.services.frameworks import frameworks as services
from criteria.views.writing import WriteView
from orgs import roles
from orgs.models import Refusal
from orgs.services import idempotency
from orgs.views import errors
from orgs.views.acts import ActView, read_version

ACTS = {
    "take_back": "criteria:framework_take_back",
    "submit": "criteria:framework_submit",
    "agree": "criteria:framework_agree",
    "return": "criteria:framework_return",
    "issue": "criteria:framework_issue",
}


class FrameworkListView(ListView):
    """The frameworks that I may read."""

    template_name = "criteria/framework_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Framework]:
        """Searched and filtered by the address, with the number of criteria."""
        filters = FrameworkFilterForm(self.request.GET or None)
        rows = selectors.listed(self.request.user, **filters.chosen())
        return rows.order_by("form_key", "title", "-edition", "id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The title, the filter, and whether I may begin one or bring one in."""
        return super().get_context_data(
            title=_("Frameworks of criteria"),
            filter_form=FrameworkFilterForm(self.request.GET or None),
            may_write=self.request.user.has_perm(f"orgs.{roles.MANAGE_PLANS}"),
            **kwargs,
        )


class FrameworkDetailView(DetailView):
    """One framework: every criterion with its four texts; what it lacks, where it departs, what I may do with it."""

    template_name = "criteria/framework_detail.html"
    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "framework"

    def get_queryset(self) -> QuerySet[Framework]:
        """What I may read."""
        related = ("copied_from", "managing_authority", "parent__issuer", "parent__regulation")
        return selectors.visible_to(self.request.user).select_related(*related)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Groups with criteria, gaps and departures of one that is not issued, acts."""
        framework, user = self.object, self.request.user
        page = framework_pages.page_of(framework, user)
        return super().get_context_data(
            title=framework.title,
            page=page,
            groups=selectors.with_texts(framework),
            acts=framework_acts(framework, page),
            may_configure=page.is_written and user.is_staff and user.has_perm("criteria.change_framework"),
            **kwargs,
        )


def framework_acts(framework: Framework, page: framework_pages.Page) -> list[dict[str, Any]]:
    """The moves as templates/includes/confirm_act.html draws them; what stands above is not said again."""
    notes = {"reason": (_("Reason"), "note"), "document": (_("Document that agrees: number and date"), "document_ref")}
    found = []
    for number, move in enumerate(row for row in page.moves if row.name in ACTS):
        label, name = notes.get(next(iter(move.needs), ""), ("", ""))
        found.append(
            {
                "label": _(move.label),
                "url": reverse(ACTS[move.name], args=[framework.uuid]),
                "reason": _("What is missing stands above.") if page.says_above(move) else page.why(move),
                "tone": "primary" if number == 0 else "quiet",
                "question": _("%(act)s: “%(document)s”?") % {"act": _(move.label), "document": framework},
                "note_label": label,
                "note_name": name,
                "note_required": bool(label),
            }
        )
    return found


class FrameworkNumberView(WriteView):
    """Number and date of the document that promulgates a draft; without them it cannot be issued."""

    template_name = "base_form.html"
    form_class = FrameworkNumberForm
    act_name = "framework.number"

    @cached_property
    def framework(self) -> Framework:
        """The draft of the address, for who prepares it."""
        found = get_object_or_404(selectors.visible_to(self.request.user), uuid=self.kwargs["uuid"])
        framework_pages.refuse_unless_written(found, self.request.user)
        return found

    def get_initial(self) -> dict[str, Any]:
        """What is saved."""
        return {"number": self.framework.number, "issued_on": self.framework.issued_on}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        return super().get_context_data(
            title=_("Number and date"),
            lead=self.framework,
            document=self.framework,
            cancel_url=self._page(),
            **kwargs,
        )

    def write(self, form: BaseForm) -> str:
        """Save them."""
        version = read_version(self.request.POST.get("version", ""))
        services.number_framework(
            framework=self.framework, actor=self.request.user, version=version, **form.cleaned_data
        )
        return self._page()

    def _page(self) -> str:
        return reverse("criteria:framework_detail", args=[self.framework.uuid])


class FrameworkActView(ActView):
    """Submit, agree, return, take back or issue a framework."""

    def documents(self) -> QuerySet[Framework]:
        """What I may read."""
        return selectors.visible_to(self.request.user)

    def destination(self, document: Framework) -> str:
        """Back to the framework."""
        return reverse("criteria:framework_detail", args=[document.uuid])


class FrameworkCopyView(View):
    """Copy a framework as a new version."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """Copy it, once, and go to the copy."""
        framework = get_object_or_404(selectors.visible_to(request.user), uuid=uuid)
        try:
            copied = idempotency.carry_out_once(
                key=request.POST.get("idempotency_key", ""),
                user=request.user,
                action=f"framework.copy.{uuid}",
                body=request.POST,
                act=lambda: str(services.copy_framework(framework=framework, actor=request.user).uuid),
            )
        except Refusal as refusal:
            return errors.refused(request, refusal)
        messages.success(request, _("A new version was made as a draft."))
        return HttpResponseRedirect(reverse("criteria:framework_detail", args=[copied]))
