"""The page on which the head of a former place writes his comment."""

from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from reviews.forms.opinions import CommentForm
from reviews.models import Opinion
from reviews.selectors.grading import former_comments as selectors
from reviews.services.grading import former_comments as services
from reviews.views.form_pages import FormPage

RELATED = ("rating__person", "rating__cycle", "unit", "file")


class FormerCommentView(FormPage):
    """About whom, of which time, and the comment; nothing else of the rating is shown."""

    template_name = "reviews/former_comment.html"
    done_text = gettext_lazy("The comment is given; who asked for it has been told.")

    @cached_property
    def opinion(self) -> Opinion:
        """The comment, 404 for who does not head the place that is asked."""
        rows = selectors.asked_of(self.request.user).select_related(*RELATED)
        rows = rows.defer("rating__facts", "rating__suggestion")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def refusal(self) -> str:
        """Only while it is awaited or his own, and before the decision."""
        return services.reason_against_giving(self.opinion)

    def refresh(self) -> None:
        """Read it anew."""
        self.__dict__.pop("opinion", None)

    def build_form(self, **bound: Any) -> CommentForm:
        """As it is saved."""
        row = self.opinion
        initial = {"text": row.text, "document": row.document}
        if row.received_on:
            initial["received_on"] = row.received_on
        return CommentForm(initial=initial, **bound)

    def act(self, form: CommentForm) -> str:
        """Give it."""
        services.give_comment(
            opinion=self.opinion,
            received=form.received(),
            version=self.version,
            actor=self.request.user,
            upload=form.cleaned_data["file"],
        )
        return ""

    def destination(self, reference: str) -> str:
        """Home, where the row is gone."""
        return reverse("reviews:home")

    def context(self, form: CommentForm) -> dict[str, Any]:
        """The comment, and the posts that the person held there."""
        return {"opinion": self.opinion, "posts": selectors.posts_there(self.opinion)}
