"""Addresses of this floor, one module for each part."""

from django.urls import URLPattern

app_name = "reviews"

urlpatterns: list[URLPattern] = []
