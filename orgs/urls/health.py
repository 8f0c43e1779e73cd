"""Addresses that machines ask."""

from django.urls import URLPattern, path

from orgs.views import health

urlpatterns: list[URLPattern] = [
    path("healthz", health.ProcessHealthView.as_view(), name="process_health"),
    path("readyz", health.ReadinessView.as_view(), name="readiness"),
]
