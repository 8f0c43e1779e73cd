"""Addresses of this floor, one module for each part."""

from django.urls import URLPattern

from criteria.urls import cycles, plans, rules, studying

app_name = "criteria"

urlpatterns: list[URLPattern] = [*plans.urlpatterns, *cycles.urlpatterns, *rules.urlpatterns, *studying.urlpatterns]
