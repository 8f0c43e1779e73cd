"""What is added to one prompt: members who answer, receipts, the working group, the officer's note, the outcome."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from orgs import access, roles
from orgs.guards import reason_of_own
from orgs.models import Forbidden, Person, Stale
from orgs.views import errors
from reviews.forms import prompts as forms
from reviews.services.meeting import deliveries, explanations, prompt_outcomes, prompts
from reviews.views.form_pages import FormPage
from reviews.views.prompting.one_prompt import OnePrompt

NOT_OFFICER = gettext_lazy("Only an officer of an advisory body prepares prompts.")


class PromptPart(OnePrompt, FormPage):
    """A page with one form about a prompt; `by` names the roles that come in."""

    template_name = "reviews/prompt_part.html"
    title = ""
    by: frozenset[str] = frozenset({roles.OFFICER})
    reason: object = NOT_OFFICER

    def refusal(self) -> str:
        """By role, and never in the own case."""
        if not access.roles_on(self.request.user, self.prompt) & self.by:
            return str(self.reason)
        return reason_of_own(self.prompt.review.person_id, self.request.user)

    def destination(self, reference: str) -> str:
        """Back to the prompt."""
        return reverse("reviews:prompt_detail", args=[self.prompt.uuid])

    def shown_version(self) -> int:
        """The version that the form carries."""
        return self.prompt.version

    def context(self, form: Form) -> dict[str, Any]:
        """What the form is about."""
        return {
            "prompt": self.prompt,
            "title": self.title,
            "version": self.shown_version(),
            "back_url": self.destination(""),
            "matter": self.matter if "item" in self.kwargs else None,
        }


class PromptMembersView(PromptPart):
    """Which members of a prompted collective answer for which part of a matter."""

    title = gettext_lazy("Who answers for which part")

    def refusal(self) -> str:
        """Of a draft to a collective."""
        if self.prompt.review.collective_id is None:
            return _("Only a prompt to a collective names the members who answer.")
        if self.prompt.state != "draft":
            return _("An issued prompt never changes; it is withdrawn by a document.")
        return super().refusal()

    def build_form(self, **bound: Any) -> forms.MembersForm:
        """A line for each member of today."""
        seats = self.prompt.review.collective.memberships.current(timezone.localdate()).order_by("order", "id")
        people = Person.objects.in_bulk(seats.values_list("person_id", flat=True))
        members = [people[pk] for pk in dict.fromkeys(seats.values_list("person_id", flat=True))]
        parts = {row.person_id: row.part for row in self.matter.item.answering.all()}
        return forms.MembersForm(members=members, parts=parts, **bound)

    def act(self, form: forms.MembersForm) -> str:
        """Name them."""
        prompts.name_members(item=self.matter.item, parts=form.parts(), version=self.version, actor=self.request.user)
        return ""


class PromptReceiptView(PromptPart):
    """A letter handed over on paper is recorded."""

    title = gettext_lazy("Record the delivery")
    by = deliveries.HANDING_OVER
    reason = gettext_lazy("The officer or the secretary records that a prompt was handed over.")

    def build_form(self, **bound: Any) -> forms.ReceiptForm:
        """Today."""
        return forms.ReceiptForm(**bound)

    def act(self, form: forms.ReceiptForm) -> str:
        """Record it."""
        deliveries.record_receipt(prompt=self.prompt, actor=self.request.user, **form.cleaned_data)
        return ""


class PromptOpenView(OnePrompt, View):
    """POST: the subject confirms that the prompt arrived."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Twice is once."""
        try:
            deliveries.open_prompt(prompt=self.prompt, actor=request.user)
        except (Stale, Forbidden) as refusal:
            return errors.refused(request, refusal)
        return HttpResponseRedirect(reverse("reviews:prompt_detail", args=[self.prompt.uuid]))


class PromptGroupView(PromptPart):
    """Somebody is named to the superior's working group."""

    title = gettext_lazy("Name to the working group")
    done_text = gettext_lazy("Named. This person reads what concerns this subject while the prompt stands.")

    def build_form(self, **bound: Any) -> forms.GroupForm:
        """Empty."""
        return forms.GroupForm(**bound)

    def act(self, form: forms.GroupForm) -> str:
        """Name the person."""
        deliveries.name_group_member(prompt=self.prompt, actor=self.request.user, **form.cleaned_data)
        return ""


class PromptReleaseView(OnePrompt, View):
    """POST: the part of a person in the working group ends."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Once; the second click is told so."""
        member = get_object_or_404(self.prompt.working_group.select_related("person", "prompt"), uuid=kwargs["member"])
        try:
            deliveries.release_group_member(member=member, actor=request.user)
        except (Stale, Forbidden) as refusal:
            return errors.refused(request, refusal)
        return HttpResponseRedirect(reverse("reviews:prompt_detail", args=[self.prompt.uuid]))


class ExplanationNoteView(PromptPart):
    """The officer notes a report that was sent."""

    title = gettext_lazy("Note the explanation report")

    def build_form(self, **bound: Any) -> forms.NoteForm:
        """As it was noted."""
        return forms.NoteForm(initial={"mark": self.prompt.note_mark, "text": self.prompt.note_text}, **bound)

    def act(self, form: forms.NoteForm) -> str:
        """Note it."""
        explanations.note_explanation(
            prompt=self.prompt, version=self.version, actor=self.request.user, **form.cleaned_data
        )
        return ""


class OutcomeView(PromptPart):
    """What the meeting concluded about one matter."""

    title = gettext_lazy("Conclude the matter")
    by = prompt_outcomes.CONCLUDING
    reason = gettext_lazy("The secretary of the meeting or the recorder of the prompting body concludes the matter.")
    done_text = gettext_lazy("Concluded. What is not clear stands in the subject's list of shortcomings.")

    def shown_version(self) -> int:
        """The version of the outcome, 0 for the first."""
        return self.matter.outcome.version if self.matter.outcome else 0

    def build_form(self, **bound: Any) -> forms.OutcomeForm:
        """As it was concluded."""
        row = self.matter.outcome
        return forms.OutcomeForm(initial={"mark": row.mark, "text": row.text} if row else None, **bound)

    def act(self, form: forms.OutcomeForm) -> str:
        """Conclude it."""
        prompt_outcomes.conclude_matter(
            item=self.matter.item, concluded=form.concluded(), version=self.version, actor=self.request.user
        )
        return ""
