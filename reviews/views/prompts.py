"""Prompts from above: list, draft, issue; and the explanation report of the subject."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import ListView

from criteria.models import Cycle
from criteria.selectors.rounds import cycles as cycle_rows
from orgs import access, roles
from orgs.models import Collective, Forbidden, Unit
from orgs.models.documents import WorkflowDocument
from orgs.selectors.history import history_of
from orgs.views import errors
from orgs.views.acts import ActView
from reviews.forms import prompts as forms
from reviews.models import Prompt, Review
from reviews.selectors import pens
from reviews.selectors import reviews as review_rows
from reviews.selectors.meeting import prompts as selectors
from reviews.selectors.writing.forms import SHORT_LABEL, shortened
from reviews.services.meeting import prompts as services
from reviews.views.act_rows import act_rows
from reviews.views.form_pages import FormPage

RELATED = ("cycle", "review__person", "review__collective", "review__unit", "authority", "advisory_unit")
NOT_OFFICER = gettext_lazy("Only an officer of an advisory body prepares prompts.")


class PromptListView(ListView):
    """The prompts that I may see: those I prepare, those given to me, those of subjects within my reach."""

    template_name = "reviews/prompt_list.html"
    paginate_by = 50

    @cached_property
    def filter_form(self) -> forms.PromptFilterForm:
        """The search as the address has it."""
        return forms.PromptFilterForm(self.request.GET or None, cycles=cycle_rows.visible_to(self.request.user))

    def get_queryset(self) -> QuerySet[Prompt]:
        """Searched and filtered by the address."""
        chosen = self.filter_form.cleaned_data if self.filter_form.is_valid() else {}
        return selectors.listed(
            selectors.visible_to(self.request.user),
            cycle=chosen.get("cycle"),
            state=chosen.get("state", ""),
            text=chosen.get("q", ""),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The filter, and whether I draft prompts at all."""
        drafts = roles.MANAGE_PROMPTS in access.viewer_of(self.request.user).rights
        return super().get_context_data(filter_form=self.filter_form, may_draft=drafts, **kwargs)


class PromptCreateView(FormPage):
    """First the subject is searched by name, then the matters are written."""

    template_name = "reviews/prompt_create.html"
    done_text = gettext_lazy("The draft is saved. Number and date it, then issue it.")

    def refusal(self) -> str:
        """Officers of advisory bodies only."""
        return "" if roles.MANAGE_PROMPTS in access.viewer_of(self.request.user).rights else str(NOT_OFFICER)

    @cached_property
    def cycles(self) -> QuerySet[Cycle]:
        """The open cycles."""
        return cycle_rows.visible_to(self.request.user).filter(state=cycle_rows.OPEN).order_by("-period_end_on", "-id")

    @cached_property
    def review(self) -> Review:
        """The subject of the address."""
        rows = review_rows.listed(review_rows.visible_to(self.request.user))
        return get_object_or_404(rows, uuid=self.kwargs["review"], cycle__in=self.cycles)

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The search, or the form for the subject that was found."""
        if "review" in kwargs or self.refusal():
            return super().get(request, **kwargs)
        form = forms.SubjectSearchForm(request.GET or None, cycles=self.cycles)
        chosen = form.cleaned_data if form.is_valid() else {}
        cycle, text = chosen.get("cycle") or self.cycles.first(), chosen.get("q", "")
        found = selectors.subjects_matching(request.user, cycle, text) if cycle else []
        context = {"filter_form": form, "cycle": cycle, "found": found, "text": text}
        return render(request, "reviews/prompt_subject.html", context)

    def build_form(self, **bound: Any) -> forms.PromptForm:
        """The matters, in the name of a body that this officer appraises for."""
        pairs = selectors.authorities_for(self.request.user, self.review.cycle)
        choices = [(f"{body.uuid}:{unit}", str(body)) for body, unit in pairs]
        return forms.PromptForm(authorities=choices, matters=[], **bound)

    def act(self, form: forms.PromptForm) -> str:
        """Write the draft."""
        authority, unit = form.cleaned_data["authority"].split(":")
        prompt = services.create_prompt(
            review=self.review,
            authority=Collective.objects.get(uuid=authority),
            advisory_unit=Unit.objects.get(pk=unit),
            text=form.text(),
            actor=self.request.user,
        )
        return str(prompt.uuid)

    def destination(self, reference: str) -> str:
        """The draft."""
        return reverse("reviews:prompt_detail", args=[reference])

    def context(self, form: forms.PromptForm) -> dict[str, Any]:
        """Whom it is for."""
        return {"review": self.review, "cancel_url": reverse("reviews:prompt_list")}


class OnePrompt:
    """What the pages of one prompt share."""

    @cached_property
    def prompt(self) -> Prompt:
        """The prompt, 404 when it is not visible."""
        rows = selectors.visible_to(self.request.user).select_related(*RELATED)
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    @cached_property
    def matters(self) -> list[selectors.Matter]:
        """Its matters."""
        return selectors.matters_of(self.prompt)

    def refresh(self) -> None:
        """Read everything anew."""
        for name in ("prompt", "matters"):
            self.__dict__.pop(name, None)


class PromptEditView(OnePrompt, FormPage):
    """A draft is changed; an issued prompt never."""

    template_name = "reviews/prompt_edit.html"
    done_text = gettext_lazy("The draft is saved.")

    def refusal(self) -> str:
        """Drafts only, and only by who prepares them."""
        if self.prompt.state != "draft":
            return _("An issued prompt never changes; it is withdrawn by a document.")
        is_officer = roles.OFFICER in access.roles_on(self.request.user, self.prompt)
        return "" if is_officer else str(NOT_OFFICER)

    def build_form(self, **bound: Any) -> forms.PromptForm:
        """As it is saved."""
        prompt = self.prompt
        initial = {"number": prompt.number, "issued_on": prompt.issued_on, "due_on": prompt.due_on}
        return forms.PromptForm(matters=[row.item.text for row in self.matters], initial=initial, **bound)

    def act(self, form: forms.PromptForm) -> str:
        """Save the draft."""
        prompt = services.edit_prompt(
            prompt=self.prompt, text=form.text(), version=self.version, actor=self.request.user
        )
        return str(prompt.uuid)

    def destination(self, reference: str) -> str:
        """The draft."""
        return reverse("reviews:prompt_detail", args=[reference])

    def context(self, form: forms.PromptForm) -> dict[str, Any]:
        """The draft with its version."""
        return {"prompt": self.prompt, "cancel_url": reverse("reviews:prompt_detail", args=[self.prompt.uuid])}


@method_decorator(never_cache, name="dispatch")
class PromptDetailView(OnePrompt, View):
    """The matters, their explanations, and the acts."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page. Explanations are read by others only once they are sent."""
        may_explain = selectors.may_explain(request.user, self.prompt)
        moves = pens.moves_of(request.user, self.prompt)
        # Whoever may not read a draft reads its wordings in no history either.
        drafts = () if roles.OFFICER in access.roles_on(request.user, self.prompt) else selectors.DRAFTING
        context = {
            "prompt": self.prompt,
            "matters": self.matters,
            "may_explain": may_explain and self.prompt.state == "issued",
            "shows_explanations": may_explain or self.prompt.state == "explained",
            "may_edit": self.prompt.state == "draft",
            "acts": act_rows(self.prompt, moves, url_name="reviews:prompt_act", forward=("issue", "send")),
            "history": history_of("reviews.Prompt", str(self.prompt.uuid), hidden=drafts),
        }
        return render(request, "reviews/prompt_detail.html", context)


