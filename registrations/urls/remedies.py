"""Addresses of named shortcomings and their remedy."""

from django.urls import URLPattern, path

from registrations.views.remedies import lists, remedies

urlpatterns: list[URLPattern] = [
    path("remedies", lists.RemedyListView.as_view(), name="remedy_list"),
    path("remedies/close", lists.RemedyCloseView.as_view(), name="remedy_close"),
    path("remedies/<uuid:uuid>", remedies.RemedyDetailView.as_view(), name="remedy_detail"),
    path("remedies/<uuid:uuid>/plan", remedies.RemedyPlanView.as_view(), name="remedy_plan"),
    path("remedies/<uuid:uuid>/report", remedies.RemedyReportView.as_view(), name="remedy_report"),
    path("remedies/<uuid:uuid>/evidence", remedies.RemedyEvidenceView.as_view(), name="remedy_evidence"),
    path("remedies/<uuid:uuid>/<slug:move>", remedies.RemedyActView.as_view(), name="remedy_act"),
]
