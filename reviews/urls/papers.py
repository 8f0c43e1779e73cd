"""Addresses of dossiers, single papers and summary tables."""

from django.urls import URLPattern, path

from reviews.views import dossiers, papers, summaries

REVIEW = "reviews/<uuid:uuid>"

urlpatterns: list[URLPattern] = [
    path(f"{REVIEW}/dossier", dossiers.DossierView.as_view(), name="dossier"),
    path(f"{REVIEW}/dossier/preview", dossiers.DossierPreviewView.as_view(), name="dossier_preview"),
    path("dossiers", dossiers.DossierBatchView.as_view(), name="dossier_batch"),
    path("meetings/<uuid:uuid>/minutes.pdf", papers.MinutesView.as_view(), name="minutes"),
    path("ratings/<uuid:uuid>/notice.pdf", papers.NoticePaperView.as_view(), name="notice"),
    path("conclusions/<uuid:uuid>/decision.pdf", papers.ConclusionPaperView.as_view(), name="conclusion_paper"),
    path("summaries", summaries.SummaryListView.as_view(), name="summary_list"),
    path("summaries/file.<slug:form>", summaries.SummaryFileView.as_view(), name="summary_file"),
]
