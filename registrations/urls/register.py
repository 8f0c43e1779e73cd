"""Addresses of the register."""

from django.urls import URLPattern, path

from registrations.views.register import facts as register

urlpatterns: list[URLPattern] = [
    path("facts", register.FactListView.as_view(), name="fact_home"),
    path("facts/<slug:kind>", register.FactListView.as_view(), name="fact_list"),
    path("facts/<slug:kind>/new", register.FactCreateView.as_view(), name="fact_create"),
    path("facts/<slug:kind>/<uuid:uuid>/withdraw", register.FactWithdrawView.as_view(), name="fact_withdraw"),
    path("facts/shortcoming/<uuid:uuid>/remedy", register.FactRemedyView.as_view(), name="fact_remedy"),
]
