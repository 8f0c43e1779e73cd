"""Addresses of the register: facts, running remarks, earlier years, what stands about oneself."""

from django.urls import URLPattern, path

from orgs.views.imports import ImportView
from registrations.views.register import facts, own, past, remarks

urlpatterns: list[URLPattern] = [
    path("facts", facts.FactListView.as_view(), name="fact_home"),
    path("facts/<slug:kind>", facts.FactListView.as_view(), name="fact_list"),
    path("facts/<slug:kind>/new", facts.FactCreateView.as_view(), name="fact_create"),
    path("facts/<slug:kind>/<uuid:uuid>/withdraw", facts.FactWithdrawView.as_view(), name="fact_withdraw"),
    path("facts/<slug:kind>/<uuid:uuid>/correct", facts.FactCorrectView.as_view(), name="fact_correct"),
    path("facts/shortcoming/<uuid:uuid>/remedy", facts.FactRemedyView.as_view(), name="fact_remedy"),
    path("record", own.OwnRecordView.as_view(), name="record_own"),
    path("remarks", remarks.RemarkListView.as_view(), name="remark_list"),
    path("remarks/whom", remarks.RemarkPickView.as_view(), name="remark_pick"),
    path("remarks/new", remarks.RemarkCreateView.as_view(), name="remark_create"),
    path("remarks/<uuid:uuid>/answer", remarks.RemarkAnswerView.as_view(), name="remark_answer"),
    path("remarks/<uuid:uuid>/withdraw", remarks.RemarkWithdrawView.as_view(), name="remark_withdraw"),
    path("past-years", past.PastRatingListView.as_view(), name="past_list"),
    path("past-years/import", ImportView.as_view(kind="past_years"), name="past_import"),
    path("past-years/<uuid:uuid>/withdraw", past.PastRatingWithdrawView.as_view(), name="past_withdraw"),
]