class PromptActView(ActView):
    """POST prompts/<uuid>/acts/<move>: issue, send, withdraw, return."""

    def documents(self) -> QuerySet[Prompt]:
        """The prompts that the user may see."""
        return selectors.visible_to(self.request.user).select_related("cycle")

    def destination(self, document: WorkflowDocument) -> str:
        """Back to the prompt, or to the list when it is out of sight now."""
        if selectors.visible_to(self.request.user).filter(pk=document.pk).exists():
            return reverse("reviews:prompt_detail", args=[document.uuid])
        return reverse("reviews:prompt_list")


class ExplanationEditView(OnePrompt, FormPage):
    """The subject explains one matter: cause, own responsibility, remedy and its day."""

    template_name = "reviews/explanation_edit.html"

    @cached_property
    def place(self) -> int:
        """The place of the matter in the prompt."""
        for number, row in enumerate(self.matters):
            if row.item.uuid == self.kwargs["item"]:
                return number
        raise Http404

    @property
    def matter(self) -> selectors.Matter:
        """The matter of the address."""
        return self.matters[self.place]

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page; who may read but not write is sent to what was sent."""
        if self.prompt.state != "issued" and selectors.may_explain(request.user, self.prompt):
            return errors.permission_denied(request, Forbidden(_("The explanation report was sent already.")))
        return super().get(request, **kwargs)

    def refusal(self) -> str:
        """Only the subject."""
        may = selectors.may_explain(self.request.user, self.prompt)
        return "" if may else _("Only the subject writes the explanation report.")

    def build_form(self, **bound: Any) -> forms.ExplanationForm:
        """As it is saved."""
        row = self.matter.explanation
        fields = ("cause", "responsibility", "remedy", "remedy_due")
        return forms.ExplanationForm(initial={name: getattr(row, name) for name in fields} if row else None, **bound)

    def act(self, form: forms.ExplanationForm) -> str:
        """Save it, with whatever gaps."""
        services.save_explanation(
            item=self.matter.item, answer=form.answer(), version=self.version, actor=self.request.user
        )
        return "next" if "next" in self.request.POST else "here"

    def destination(self, reference: str) -> str:
        """The next matter, or the prompt after the last one."""
        place = self.place + 1 if reference == "next" else self.place
        if place < len(self.matters):
            return reverse("reviews:explanation_edit", args=[self.prompt.uuid, self.matters[place].item.uuid])
        return reverse("reviews:prompt_detail", args=[self.prompt.uuid])

    def context(self, form: forms.ExplanationForm) -> dict[str, Any]:
        """The matter, its neighbours, and what is saved now where somebody was faster."""
        return {
            "prompt": self.prompt,
            "matter": self.matter,
            "sections": [_row_of(self.prompt, row, is_here=row is self.matter) for row in self.matters],
            "done": sum(row.is_complete for row in self.matters),
            "is_last": self.place + 1 == len(self.matters),
            "theirs": self.matter.explanation if form.non_field_errors() else None,
        }


def _row_of(prompt: Prompt, row: selectors.Matter, *, is_here: bool) -> dict[str, Any]:
    return {
        "label": f"{row.item.order}. {shortened(row.item.text, SHORT_LABEL)}",
        "url": reverse("reviews:explanation_edit", args=[prompt.uuid, row.item.uuid]),
        "mark": row.mark,
        "is_here": is_here,
    }
