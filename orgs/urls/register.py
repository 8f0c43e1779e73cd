"""Addresses of people, units and imports."""

from django.urls import URLPattern, path

from orgs.views import imports, people, posts, units

urlpatterns: list[URLPattern] = [
    path("people", people.PeopleListView.as_view(), name="people_list"),
    path("people/new", people.PersonCreateView.as_view(), name="person_create"),
    path("people/<uuid:uuid>", people.PersonDetailView.as_view(), name="person_detail"),
    path("people/<uuid:uuid>/edit", people.PersonEditView.as_view(), name="person_edit"),
    path("people/<uuid:uuid>/end", people.PersonEndView.as_view(), name="person_end"),
    path("people/<uuid:uuid>/posts/new", posts.AppointmentCreateView.as_view(), name="appointment_create"),
    path("people/<uuid:uuid>/posts/<uuid:post>/end", posts.AppointmentEndView.as_view(), name="appointment_end"),
    path("people/<uuid:uuid>/seats/new", posts.MembershipCreateView.as_view(), name="membership_create"),
    path("people/<uuid:uuid>/seats/<uuid:seat>/end", posts.MembershipEndView.as_view(), name="membership_end"),
    path("units", units.UnitsListView.as_view(), name="units_list"),
    path("units/new", units.UnitCreateView.as_view(), name="unit_create"),
    path("units/<uuid:uuid>", units.UnitDetailView.as_view(), name="unit_detail"),
    path("units/<uuid:uuid>/edit", units.UnitEditView.as_view(), name="unit_edit"),
    path("units/<uuid:uuid>/end", units.UnitEndView.as_view(), name="unit_end"),
    path("units/<uuid:uuid>/succeed", units.UnitSucceedView.as_view(), name="unit_succeed"),
    path("import/units", imports.ImportView.as_view(kind="units"), name="import_units"),
    path("import/people", imports.ImportView.as_view(kind="people"), name="import_people"),
    path("import/<str:kind>/template", imports.ImportTemplateView.as_view(), name="import_template"),
    path("import/<str:kind>/register", imports.RegisterDownloadView.as_view(), name="register_download"),
    path("import/<str:kind>/<uuid:uuid>", imports.ImportCheckView.as_view(), name="import_check"),
    path("import/<str:kind>/<uuid:uuid>/confirm", imports.ImportConfirmView.as_view(), name="import_confirm"),
    path("import/<str:kind>/<uuid:uuid>/marked", imports.ImportMarkedView.as_view(), name="import_marked"),
]
