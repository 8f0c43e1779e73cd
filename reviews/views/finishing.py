"""After the meeting: returning a review with notes; finishing it with the differences shown."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs import access
from orgs.models.documents import WorkflowDocument
from orgs.views.acts import ActView
from reviews.forms import finishing as forms
from reviews.models import Review, SectionNote
from reviews.selectors import pens
from reviews.selectors.reviews import visible_to
from reviews.selectors.writing.answers import sections_of
from reviews.selectors.writing.deadlines import deadline_of
from reviews.selectors.writing.differences import differences
from reviews.services.meeting import meetings
from reviews.services.writing import finishing as services
from reviews.views.form_pages import FormPage
from reviews.views.review_pages import ReviewPage


class OneReview(ReviewPage):
    """A page of one review with a form."""

    def refresh(self) -> None:
        """Read the review anew."""
        self.__dict__.pop("review", None)

    def destination(self, reference: str = "") -> str:
        """The review, or home when it is out of sight now."""
        if visible_to(self.request.user).filter(uuid=self.kwargs["uuid"]).exists():
            return reverse("reviews:review_detail", args=[self.kwargs["uuid"]])
        return reverse("reviews:home")


class ReviewReturnView(OneReview, FormPage):
    """Return a review for completion, with a note for each section that needs it."""

    template_name = "reviews/review_return.html"
    done_text = gettext_lazy("The review is returned; its author is told.")

    def refusal(self) -> str:
        """Only who holds the pen of the return."""
        if move := pens.may(self.request.user, self.review, "return"):
            return " ".join(move.reasons)
        return _("Only the head and the secretary of the venue return a review, before it is finished.")

    def build_form(self, **bound: Any) -> forms.ReturnForm:
        """Empty."""
        return forms.ReturnForm(review=self.review, **bound)

    def act(self, form: forms.ReturnForm) -> str:
        """Return it."""
        meetings.return_review(
            review=self.review,
            move_note=form.cleaned_data["note"],
            notes=form.notes(),
            version=self.version,
            actor=self.request.user,
        )
        return ""

    def context(self, form: forms.ReturnForm) -> dict[str, Any]:
        """The review with its version, and where it goes."""
        return {"review": self.review, "to_meeting": self.review.state == "finishing"}


class FinishingView(OneReview, FormPage):
    """Differences since the meeting, its conclusions with their answers, and the act of finishing."""

    template_name = "reviews/finishing.html"
    done_text = gettext_lazy("Your answers are saved.")

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Whoever sees the review sees what became of the conclusions; the forms are the author's."""
        return self.show(self.build_form())

    def refusal(self) -> str:
        """Only who finishes the review."""
        finish = self.review.workflow.transition("finishing", "finish")
        if not access.roles_on(self.request.user, self.review) & finish.by:
            return _("Only the author of the review answers.")
        return "" if self.review.state == "finishing" else _("The review is not being finished now.")

    def build_form(self, **bound: Any) -> forms.AnswersForm:
        """The answers as they are saved."""
        notes = SectionNote.objects.filter(review=self.review, source="meeting").select_related("author__person")
        return forms.AnswersForm(notes=notes, **bound)

    def act(self, form: forms.AnswersForm) -> str:
        """Save the answers, with whatever gaps."""
        services.answer_notes(review=self.review, answers=form.answers(), actor=self.request.user)
        return ""

    def destination(self, reference: str = "") -> str:
        """The same page."""
        return self.address("finishing")

    def context(self, form: forms.AnswersForm) -> dict[str, Any]:
        """What changed, what was concluded, whether it can be finished."""
        return {
            "review": self.review,
            "differences": differences(self.review),
            "has_draft": self.review.snapshots.filter(kind="meeting").exists(),
            "sections": sections_of(self.review),
            "may_write": not self.refusal(),
            "finish": pens.may(self.request.user, self.review, "finish"),
            "deadline": deadline_of(self.review),
        }


class ReviewFinishView(ActView):
    """POST reviews/<uuid>/finish."""

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """Finish the review."""
        return super().post(request, uuid, "finish")

    def documents(self) -> QuerySet[Review]:
        """The reviews that the user may see."""
        return visible_to(self.request.user).select_related("cycle", "unit")

    def destination(self, document: WorkflowDocument) -> str:
        """The finished review; the page of finishing while something stands in the way."""
        is_done = Review.objects.filter(pk=document.pk, state="finished").exists()
        return reverse("reviews:review_detail" if is_done else "reviews:finishing", args=[document.uuid])
