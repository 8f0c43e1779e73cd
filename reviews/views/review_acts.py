"""The plain moves of a review: postpone, resume, reopen, close."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from orgs.models.documents import WorkflowDocument
from orgs.views.acts import ActView
from reviews.models import Review
from reviews.selectors.reviews import visible_to
from reviews.views.review_pages import PLAIN_MOVES


class ReviewActView(ActView):
    """POST reviews/<uuid>/acts/<move>."""

    def post(self, request: HttpRequest, uuid: str, move: str) -> HttpResponse:
        """Carry out a plain move; other names are not found here."""
        if move not in PLAIN_MOVES:
            raise Http404
        return super().post(request, uuid, move)

    def documents(self) -> QuerySet[Review]:
        """The reviews that the user may see."""
        return visible_to(self.request.user).select_related("cycle", "unit")

    def destination(self, document: WorkflowDocument) -> str:
        """Back to the review, or home when it is out of sight now."""
        if visible_to(self.request.user).filter(pk=document.pk).exists():
            return reverse("reviews:review_detail", args=[document.uuid])
        return reverse("reviews:home")
