"""Contributions to a prompt list: given by the body that was asked, entered from its paper, or waived."""

from functools import cached_property
from typing import Any

from django.forms import Form
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from orgs import access, roles
from reviews.forms import prompt_lists as forms
from reviews.guards.prompts import reason_against_writing
from reviews.models import PromptContribution
from reviews.selectors.meeting import prompt_lists as selectors
from reviews.services.meeting import prompt_contributions
from reviews.views.form_pages import FormPage

NOT_OFFICER = gettext_lazy("Only an officer of an advisory body prepares prompts.")


class OneContribution(FormPage):
    """A page with one form about one contribution; for the list's officer and for the body that was asked."""

    template_name = "reviews/contribution_form.html"
    title = ""

    @cached_property
    def contribution(self) -> PromptContribution:
        """The contribution of the address, 404 when it is not visible."""
        rows = selectors.readable_contributions(self.request.user)
        rows = rows.select_related("prompt_list__authority", "prompt_list__cycle", "unit", "file")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    @cached_property
    def is_preparer(self) -> bool:
        """Whether the reader prepares the list."""
        return roles.OFFICER in access.roles_on(self.request.user, self.contribution.prompt_list)

    def refresh(self) -> None:
        """Read it anew."""
        self.__dict__.pop("contribution", None)

    def destination(self, reference: str) -> str:
        """Back to the list, for the body asked to its own tasks."""
        if self.is_preparer:
            return reverse("reviews:prompt_list_detail", args=[self.contribution.prompt_list.uuid])
        return reverse("reviews:home")

    def context(self, form: Form) -> dict[str, Any]:
        """The contribution with its version."""
        return {"contribution": self.contribution, "title": self.title, "back_url": self.destination("")}


class ContributionGiveView(OneContribution):
    """The contribution is given, or entered from its paper."""

    title = gettext_lazy("Contribution to the prompt list")
    done_text = gettext_lazy("The contribution is recorded.")

    def refusal(self) -> str:
        """While the list is being prepared."""
        is_own = selectors.answers_for(self.request.user, self.contribution)
        if not is_own and not self.is_preparer:
            return str(NOT_OFFICER)
        return reason_against_writing(self.contribution.prompt_list)

    def build_form(self, **bound: Any) -> forms.GiveContributionForm:
        """As it was given."""
        row = self.contribution
        saved = {"text": row.text, "document": row.document, "given_on": row.given_on}
        return forms.GiveContributionForm(initial=saved if row.given_on else None, **bound)

    def act(self, form: forms.GiveContributionForm) -> str:
        """Record it."""
        prompt_contributions.give_contribution(
            contribution=self.contribution,
            given=form.given(),
            version=self.version,
            actor=self.request.user,
            upload=form.cleaned_data["file"],
        )
        return ""


class ContributionWaiveView(OneContribution):
    """The list goes on without a contribution."""

    title = gettext_lazy("Go on without the contribution")

    def refusal(self) -> str:
        """Only who prepares the list."""
        return reason_against_writing(self.contribution.prompt_list) if self.is_preparer else str(NOT_OFFICER)

    def build_form(self, **bound: Any) -> forms.WaiveContributionForm:
        """Empty."""
        return forms.WaiveContributionForm(**bound)

    def act(self, form: forms.WaiveContributionForm) -> str:
        """Waive it."""
        prompt_contributions.waive_contribution(
            contribution=self.contribution,
            reason=form.cleaned_data["waiver_reason"],
            version=self.version,
            actor=self.request.user,
        )
        return ""
