"""Addresses of urging."""

from django.urls import URLPattern, path

from criteria.views.reaching import urging, urging_letters

urlpatterns: list[URLPattern] = [
    path("urging/letters/<uuid:uuid>", urging_letters.UrgingDetailView.as_view(), name="urging_detail"),
    path("urging/letters/<uuid:uuid>/edit", urging_letters.UrgingEditView.as_view(), name="urging_edit"),
    path("urging/letters/<uuid:uuid>/send", urging_letters.UrgingSendView.as_view(), name="urging_send"),
    path("urging/letters/<uuid:uuid>/letter.pdf", urging_letters.UrgingPaperView.as_view(), name="urging_paper"),
    path("urging/letters/<uuid:uuid>/letter.docx", urging_letters.UrgingDocxView.as_view(), name="urging_docx"),
    path("urging/<str:kind>/<uuid:uuid>", urging.UrgingPickView.as_view(), name="urging_pick"),
    path("urging/<str:kind>/<uuid:uuid>/calls/<uuid:unit>", urging.UrgingCallsView.as_view(), name="urging_calls"),
]
