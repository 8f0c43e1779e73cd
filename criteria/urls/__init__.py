"""Addresses of this floor, one module for each part."""

from django.urls import URLPattern

app_name = "criteria"

urlpatterns: list[URLPattern] = []
