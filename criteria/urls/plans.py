"""Addresses of plans."""

from django.urls import URLPattern, path

from criteria.views.rounds import milestones, papers, plan_lists, plans

urlpatterns: list[URLPattern] = [
    path("plans", plan_lists.PlanListView.as_view(), name="plan_list"),
    path("plans/new", plans.PlanCreateView.as_view(), name="plan_create"),
    path("plans/<uuid:uuid>", plan_lists.PlanDetailView.as_view(), name="plan_detail"),
    path("plans/<uuid:uuid>/edit", plans.PlanEditView.as_view(), name="plan_edit"),
    path("plans/<uuid:uuid>/copy", plans.PlanCopyView.as_view(), name="plan_copy"),
    path("plans/<uuid:uuid>/issue", plans.PlanIssueView.as_view(), {"move": "issue"}, name="plan_issue"),
    path("plans/<uuid:uuid>/missing", plan_lists.PlanMissingView.as_view(), name="plan_missing"),
    path("plans/<uuid:uuid>/plan.pdf", papers.PlanPaperView.as_view(), name="plan_paper"),
    path("milestones/<uuid:uuid>/move", milestones.MilestoneMoveView.as_view(), name="milestone_move"),
]
