"""Addresses of cycles."""

from django.urls import URLPattern, path

from criteria.views.reaching import coverage
from criteria.views.rounds import cycles

urlpatterns: list[URLPattern] = [
    path("cycles", cycles.CycleListView.as_view(), name="cycle_list"),
    path("cycles/new", cycles.CycleCreateView.as_view(), name="cycle_create"),
    path("cycles/<uuid:uuid>", cycles.CycleDetailView.as_view(), name="cycle_detail"),
    path("cycles/<uuid:uuid>/edit", cycles.CycleEditView.as_view(), name="cycle_edit"),
    path("cycles/<uuid:uuid>/open", cycles.CycleActView.as_view(), {"move": "open"}, name="cycle_open"),
    path("cycles/<uuid:uuid>/close", cycles.CycleActView.as_view(), {"move": "close"}, name="cycle_close"),
    path("coverage", coverage.CoverageCyclesView.as_view(), name="coverage_cycles"),
    path("coverage/<uuid:uuid>", coverage.CycleCoverageView.as_view(), name="cycle_coverage"),
    path(
        "coverage/<uuid:uuid>/missing",
        coverage.CycleCoverageMissingView.as_view(),
        name="cycle_coverage_missing",
    ),
    path(
        "coverage/<uuid:uuid>/tree.xlsx",
        coverage.CycleCoverageFileView.as_view(),
        {"table": "tree"},
        name="cycle_coverage_file",
    ),
    path(
        "coverage/<uuid:uuid>/missing.xlsx",
        coverage.CycleCoverageFileView.as_view(),
        {"table": "missing"},
        name="cycle_coverage_missing_file",
    ),
]
