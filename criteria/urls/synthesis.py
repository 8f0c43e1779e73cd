"""Addresses of the synthesis of a consultation and of its papers."""

from django.urls import URLPattern, path

from criteria.views.consulting import answers, consultation_papers, synthesis, synthesis_tables

ONE = "consultations/<uuid:uuid>"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}/synthesis", synthesis.SynthesisView.as_view(), name="synthesis_detail"),
    path(f"{ONE}/synthesis/words", synthesis.SynthesisEditView.as_view(), name="synthesis_edit"),
    path(f"{ONE}/synthesis/matrix", synthesis.SynthesisMatrixView.as_view(), name="synthesis_matrix"),
    *(
        path(f"{ONE}/synthesis/{move}", synthesis.SynthesisActView.as_view(), {"move": move}, name=f"synthesis_{move}")
        for move in ("submit", "return", "finish")
    ),
    path(f"{ONE}/letter.pdf", consultation_papers.LetterPaperView.as_view(), name="consultation_paper"),
    path(f"{ONE}/synthesis/table.pdf", consultation_papers.TablePaperView.as_view(), name="synthesis_table"),
    path(f"{ONE}/synthesis/table", synthesis_tables.SynthesisTableFilesView.as_view(), name="synthesis_table_files"),
    path(f"{ONE}/synthesis/table/ask", synthesis_tables.SynthesisTableAskView.as_view(), name="synthesis_table_ask"),
    path(
        f"{ONE}/synthesis/submission.pdf",
        consultation_papers.SubmissionPaperView.as_view(),
        name="synthesis_submission",
    ),
    path(f"{ONE}/papers/<slug:paper>.<slug:kind>", consultation_papers.PaperFileView.as_view(), name="synthesis_file"),
    path("clauses/<uuid:uuid>/answers", answers.ClauseAnswersView.as_view(), name="clause_answers"),
    path("clauses/<uuid:uuid>/amend", answers.ClauseAmendView.as_view(), name="clause_amend"),
    path("clauses/<uuid:uuid>/answers/new", answers.AnswerCreateView.as_view(), name="answer_create"),
    path("clauses/<uuid:uuid>/answers/<uuid:answer>", answers.AnswerEditView.as_view(), name="answer_edit"),
    path("clauses/<uuid:uuid>/answers/<uuid:answer>/free", answers.AnswerReleaseView.as_view(), name="answer_release"),
    path("consulted-texts/<uuid:uuid>/carry", synthesis.TextCarryView.as_view(), name="text_carry"),
    path("replies/<uuid:uuid>/outcome", synthesis.ReplyOutcomeView.as_view(), name="reply_outcome"),
]
