"""Addresses of frameworks of criteria."""

from django.urls import URLPattern, path

from criteria.views.frameworks import (
    conformities,
    criterion_writing,
    framework_files,
    framework_heads,
    framework_moves,
    framework_outline,
    framework_papers,
    framework_reasons,
    frameworks,
    proposals,
    revisits,
)

ONE = "frameworks/<uuid:uuid>"
CRITERION, GROUP, KEPT = (f"frameworks/{noun}/<uuid:uuid>" for noun in ("criteria", "groups", "kept"))

writing: list[URLPattern] = [
    path("frameworks/new", framework_heads.FrameworkCreateView.as_view(), name="framework_create"),
    path(f"{ONE}/write", framework_outline.FrameworkWriteView.as_view(), name="framework_write"),
    path(f"{ONE}/head", framework_heads.FrameworkHeadView.as_view(), name="framework_head"),
    path(f"{ONE}/covers", framework_heads.FrameworkCoversView.as_view(), name="framework_covers"),
    path(f"{ONE}/covers/add", framework_heads.CoverAddView.as_view(), name="cover_add"),
    path("frameworks/covers/<uuid:uuid>/drop", framework_heads.CoverDropView.as_view(), name="cover_drop"),
    path(f"{ONE}/required", framework_outline.RequiredTakeView.as_view(), name="required_take"),
    path(f"{ONE}/copy-criteria", framework_heads.CriteriaCopyView.as_view(), name="criteria_copy"),
    path(f"{ONE}/document", framework_papers.FrameworkPreviewView.as_view(), name="framework_preview"),
    path(f"{ONE}/document.<str:kind>", framework_papers.FrameworkPaperView.as_view(), name="framework_paper"),
    path(f"{ONE}/groups/new", framework_heads.GroupCreateView.as_view(), name="group_create"),
    path(GROUP, framework_heads.GroupEditView.as_view(), name="group_edit"),
    path(f"{GROUP}/move", framework_outline.GroupMoveView.as_view(), name="group_move"),
    path(f"{GROUP}/drop", framework_outline.GroupDropView.as_view(), name="group_drop"),
    path(f"{GROUP}/criteria", framework_outline.CriterionAddView.as_view(), name="criterion_add"),
    path(CRITERION, criterion_writing.CriterionEditView.as_view(), name="criterion_edit"),
    path(f"{CRITERION}/autosave", criterion_writing.CriterionAutosaveView.as_view(), name="criterion_autosave"),
    path(f"{CRITERION}/move", framework_outline.CriterionMoveView.as_view(), name="criterion_move"),
    path(f"{CRITERION}/drop", framework_outline.CriterionDropView.as_view(), name="criterion_drop"),
    path(f"{CRITERION}/take-over", framework_outline.CriterionTakeOverView.as_view(), name="criterion_take_over"),
    path("frameworks/proposals/<uuid:uuid>/take", proposals.ProposalTakeView.as_view(), name="proposal_take"),
    path("frameworks/proposals/<uuid:uuid>/aside", proposals.ProposalAsideView.as_view(), name="proposal_aside"),
    path(KEPT, criterion_writing.CriterionConflictView.as_view(), name="criterion_conflict"),
    path(f"{KEPT}/put-aside", criterion_writing.CriterionKeepSavedView.as_view(), name="criterion_keep_saved"),
    path(f"{KEPT}/put-back", framework_outline.CriterionPutBackView.as_view(), name="criterion_put_back"),
]

urlpatterns: list[URLPattern] = [
    *writing,
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
        for move in ("submit", "agree", "return", "issue", "take_back")
    ),
    path(f"{ONE}/supersede", framework_moves.FrameworkSupersedeView.as_view(), name="framework_supersede"),
    path(f"{ONE}/concretise", framework_moves.FrameworkConcretiseView.as_view(), name="framework_concretise"),
    path(f"{ONE}/copy", frameworks.FrameworkCopyView.as_view(), name="framework_copy"),
    path(f"{ONE}/difference", conformities.FrameworkDifferenceView.as_view(), name="framework_difference"),
    path(f"{ONE}/except", conformities.FrameworkExceptView.as_view(), name="framework_except"),
    path(f"{ONE}/framework.json", framework_files.FrameworkFileView.as_view(), name="framework_file"),
]
