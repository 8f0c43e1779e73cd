"""Addresses of the catalogue of registered works and of the reports on it."""

from django.urls import URLPattern, path

from registrations.views.catalogue import catalogue, proposals, reports

REPORT = "catalogue/reports/<uuid:uuid>"

urlpatterns: list[URLPattern] = [
    path("catalogue", catalogue.CatalogueView.as_view(), name="catalogue"),
    path("catalogue.xlsx", catalogue.CatalogueFileView.as_view(), name="catalogue_file"),
    path("catalogue.pdf", catalogue.CataloguePaperView.as_view(), name="catalogue_paper"),
    path("catalogue/picture", catalogue.CataloguePictureView.as_view(), name="catalogue_picture"),
    path("catalogue/stuck", catalogue.CatalogueStuckView.as_view(), name="catalogue_stuck"),
    path("catalogue/stuck.xlsx", catalogue.CatalogueStuckFileView.as_view(), name="catalogue_stuck_file"),
    path("catalogue/reports", reports.ReportListView.as_view(), name="report_list"),
    path("catalogue/reports/new", reports.ReportCreateView.as_view(), name="report_create"),
    path(REPORT, reports.ReportDetailView.as_view(), name="report_detail"),
    path(f"{REPORT}/edit", reports.ReportEditView.as_view(), name="report_edit"),
    path(f"{REPORT}/send", reports.ReportSendView.as_view(), name="report_send"),
    path(f"{REPORT}/paper", reports.ReportPaperView.as_view(), name="report_paper"),
    path(f"{REPORT}/docx", reports.ReportDocxView.as_view(), name="report_docx"),
    path("works/items/<uuid:uuid>/propose", proposals.CriterionProposeView.as_view(), name="criterion_propose"),
]
