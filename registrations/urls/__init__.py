"""Addresses of this floor, one module for each part."""

from django.urls import URLPattern

from registrations.urls import register, remedies, works

app_name = "registrations"

urlpatterns: list[URLPattern] = [*register.urlpatterns, *remedies.urlpatterns, *works.urlpatterns]
