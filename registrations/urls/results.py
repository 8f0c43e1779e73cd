"""Addresses of the year's results."""

from django.urls import URLPattern, path

from orgs.views.imports import ImportView
from registrations.views.results import lists, results

urlpatterns: list[URLPattern] = [
    path("results", lists.ResultListView.as_view(), name="result_list"),
    path("results/new", results.ResultCreateView.as_view(), name="result_create"),
    path("results/twice", lists.ResultDoublesView.as_view(), name="result_doubles"),
    path("results/import", ImportView.as_view(kind="results"), name="result_import"),
    path("results/<uuid:uuid>", lists.ResultDetailView.as_view(), name="result_detail"),
    path("results/<uuid:uuid>/edit", results.ResultEditView.as_view(), name="result_edit"),
    path("results/<uuid:uuid>/evidence", results.ResultEvidenceView.as_view(), name="result_evidence"),
    path("results/<uuid:uuid>/withdraw", results.ResultWithdrawView.as_view(), name="result_withdraw"),
    path("results/<uuid:uuid>/cause", results.ResultCauseView.as_view(), name="result_cause"),
]
