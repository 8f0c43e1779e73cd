"""Addresses of this floor, one module for each part."""

from django.urls import URLPattern

from reviews.urls import writing

app_name = "reviews"

urlpatterns: list[URLPattern] = [
    *writing.urlpatterns,
]
