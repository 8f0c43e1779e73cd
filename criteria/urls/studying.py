"""Addresses of disseminations."""

from django.urls import URLPattern, path

from criteria.views.reaching import dissemination_bodies, dissemination_writing, disseminations, study_sessions

urlpatterns: list[URLPattern] = [
    path("disseminations", disseminations.DisseminationListView.as_view(), name="dissemination_list"),
    path("disseminations/new", dissemination_writing.DisseminationCreateView.as_view(), name="dissemination_create"),
    path("disseminations/<uuid:uuid>", disseminations.DisseminationDetailView.as_view(), name="dissemination_detail"),
    path(
        "disseminations/<uuid:uuid>/edit",
        dissemination_writing.DisseminationEditView.as_view(),
        name="dissemination_edit",
    ),
    path(
        "disseminations/<uuid:uuid>/bodies",
        dissemination_bodies.DisseminationBodiesView.as_view(),
        name="dissemination_bodies",
    ),
    path(
        "disseminations/<uuid:uuid>/bodies/add",
        dissemination_bodies.DisseminationBodyAddView.as_view(),
        name="dissemination_body_add",
    ),
    path(
        "disseminations/<uuid:uuid>/bodies/remove",
        dissemination_bodies.DisseminationBodyRemoveView.as_view(),
        name="dissemination_body_remove",
    ),
    path(
        "disseminations/<uuid:uuid>/files/<uuid:file>/remove",
        dissemination_bodies.MaterialRemoveView.as_view(),
        name="dissemination_file_remove",
    ),
    path(
        "disseminations/<uuid:uuid>/open",
        dissemination_writing.DisseminationActView.as_view(),
        {"move": "open"},
        name="dissemination_open",
    ),
    path(
        "disseminations/<uuid:uuid>/close",
        dissemination_writing.DisseminationActView.as_view(),
        {"move": "close"},
        name="dissemination_close",
    ),
    path(
        "disseminations/<uuid:uuid>/acknowledge",
        study_sessions.DisseminationAcknowledgeView.as_view(),
        name="dissemination_acknowledge",
    ),
    path(
        "disseminations/<uuid:uuid>/bodies/<uuid:unit>",
        disseminations.DisseminationNamesView.as_view(),
        name="dissemination_names",
    ),
    path(
        "disseminations/<uuid:uuid>/bodies/<uuid:unit>/record",
        study_sessions.DisseminationRecordView.as_view(),
        name="dissemination_record",
    ),
    path(
        "disseminations/<uuid:uuid>/bodies.xlsx",
        disseminations.DisseminationFileView.as_view(),
        name="dissemination_file",
    ),
]
