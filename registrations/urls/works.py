"""Addresses of registered work."""

from django.urls import URLPattern, path

from registrations.views.works import outcomes, registrations, support, works, writing

registration_act = registrations.RegistrationActView.as_view()
work_act = works.WorkActView.as_view()
support_act = support.SupportActView.as_view()

urlpatterns: list[URLPattern] = [
    path("works", registrations.RegistrationListView.as_view(), name="registration_list"),
    path("works/new", registrations.RegistrationCreateView.as_view(), name="registration_create"),
    path("works/standing", registrations.RegistrationStandingView.as_view(), name="registration_standing"),
    path("works/board", works.WorkBoardView.as_view(), name="work_board"),
    path("works/support", support.SupportListView.as_view(), name="support_list"),
    path("works/<uuid:uuid>", registrations.RegistrationDetailView.as_view(), name="registration_detail"),
    path("works/<uuid:uuid>/paper", registrations.RegistrationPaperView.as_view(), name="registration_paper"),
    path("works/<uuid:uuid>/docx", registrations.RegistrationDocxView.as_view(), name="registration_docx"),
    *(
        path(f"works/<uuid:uuid>/{move}", registration_act, {"move": move}, name=f"registration_{move}")
        for move in registrations.ACTS
    ),
    path("works/<uuid:uuid>/add/<slug:kind>", writing.WorkAddView.as_view(), name="work_add"),
    path("works/<uuid:uuid>/plan/<slug:half>", writing.PlanLineAddView.as_view(), name="plan_line_add"),
    path("works/plan/<uuid:uuid>", writing.PlanLineEditView.as_view(), name="plan_line_edit"),
    path("works/plan/<uuid:uuid>/remove", writing.PlanLineRemoveView.as_view(), name="plan_line_remove"),
    path("works/items/<uuid:uuid>", works.WorkDetailView.as_view(), name="work_detail"),
    path("works/items/<uuid:uuid>/edit", writing.WorkEditView.as_view(), name="work_edit"),
    path("works/items/<uuid:uuid>/remove", writing.WorkRemoveView.as_view(), name="work_remove"),
    path("works/items/<uuid:uuid>/note", works.NoteAddView.as_view(), name="note_add"),
    path("works/items/<uuid:uuid>/obstacle", works.ObstacleAddView.as_view(), name="obstacle_add"),
    path("works/obstacle/<uuid:uuid>/solve", works.ObstacleSolveView.as_view(), name="obstacle_solve"),
    path("works/items/<uuid:uuid>/direction", works.DirectionAddView.as_view(), name="direction_add"),
    path("works/items/<uuid:uuid>/change", outcomes.ChangeAskView.as_view(), name="work_change"),
    path("works/items/<uuid:uuid>/report", outcomes.OutcomeReportView.as_view(), name="work_report"),
    path("works/items/<uuid:uuid>/verify", outcomes.OutcomeVerifyView.as_view(), name="work_verify"),
    *(path(f"works/items/<uuid:uuid>/{move}", work_act, {"move": move}, name=f"work_{move}") for move in works.ACTS),
    path("works/items/<uuid:uuid>/support", support.SupportAddView.as_view(), name="support_add"),
    path("works/support/<uuid:uuid>", support.SupportDetailView.as_view(), name="support_detail"),
    path("works/support/<uuid:uuid>/answer", support.SupportAnswerView.as_view(), name="support_answer"),
    *(
        path(f"works/support/<uuid:uuid>/{move}", support_act, {"move": move}, name=f"support_{move}")
        for move in support.ACTS
    ),
]
