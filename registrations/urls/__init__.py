"""Addresses of this floor, one module for each part."""

from django.urls import URLPattern

from registrations.urls import catalogue, register, remedies, results, works

app_name = "registrations"

urlpatterns: list[URLPattern] = [
    *catalogue.urlpatterns,
    *register.urlpatterns,
    *remedies.urlpatterns,
    *results.urlpatterns,
    *works.urlpatterns,
]
