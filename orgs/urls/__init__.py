"""Addresses of this floor, one module for each part."""

from django.urls import URLPattern

from orgs.urls import accounts, carriers, health, register

app_name = "orgs"

urlpatterns: list[URLPattern] = [
    *health.urlpatterns,
    *accounts.urlpatterns,
    *carriers.urlpatterns,
    *register.urlpatterns,
]
