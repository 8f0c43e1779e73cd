"""Naming a shortcoming: of the own review, at an item of the agenda, from a decision."""

from functools import cached_property
from typing import Any

from django.db.models import Model
from django.forms import Form
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from reviews.forms.naming import NamingForm
from reviews.models import AgendaItem, Rating, Review
from reviews.selectors.grading import ratings
from reviews.selectors.meeting import meetings
from reviews.selectors.reviews import visible_to
from reviews.services.meeting import naming as services
from reviews.views.form_pages import FormPage


class ShortcomingNamePage(FormPage):
    """A page with the one form; where it is opened says which paper stands behind the row."""

    template_name = "reviews/shortcoming_name.html"
    done_text = gettext_lazy("The shortcoming is named and waits for its remedy.")

    def build_form(self, **bound: Any) -> Form:
        """What was found."""
        return NamingForm(bound.get("data"))

    def named(self, form: Form) -> dict[str, Any]:
        """What every service here takes."""
        return {"text": form.cleaned_data["text"], "plan": form.plan, "actor": self.request.user}

    def subject(self) -> Model:
        """Whose shortcoming it is."""
        raise NotImplementedError

    def context(self, form: Form) -> dict[str, Any]:
        """Whose, and the way back."""
        return {"subject": self.subject(), "cancel_url": self.destination("")}


class ReviewShortcomingNameView(ShortcomingNamePage):
    """The author names one of the own."""

    @cached_property
    def review(self) -> Review:
        """The review, 404 when it is not visible."""
        rows = visible_to(self.request.user).select_related("person", "collective", "cycle")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def subject(self) -> Model:
        """Of the review."""
        return self.review.person or self.review.collective

    def refusal(self) -> str:
        """Only the author, after the meeting."""
        return services.reason_against_review(self.review, self.request.user)

    def act(self, form: Form) -> str:
        """Name it."""
        return str(services.name_in_review(review=self.review, **self.named(form)).uuid)

    def destination(self, reference: str) -> str:
        """The review."""
        return reverse("reviews:review_detail", args=[self.review.uuid])


class ItemShortcomingNameView(ShortcomingNamePage):
    """Who keeps the meeting names what it found."""

    @cached_property
    def item(self) -> AgendaItem:
        """The item of a meeting that the user sees."""
        rows = AgendaItem.objects.filter(meeting__in=meetings.visible_to(self.request.user).values("pk"))
        related = ("meeting__collective", "review__person", "review__collective", "review__cycle")
        wanted = {"uuid": self.kwargs["item"], "meeting__uuid": self.kwargs["uuid"]}
        return get_object_or_404(rows.select_related(*related), **wanted)

    def subject(self) -> Model:
        """Of the review on the agenda."""
        return self.item.review.person or self.item.review.collective

    def refusal(self) -> str:
        """Only who keeps the meeting, once the review was heard."""
        return services.reason_against_meeting(self.item, self.request.user)

    def act(self, form: Form) -> str:
        """Name it."""
        return str(services.name_in_meeting(item=self.item, **self.named(form)).uuid)

    def destination(self, reference: str) -> str:
        """The item."""
        return reverse("reviews:meeting_item", args=[self.item.meeting.uuid, self.item.uuid])


class RatingShortcomingNameView(ShortcomingNamePage):
    """The officer names what the decision found."""

    @cached_property
    def rating(self) -> Rating:
        """The rating, 404 when it is not visible."""
        rows = ratings.visible_to(self.request.user)
        related = ("person", "collective", "organisation", "cycle", "review")
        return get_object_or_404(rows.select_related(*related), uuid=self.kwargs["uuid"])

    def subject(self) -> Model:
        """Of the rating."""
        return self.rating.subject

    def refusal(self) -> str:
        """Only the officer, once it was decided."""
        return services.reason_against_decision(self.rating, self.request.user)

    def act(self, form: Form) -> str:
        """Name it."""
        return str(services.name_in_decision(rating=self.rating, **self.named(form)).uuid)

    def destination(self, reference: str) -> str:
        """The rating."""
        return reverse("reviews:rating_detail", args=[self.rating.uuid])
