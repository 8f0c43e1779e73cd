"""The prompt lists of the authorities: begun, proposed, decided, issued; and what other bodies contribute."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import ListView

from orgs import access, guards, roles
from orgs.models import Unit
from orgs.models.documents import WorkflowDocument
from orgs.selectors.history import history_of
from orgs.selectors.roles_held import roles_held, with_roles
from orgs.views.acts import ActView
from reviews.forms import prompt_lists as forms
from reviews.forms.deciding import ConclusionForm
from reviews.guards.prompts import reason_against_writing
from reviews.models import PromptList
from reviews.selectors.meeting import prompt_lists as selectors
from reviews.services.grading.conclusions import Session
from reviews.services.meeting import prompt_contributions
from reviews.services.meeting import prompt_lists as services
from reviews.views.act_rows import act_rows
from reviews.views.form_pages import FormPage

RELATED = ("cycle", "authority", "advisory_unit")
NOT_OFFICER = gettext_lazy("Only an officer of an advisory body prepares prompts.")
FORWARD = ("propose", "confirm")


class PromptListListView(ListView):
    """The prompt lists that I prepare, record or confirm."""

    template_name = "reviews/prompt_list_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[PromptList]:
        """The newest cycle first."""
        return selectors.listed(selectors.visible_to(self.request.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether I begin lists at all."""
        may_open = roles.MANAGE_PROMPTS in access.viewer_of(self.request.user).rights
        return super().get_context_data(may_open=may_open, **kwargs)


class PromptListOpenView(FormPage):
    """The list of an authority is begun."""

    template_name = "reviews/prompt_list_form.html"
    done_text = gettext_lazy("The list is begun. Ask other bodies for contributions, and draft its prompts.")

    def refusal(self) -> str:
        """Officers of advisory bodies only."""
        return "" if roles.MANAGE_PROMPTS in access.viewer_of(self.request.user).rights else str(NOT_OFFICER)

    @cached_property
    def rows(self) -> dict[str, tuple[Any, Any, int]]:
        """What may be begun, by the value of its choice."""
        rows = selectors.lists_to_open(self.request.user)
        return {f"{cycle.uuid}:{body.uuid}:{unit}": (cycle, body, unit) for cycle, body, unit in rows}

    def build_form(self, **bound: Any) -> forms.OpenListForm:
        """The authorities without a list."""
        choices = [(key, f"{body} · {cycle}") for key, (cycle, body, _unit) in self.rows.items()]
        return forms.OpenListForm(choices=choices, **bound)

    def act(self, form: forms.OpenListForm) -> str:
        """Begin it."""
        cycle, body, unit = self.rows[form.cleaned_data["of"]]
        row = services.open_list(
            cycle=cycle, authority=body, advisory_unit=Unit.objects.get(pk=unit), actor=self.request.user
        )
        return str(row.uuid)

    def destination(self, reference: str) -> str:
        """The list."""
        return reverse("reviews:prompt_list_detail", args=[reference])

    def context(self, form: Form) -> dict[str, Any]:
        """The words around the form."""
        url = reverse("reviews:prompt_list_list")
        return {
            "title": _("Begin a prompt list"),
            "back_url": url,
            "version": "",
            "lead": "",
            "is_empty": not self.rows,
        }


class OnePromptList:
    """The list of the address, 404 where it is not visible."""

    @cached_property
    def prompt_list(self) -> PromptList:
        """The list."""
        return get_object_or_404(self.rows(), uuid=self.kwargs["uuid"])

    def rows(self) -> QuerySet[PromptList]:
        """What the user may see."""
        return selectors.visible_to(self.request.user).select_related(*RELATED)

    def refresh(self) -> None:
        """Read it anew."""
        self.__dict__.pop("prompt_list", None)


