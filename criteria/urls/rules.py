"""Addresses of regulations and their forms."""

from django.urls import URLPattern, path

from criteria.views.rules import gallery, regulations

urlpatterns: list[URLPattern] = [
    path("regulations", regulations.RegulationListView.as_view(), name="regulation_list"),
    path("regulations/<uuid:uuid>", regulations.RegulationDetailView.as_view(), name="regulation_detail"),
    path(
        "regulations/<uuid:uuid>/difference",
        regulations.RegulationDifferenceView.as_view(),
        name="regulation_difference",
    ),
    path("forms", gallery.FormGalleryView.as_view(), name="form_gallery"),
    path("regulations/<uuid:uuid>/forms/<str:form_key>", gallery.FormSampleView.as_view(), name="form_sample"),
    path(
        "regulations/<uuid:uuid>/forms/<str:form_key>/form.pdf",
        gallery.FormSamplePdfView.as_view(),
        name="form_sample_pdf",
    ),
    path(
        "regulations/<uuid:uuid>/forms/<str:form_key>/<int:number>.docx",
        gallery.FormSampleDocxView.as_view(),
        name="form_sample_docx",
    ),
]
