"""Addresses of this floor."""

from django.urls import URLPattern, path

from orgs.views import health

app_name = "orgs"

HEALTH: list[URLPattern] = [
    path("healthz", health.ProcessHealthView.as_view(), name="process_health"),
    path("readyz", health.ReadinessView.as_view(), name="readiness"),
]

urlpatterns: list[URLPattern] = [*HEALTH]
