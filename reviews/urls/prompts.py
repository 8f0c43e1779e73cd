"""Addresses of prompts, prompt lists, contributions and explanation reports."""

from django.urls import URLPattern, path

from reviews.views.prompting import contributions, explanations, papers, parts, prompt_lists, prompts

ONE = "prompts/<uuid:uuid>"
MATTER = f"{ONE}/matters/<uuid:item>"
LIST = "prompt-lists/<uuid:uuid>"
CONTRIBUTION = "prompt-contributions/<uuid:uuid>"

urlpatterns: list[URLPattern] = [
    path("prompts", prompts.PromptListView.as_view(), name="prompt_list"),
    path("prompts/new", prompts.PromptCreateView.as_view(), name="prompt_create"),
    path("prompts/new/<uuid:review>", prompts.PromptCreateView.as_view(), name="prompt_write"),
    path(ONE, prompts.PromptDetailView.as_view(), name="prompt_detail"),
    path(f"{ONE}/edit", prompts.PromptEditView.as_view(), name="prompt_edit"),
    path(f"{ONE}/open", parts.PromptOpenView.as_view(), name="prompt_open"),
    path(f"{ONE}/receipt", parts.PromptReceiptView.as_view(), name="prompt_receipt"),
    path(f"{ONE}/group", parts.PromptGroupView.as_view(), name="prompt_group"),
    path(f"{ONE}/group/<uuid:member>/release", parts.PromptReleaseView.as_view(), name="prompt_release"),
    path(f"{ONE}/note", parts.ExplanationNoteView.as_view(), name="explanation_note"),
    path(f"{ONE}/letter.<slug:form>", papers.PromptLetterView.as_view(), name="prompt_letter"),
    path(f"{ONE}/report.<slug:form>", papers.ExplanationReportView.as_view(), name="explanation_report"),
    path(MATTER, explanations.ExplanationEditView.as_view(), name="explanation_edit"),
    path(f"{MATTER}/evidence", explanations.EvidenceAddView.as_view(), name="evidence_add"),
    path(
        f"{MATTER}/evidence/<uuid:evidence>/withdraw",
        explanations.EvidenceWithdrawView.as_view(),
        name="evidence_withdraw",
    ),
    path(f"{MATTER}/members", parts.PromptMembersView.as_view(), name="prompt_members"),
    path(f"{MATTER}/outcome", parts.OutcomeView.as_view(), name="prompt_outcome"),
    path(f"{ONE}/acts/<slug:move>", prompts.PromptActView.as_view(), name="prompt_act"),
    path("prompt-lists", prompt_lists.PromptListListView.as_view(), name="prompt_list_list"),
    path("prompt-lists/new", prompt_lists.PromptListOpenView.as_view(), name="prompt_list_open"),
    path(LIST, prompt_lists.PromptListDetailView.as_view(), name="prompt_list_detail"),
    path(f"{LIST}/decision", prompt_lists.PromptDecisionView.as_view(), name="prompt_list_decide"),
    path(f"{LIST}/note-needed", prompt_lists.NoteNeededView.as_view(), name="prompt_list_note"),
    path(f"{LIST}/contributions/ask", prompt_lists.ContributionAskView.as_view(), name="contribution_ask"),
    path(f"{LIST}/table.<slug:form>", papers.PromptTableView.as_view(), name="prompt_table"),
    path(f"{LIST}/acts/<slug:move>", prompt_lists.PromptListActView.as_view(), name="prompt_list_act"),
    path(CONTRIBUTION, contributions.ContributionGiveView.as_view(), name="contribution_give"),
    path(f"{CONTRIBUTION}/waive", contributions.ContributionWaiveView.as_view(), name="contribution_waive"),
]
