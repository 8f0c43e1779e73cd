"""Addresses of regulations and frameworks."""

from django.urls import URLPattern, path

from criteria.views import frameworks, gallery, regulations

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
    path("frameworks", frameworks.FrameworkListView.as_view(), name="framework_list"),
    path("frameworks/<uuid:uuid>", frameworks.FrameworkDetailView.as_view(), name="framework_detail"),
    path("frameworks/<uuid:uuid>/number", frameworks.FrameworkNumberView.as_view(), name="framework_number"),
    path(
        "frameworks/<uuid:uuid>/issue", frameworks.FrameworkActView.as_view(), {"move": "issue"}, name="framework_issue"
    ),
    path(
        "frameworks/<uuid:uuid>/supersede",
        frameworks.FrameworkActView.as_view(),
        {"move": "supersede"},
        name="framework_supersede",
    ),
    path("frameworks/<uuid:uuid>/copy", frameworks.FrameworkCopyView.as_view(), name="framework_copy"),
]
