"""Addresses of this floor, one module for each part."""

from django.urls import URLPattern

from reviews.urls import deciding, enrolment, finishing, meetings, opinions, papers, prompts, writing

app_name = "reviews"

urlpatterns: list[URLPattern] = [
    *deciding.urlpatterns,
    *enrolment.urlpatterns,
    *finishing.urlpatterns,
    *meetings.urlpatterns,
    *opinions.urlpatterns,
    *papers.urlpatterns,
    *prompts.urlpatterns,
    *writing.urlpatterns,
]
