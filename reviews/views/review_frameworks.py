"""Why this framework measures a review: the way on which enrolment found it among those that the cycle froze."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from criteria.selectors.frameworks import applying
from reviews.views.review_pages import ReviewPage


class ReviewFrameworkView(ReviewPage):
    """For whoever may see the review; posts are those of the roster date."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The way, step by step."""
        review = self.review
        subject = review.person or review.collective
        if subject is None:
            raise Http404
        cycle = review.cycle
        answer = applying.applies(subject, on=cycle.roster_on, cycle=cycle, form_key=review.form_key)
        context = {
            "title": _("Why this framework"),
            "review": review,
            "answer": answer,
            "looks": applying.looks(answer),
            "differs": review.framework_id != (answer.choice.framework.pk if answer.choice.framework else None),
        }
        return render(request, "reviews/review_framework.html", context)
