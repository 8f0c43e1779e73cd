"""Addresses of what happens to a review at and after its meeting."""

from django.urls import URLPattern, path

from reviews.views import finishing, naming

REVIEW = "reviews/<uuid:uuid>"

urlpatterns: list[URLPattern] = [
    path(f"{REVIEW}/return", finishing.ReviewReturnView.as_view(), name="review_return"),
    path(f"{REVIEW}/finishing", finishing.FinishingView.as_view(), name="finishing"),
    path(f"{REVIEW}/shortcomings/new", naming.ReviewShortcomingNameView.as_view(), name="review_name"),
    path(f"{REVIEW}/finish", finishing.ReviewFinishView.as_view(), name="review_finish"),
]
