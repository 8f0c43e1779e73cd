"""Addresses of enrolment, of what would get stuck, of the lists, and of changes after the roster date."""

from django.urls import URLPattern, path

from reviews.views import changes, cycles, lists, replays

CYCLE = "cycles/<uuid:uuid>"

urlpatterns: list[URLPattern] = [
    path(f"{CYCLE}/overview", cycles.CycleOverviewView.as_view(), name="cycle_overview"),
    path(f"{CYCLE}/stuck", cycles.CycleStuckView.as_view(), name="cycle_stuck"),
    path(f"{CYCLE}/enrol", cycles.CycleEnrolView.as_view(), name="cycle_enrol"),
    path(f"{CYCLE}/changes/new", changes.ChangeCreateView.as_view(), name="change_create"),
    path(f"{CYCLE}/replay", replays.CycleReplayView.as_view(), name="cycle_replay"),
    path("replays/<uuid:uuid>", replays.ReplayDetailView.as_view(), name="replay_detail"),
    path("replays/<uuid:uuid>/subjects", replays.ReplaySubjectsView.as_view(), name="replay_subjects"),
    path("replays/<uuid:uuid>/file.xlsx", replays.ReplayFileView.as_view(), name="replay_file"),
    path("changes", changes.ChangeListView.as_view(), name="change_list"),
    path("reviews", lists.ReviewListView.as_view(), name="review_list"),
    path("ratings", lists.RatingListView.as_view(), name="rating_list"),
]
