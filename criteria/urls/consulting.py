"""Addresses of consultations: the asking side, and the answering side."""

from django.urls import URLPattern, path

from criteria.views.consulting import (
    addressing,
    clause_remarks,
    consultations,
    consulted_texts,
    paper_answers,
    remark_writing,
    replies,
    reply_acts,
)

ONE, TEXT, REPLY, KEPT = (
    f"{noun}/<uuid:uuid>" for noun in ("consultations", "consulted-texts", "replies", "kept-remarks")
)
REMARK = f"{REPLY}/clauses/<uuid:clause>/<int:number>"

asking: list[URLPattern] = [
    path("consultations", consultations.ConsultationListView.as_view(), name="consultation_list"),
    path("consultations/new", consultations.ConsultationCreateView.as_view(), name="consultation_create"),
    path(ONE, consultations.ConsultationDetailView.as_view(), name="consultation_detail"),
    path(f"{ONE}/letter", consultations.ConsultationEditView.as_view(), name="consultation_edit"),
    path(f"{ONE}/files", consultations.ConsultationFileAddView.as_view(), name="consultation_file_add"),
    path(
        f"{ONE}/files/<uuid:file>/remove",
        consultations.ConsultationFileRemoveView.as_view(),
        name="consultation_file_remove",
    ),
    path(f"{ONE}/last-day", consultations.ConsultationLastDayView.as_view(), name="consultation_last_day"),
    *(
        path(f"{ONE}/{move}", consultations.ConsultationActView.as_view(), {"move": move}, name=f"consultation_{move}")
        for move in ("open", "close", "reopen", "withdraw")
    ),
    path(f"{ONE}/texts", consulted_texts.ConsultationTextsView.as_view(), name="consultation_texts"),
    path(f"{ONE}/texts/new/<slug:source>", consulted_texts.ConsultedTextAddView.as_view(), name="consulted_text_add"),
    path(TEXT, consulted_texts.ConsultedTextEditView.as_view(), name="consulted_text_edit"),
    path(f"{TEXT}/remove", consulted_texts.ConsultedTextRemoveView.as_view(), name="consulted_text_remove"),
    path(f"{ONE}/addressees", addressing.ConsultationAddresseesView.as_view(), name="consultation_addressees"),
    path(f"{ONE}/addressees/pick", addressing.AddresseePickView.as_view(), name="addressee_pick"),
    path(f"{ONE}/addressees/add", addressing.AddresseeAddView.as_view(), name="addressee_add"),
    path(f"{ONE}/addressees/remove", addressing.AddresseeRemoveView.as_view(), name="addressee_remove"),
    path(f"{ONE}/clauses", clause_remarks.ConsultationClausesView.as_view(), name="consultation_clauses"),
    path("clauses/<uuid:uuid>/remarks", clause_remarks.ClauseRemarksView.as_view(), name="clause_remarks"),
]

answering: list[URLPattern] = [
    path("asked", replies.ReplyListView.as_view(), name="reply_list"),
    path(REPLY, replies.ReplyDetailView.as_view(), name="reply_detail"),
    path(f"{REPLY}/agree", reply_acts.ReplyAgreeView.as_view(), name="reply_agree"),
    *(
        path(f"{REPLY}/{move}", reply_acts.ReplyActView.as_view(), {"move": move}, name=f"reply_{move}")
        for move in ("prepare", "return", "send", "reopen")
    ),
    path(f"{REPLY}/preparer", reply_acts.ReplyPreparerView.as_view(), name="reply_preparer"),
    path(f"{REPLY}/files", reply_acts.ReplyFileAddView.as_view(), name="reply_file_add"),
    path(f"{REPLY}/files/<uuid:file>/remove", reply_acts.ReplyFileRemoveView.as_view(), name="reply_file_remove"),
    path(f"{REPLY}/paper", paper_answers.ReplyPaperView.as_view(), name="reply_paper"),
    path(REMARK, remark_writing.RemarkEditView.as_view(), name="remark_edit"),
    path(f"{REMARK}/autosave", remark_writing.RemarkAutosaveView.as_view(), name="remark_autosave"),
    path(KEPT, remark_writing.RemarkConflictView.as_view(), name="remark_conflict"),
    path(f"{KEPT}/discard", remark_writing.RemarkKeepSavedView.as_view(), name="remark_keep_saved"),
]

urlpatterns: list[URLPattern] = [*asking, *answering]
