"""Addresses of this floor."""

from django.urls import URLPattern

app_name = "registrations"
urlpatterns: list[URLPattern] = []
