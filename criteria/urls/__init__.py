"""Addresses of this floor, one module for each part."""

from django.urls import URLPattern

from criteria.urls import consulting, cycles, frameworks, plans, rules, studying, synthesis, urging

app_name = "criteria"

urlpatterns: list[URLPattern] = [
    *plans.urlpatterns,
    *cycles.urlpatterns,
    *rules.urlpatterns,
    *frameworks.urlpatterns,
    *studying.urlpatterns,
    *consulting.urlpatterns,
    *synthesis.urlpatterns,
    *urging.urlpatterns,
]
