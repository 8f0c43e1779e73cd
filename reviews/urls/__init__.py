"""Addresses of this floor, one module for each part."""

from django.urls import URLPattern

from reviews.urls import deciding, enrolment, writing

app_name = "reviews"

urlpatterns: list[URLPattern] = [
    *deciding.urlpatterns,
    *enrolment.urlpatterns,
    *writing.urlpatterns,
]
