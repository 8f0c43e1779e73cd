"""The self-review as the very document, on the screen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from orgs.documents import render_html
from reviews.documents.closing import closing_sections
from reviews.documents.self_review import self_review_sheets
from reviews.selectors.grading import ratings
from reviews.selectors.writing import answers
from reviews.services.writing.answers import reason_against_writing
from reviews.views.review_pages import ReviewPage


class ReviewPreviewView(ReviewPage):
    """The very document, drawn from the same sheet as the PDF."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The document as it stands now."""
        known = ratings.visible_to(request.user).filter(review=self.review).defer("facts", "suggestion")
        closing = closing_sections(self.review, list(known))
        sheets = self_review_sheets(self.review, answers.whole_text(self.review), closing)
        context = {
            "review": self.review,
            "documents": [render_html(sheet) for sheet in sheets],
            "can_write": not reason_against_writing(self.review, request.user),
        }
        return render(request, "reviews/review_preview.html", context)
