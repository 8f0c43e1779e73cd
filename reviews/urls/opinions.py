"""Addresses of opinions and of the State-side grade."""

from django.urls import URLPattern, path

from reviews.views import former_comments, opinions

RATING = "ratings/<uuid:uuid>"
ONE = f"{RATING}/opinions/<uuid:opinion>"

urlpatterns: list[URLPattern] = [
    path("opinions", opinions.OpinionsMissingView.as_view(), name="opinion_missing"),
    path("opinions/<uuid:uuid>", former_comments.FormerCommentView.as_view(), name="former_comment"),
    path(f"{RATING}/opinions", opinions.OpinionListView.as_view(), name="opinion_list"),
    path(ONE, opinions.OpinionReceiveView.as_view(), name="opinion_receive"),
    path(f"{ONE}/waiver", opinions.OpinionWaiveView.as_view(), name="opinion_waive"),
    path(f"{RATING}/state-grade", opinions.StateGradeView.as_view(), name="state_grade"),
]
