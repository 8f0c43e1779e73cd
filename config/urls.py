"""All addresses: Django admin, the language switch, and the four apps."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("admin/", admin.site.urls),
    path("language", login_not_required(set_language), name="set_language"),
    path("", include("orgs.urls")),
    path("criteria/", include("criteria.urls")),
    path("registrations/", include("registrations.urls")),
    path("", include("reviews.urls")),
]

handler400 = "orgs.views.errors.bad_request"
handler403 = "orgs.views.errors.permission_denied"
handler404 = "orgs.views.errors.page_not_found"
handler500 = "config.faults.server_error"