@method_decorator(never_cache, name="dispatch")
class PromptListDetailView(OnePromptList, View):
    """One list: its prompts with their outcomes, contributions, decisions, acts."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page."""
        row = get_object_or_404(with_roles(self.rows(), request.user), uuid=self.kwargs["uuid"])
        prompts, held = selectors.read_along(row), roles_held(row)
        moves = guards.moves(row, request.user, held)
        open_moves = {move.name: move for move in moves}
        is_officer = roles.OFFICER in held
        context = {
            "prompt_list": row,
            "prompts": prompts,
            "contributions": row.contributions.all(),
            "decisions": row.decisions.all(),
            "acts": act_rows(
                row,
                [move for move in moves if move.name != "record"],
                url_name="reviews:prompt_list_act",
                forward=FORWARD,
            ),
            "record": open_moves.get("record"),
            "is_officer": is_officer,
            "may_write": is_officer and row.state == "drafting",
            "history": history_of("reviews.PromptList", str(row.uuid)),
        }
        return render(request, "reviews/prompt_list_detail.html", context)


class PromptListActView(ActView):
    """POST prompt-lists/<uuid>/acts/<move>: propose, return, confirm, withdraw, supplement."""

    def documents(self) -> QuerySet[PromptList]:
        """The lists that the user may see."""
        return selectors.visible_to(self.request.user).select_related(*RELATED)

    def destination(self, document: WorkflowDocument) -> str:
        """Back to the list, or to all of them when it is out of sight now."""
        if selectors.visible_to(self.request.user).filter(pk=document.pk).exists():
            return reverse("reviews:prompt_list_detail", args=[document.uuid])
        return reverse("reviews:prompt_list_list")


class ListPage(OnePromptList, FormPage):
    """A page with one form about a list, for its officer."""

    template_name = "reviews/prompt_list_form.html"
    title = ""

    def refusal(self) -> str:
        """Only the officer of the advisory body."""
        is_officer = roles.OFFICER in access.roles_on(self.request.user, self.prompt_list)
        return "" if is_officer else str(NOT_OFFICER)

    def destination(self, reference: str) -> str:
        """Back to the list."""
        return reverse("reviews:prompt_list_detail", args=[self.prompt_list.uuid])

    def context(self, form: Form) -> dict[str, Any]:
        """The list with its version."""
        return {
            "title": self.title,
            "lead": self.prompt_list,
            "back_url": self.destination(""),
            "version": self.prompt_list.version,
        }


class PromptDecisionView(ListPage):
    """What the body decided is recorded."""

    title = gettext_lazy("Record the decision about the list")
    done_text = gettext_lazy("Recorded. Another person confirms it; then the prompts go out.")

    def refusal(self) -> str:
        """Only the recorder of the body, once the list is proposed."""
        if roles.RECORDER not in access.roles_on(self.request.user, self.prompt_list):
            return _("You do not record the conclusions of this body.")
        return "" if self.prompt_list.state == "proposed" else _("The list does not lie before the body now.")

    def build_form(self, **bound: Any) -> ConclusionForm:
        """The same paper as of every conclusion."""
        return ConclusionForm(**bound)

    def act(self, form: ConclusionForm) -> str:
        """Record it."""
        services.record_decision(
            prompt_list=self.prompt_list,
            session=Session(**form.cleaned_data),
            version=self.version,
            actor=self.request.user,
        )
        return ""


class NoteNeededView(ListPage):
    """POST: whether the meeting waits for the officer's note is switched."""

    http_method_names = ["post"]

    def build_form(self, **bound: Any) -> forms.NoteNeededForm:
        """One switch."""
        return forms.NoteNeededForm(**bound)

    def act(self, form: forms.NoteNeededForm) -> str:
        """Switch it."""
        services.set_note_needed(
            prompt_list=self.prompt_list,
            is_needed=form.cleaned_data["is_needed"],
            version=self.version,
            actor=self.request.user,
        )
        return ""


class ContributionAskView(ListPage):
    """Another body is asked for its contribution."""

    title = gettext_lazy("Ask a body for its contribution")
    done_text = gettext_lazy("Asked. The body is told at once.")

    def refusal(self) -> str:
        """While the list is being prepared."""
        return super().refusal() or reason_against_writing(self.prompt_list)

    def build_form(self, **bound: Any) -> forms.AskContributionForm:
        """Empty."""
        return forms.AskContributionForm(**bound)

    def act(self, form: forms.AskContributionForm) -> str:
        """Ask."""
        prompt_contributions.ask_contribution(
            prompt_list=self.prompt_list, actor=self.request.user, **form.cleaned_data
        )
        return ""
