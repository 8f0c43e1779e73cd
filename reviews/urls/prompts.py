"""Addresses of prompts and explanation reports."""

from django.urls import URLPattern, path

from reviews.views import prompts

ONE = "prompts/<uuid:uuid>"

urlpatterns: list[URLPattern] = [
    path("prompts", prompts.PromptListView.as_view(), name="prompt_list"),
    path("prompts/new", prompts.PromptCreateView.as_view(), name="prompt_create"),
    path("prompts/new/<uuid:review>", prompts.PromptCreateView.as_view(), name="prompt_write"),
    path(ONE, prompts.PromptDetailView.as_view(), name="prompt_detail"),
    path(f"{ONE}/edit", prompts.PromptEditView.as_view(), name="prompt_edit"),
    path(f"{ONE}/matters/<uuid:item>", prompts.ExplanationEditView.as_view(), name="explanation_edit"),
    path(f"{ONE}/acts/<slug:move>", prompts.PromptActView.as_view(), name="prompt_act"),
]
