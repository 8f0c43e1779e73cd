"""Addresses of the home page and of writing a review."""

from django.urls import URLPattern, path

from reviews.views import (
    facts,
    home,
    previews,
    results,
    review_acts,
    review_frameworks,
    review_pages,
    sections,
    submission,
)

SECTION = "reviews/<uuid:uuid>/sections/<str:section_key>"

urlpatterns: list[URLPattern] = [
    path("", home.HomeView.as_view(), name="home"),
    path("reviews/<uuid:uuid>", review_pages.ReviewDetailView.as_view(), name="review_detail"),
    path("reviews/<uuid:uuid>/framework", review_frameworks.ReviewFrameworkView.as_view(), name="review_framework"),
    path("reviews/<uuid:uuid>/preview", previews.ReviewPreviewView.as_view(), name="review_preview"),
    path("reviews/<uuid:uuid>/submit", submission.ReviewSubmitView.as_view(), name="review_submit"),
    path("reviews/<uuid:uuid>/submitted", submission.ReviewSubmittedView.as_view(), name="review_submitted"),
    path("reviews/<uuid:uuid>/facts", facts.FactsEditView.as_view(), name="facts_edit"),
    path("reviews/<uuid:uuid>/results", results.ReviewResultsView.as_view(), name="review_results"),
    path("reviews/<uuid:uuid>/results/state", results.ResultsStateView.as_view(), name="results_state"),
    path("reviews/<uuid:uuid>/results/<uuid:use>/leave", results.ResultLeaveView.as_view(), name="result_leave"),
    path("reviews/<uuid:uuid>/acts/<slug:move>", review_acts.ReviewActView.as_view(), name="review_act"),
    path(SECTION, sections.SectionEditView.as_view(), name="section_edit"),
    path(f"{SECTION}/autosave", sections.SectionAutosaveView.as_view(), name="section_autosave"),
    path(f"{SECTION}/kept/<uuid:kept>", sections.SectionConflictView.as_view(), name="section_conflict"),
    path(f"{SECTION}/kept/<uuid:kept>/aside", sections.SectionKeepSavedView.as_view(), name="section_keep_saved"),
]
