"""Addresses of this floor, one module for each part."""

from django.urls import URLPattern

from registrations.urls import register, remedies

app_name = "registrations"

urlpatterns: list[URLPattern] = [*register.urlpatterns, *remedies.urlpatterns]
