"""Prompts from above: the list of all, one prompt drafted and read."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
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
from orgs import access, guards, roles
from orgs.guards import reason_of_own
from orgs.models import Collective, Unit
from orgs.models.documents import WorkflowDocument
from orgs.selectors.files import with_pen
from orgs.selectors.history import history_of
from orgs.selectors.roles_held import roles_held, with_roles
from orgs.views.acts import ActView
from reviews.forms import prompts as forms
from reviews.guards.prompts import prompt_list_is_drafted
from reviews.models import AgendaItem, Prompt, Review
from reviews.models.prompts import GONE
from reviews.selectors import reviews as review_rows
from reviews.selectors.meeting import hearings
from reviews.selectors.meeting import prompts as selectors
from reviews.services.meeting import prompts as services
from reviews.services.meeting.deliveries import FOLLOWED, HANDING_OVER, STANDING
from reviews.services.meeting.prompt_outcomes import CONCLUDING, HEARD
from reviews.views.act_rows import act_rows
from reviews.views.form_pages import FormPage
from reviews.views.prompting.one_prompt import OnePrompt
from reviews.workflow import PEN

SEES_LISTS = frozenset({roles.OFFICER, roles.RECORDER, roles.CONFIRMER, roles.INSPECTOR})
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
        """The filter, and whether I draft prompts or decide about their lists at all."""
        viewer = access.viewer_of(self.request.user)
        drafts = roles.MANAGE_PROMPTS in viewer.rights
        sees_lists = bool(viewer.roles & SEES_LISTS)
        return super().get_context_data(filter_form=self.filter_form, may_draft=drafts, sees_lists=sees_lists, **kwargs)


class PromptCreateView(FormPage):
    """First the subject is searched by name, then the matters are written."""

    template_name = "reviews/prompt_create.html"
    done_text = gettext_lazy("The draft is saved in the list of this authority.")

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


class PromptEditView(OnePrompt, FormPage):
    """A draft is changed; an issued prompt never."""

    template_name = "reviews/prompt_edit.html"
    done_text = gettext_lazy("The draft is saved.")

    def refusal(self) -> str:
        """Drafts only, and only by who prepares them."""
        if self.prompt.state != "draft":
            return _("An issued prompt never changes; it is withdrawn by a document.")
        if reason := prompt_list_is_drafted(self.prompt, self.request.user):
            return reason
        is_officer = roles.OFFICER in access.roles_on(self.request.user, self.prompt)
        return "" if is_officer else str(NOT_OFFICER)

    def build_form(self, **bound: Any) -> forms.PromptForm:
        """As it is saved."""
        rows = [row.item for row in self.matters]
        matters = [services.MatterText(row.text, row.basis, row.due_on, row.uuid) for row in rows]
        return forms.PromptForm(matters=matters, initial={"due_on": self.prompt.due_on}, **bound)

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

    def rows(self) -> QuerySet[Prompt]:
        """With the roles of the reader, whether the letter is his to have signed, and whether a group follows it."""
        user = self.request.user
        return selectors.followed(with_pen(with_roles(super().rows(), user), user))

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page. Explanations are read by others only once they are sent."""
        held = roles_held(self.prompt)
        moves = [move for move in guards.moves(self.prompt, request.user, held) if move.name != "issue"]
        context = {
            "prompt": self.prompt,
            "matters": self.matters,
            "acts": act_rows(self.prompt, moves, url_name="reviews:prompt_act", forward=("send",)),
            "receipts": (receipts := selectors.receipts_of(self.prompt)),
            "group": selectors.group_of(self.prompt) if self.prompt.is_followed else [],
            **self._rights(held, {row.user_id for row in receipts}),
        }
        context["kept"] = selectors.kept_of(request.user, self.prompt) if self.prompt.state in GONE else ()
        context["hearings"] = self._hearings() if context["is_follower"] else ()
        return render(request, "reviews/prompt_detail.html", context)

    def _hearings(self) -> QuerySet[AgendaItem]:
        """Where the subject is heard, for the working group that follows it."""
        rows = hearings.followed_by(self.request.user).filter(review=self.prompt.review_id)
        return rows.select_related("meeting__collective", "meeting__cycle").order_by("meeting__held_on", "id")

    def _rights(self, held: frozenset[str], opened_by: set[int | None]) -> dict[str, Any]:
        """What this reader may do, and what of the history he reads: wordings of a draft only its officer."""
        prompt, user = self.prompt, self.request.user
        is_pen, is_others = bool(held & PEN), not reason_of_own(prompt.review.person_id, user)
        is_officer, stands = is_others and roles.OFFICER in held, prompt.state in STANDING
        is_heard = prompt.state == "explained" and prompt.review.state in HEARD
        drafts = () if roles.OFFICER in held else selectors.DRAFTING
        return {
            "may_explain": is_pen and prompt.state == "issued",
            "shows_explanations": is_pen or prompt.state == "explained",
            "may_edit": is_officer and prompt.state == "draft",
            "may_open": is_pen and stands and user.pk not in opened_by,
            "may_hand_over": is_others and stands and bool(held & HANDING_OVER),
            "may_group": is_officer and prompt.state in FOLLOWED,
            "may_note": is_officer and prompt.state == "explained",
            "is_follower": roles.WORKING_GROUP in held,
            "may_conclude": is_others and is_heard and bool(held & CONCLUDING),
            "history": history_of("reviews.Prompt", str(prompt.uuid), hidden=drafts),
        }


class PromptActView(ActView):
    """POST prompts/<uuid>/acts/<move>: send, withdraw, return; it is issued with its whole list."""

    def documents(self) -> QuerySet[Prompt]:
        """The prompts that the user may see."""
        return selectors.visible_to(self.request.user).select_related("cycle")

    def destination(self, document: WorkflowDocument) -> str:
        """Back to the prompt, or to the list when it is out of sight now."""
        if selectors.visible_to(self.request.user).filter(pk=document.pk).exists():
            return reverse("reviews:prompt_detail", args=[document.uuid])
        return reverse("reviews:prompt_list")
