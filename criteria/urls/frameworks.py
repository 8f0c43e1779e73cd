"""Addresses of frameworks of criteria."""

from django.urls import URLPattern, path

from criteria.views import conformities, framework_files, framework_moves, framework_reasons, frameworks, revisits

ONE = "frameworks/<uuid:uuid>"

urlpatterns: list[URLPattern] = [
    path("frameworks", frameworks.FrameworkListView.as_view(), name="framework_list"),
    path("frameworks/why", framework_reasons.FrameworkWhyView.as_view(), name="framework_why"),
    path("frameworks/import", framework_files.FrameworkImportView.as_view(), name="framework_import"),
    path("frameworks/revisits", revisits.RevisitListView.as_view(), name="revisit_list"),
    path("frameworks/revisits/<uuid:uuid>", revisits.RevisitDetailView.as_view(), name="revisit_detail"),
    path("frameworks/revisits/<uuid:uuid>/decide", revisits.RevisitDecideView.as_view(), name="revisit_decide"),
    path("frameworks/levels/<uuid:uuid>/confirm", conformities.LevelConfirmView.as_view(), name="level_confirm"),
    path(ONE, frameworks.FrameworkDetailView.as_view(), name="framework_detail"),
    path(f"{ONE}/number", frameworks.FrameworkNumberView.as_view(), name="framework_number"),
    *(
        path(f"{ONE}/{move}", frameworks.FrameworkActView.as_view(), {"move": move}, name=f"framework_{move}")
        for move in ("submit", "agree", "return", "issue")
    ),
    path(f"{ONE}/supersede", framework_moves.FrameworkSupersedeView.as_view(), name="framework_supersede"),
    path(f"{ONE}/concretise", framework_moves.FrameworkConcretiseView.as_view(), name="framework_concretise"),
    path(f"{ONE}/copy", frameworks.FrameworkCopyView.as_view(), name="framework_copy"),
    path(f"{ONE}/difference", conformities.FrameworkDifferenceView.as_view(), name="framework_difference"),
    path(f"{ONE}/except", conformities.FrameworkExceptView.as_view(), name="framework_except"),
    path(f"{ONE}/framework.json", framework_files.FrameworkFileView.as_view(), name="framework_file"),
]
