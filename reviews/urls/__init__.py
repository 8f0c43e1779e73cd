"""Addresses of this floor, one module for each part."""

from django.urls import URLPattern

from reviews.urls import enrolment, writing

app_name = "reviews"

urlpatterns: list[URLPattern] = [
    *enrolment.urlpatterns,
    *writing.urlpatterns,
]
