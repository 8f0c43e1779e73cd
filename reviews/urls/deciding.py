"""Addresses of ratings, boards, conclusions, results and petitions."""

from django.urls import URLPattern, path

from reviews.services.grading import gradings
from reviews.views import boards, conclusions, naming, rating_facts, ratings

urlpatterns: list[URLPattern] = [
    path("ratings/<uuid:uuid>", ratings.RatingDetailView.as_view(), name="rating_detail"),
    path("ratings/<uuid:uuid>/propose", ratings.GradeWriteView.as_view(), name="rating_propose"),
    path(
        "ratings/<uuid:uuid>/appraise",
        ratings.GradeWriteView.as_view(step=gradings.APPRAISAL),
        name="rating_appraise",
    ),
    path("ratings/<uuid:uuid>/acts/<slug:move>", ratings.RatingActView.as_view(), name="rating_act"),
    path("ratings/<uuid:uuid>/read", ratings.ResultReadView.as_view(), name="result_read"),
    path("ratings/<uuid:uuid>/shortcomings/new", naming.RatingShortcomingNameView.as_view(), name="rating_name"),
    path("ratings/<uuid:uuid>/facts", rating_facts.RatingFactsView.as_view(), name="rating_facts"),
    path("ratings/<uuid:uuid>/points", rating_facts.PointsStateView.as_view(), name="points_state"),
    path("ratings/<uuid:uuid>/levels", rating_facts.LevelsStateView.as_view(), name="levels_state"),
    path(
        "ratings/<uuid:uuid>/circumstances/new",
        rating_facts.CircumstanceCreateView.as_view(),
        name="circumstance_create",
    ),
    path(
        "circumstances/<uuid:uuid>/withdraw",
        rating_facts.CircumstanceWithdrawView.as_view(),
        name="circumstance_withdraw",
    ),
    path("ratings/<uuid:uuid>/petition", conclusions.PetitionCreateView.as_view(), name="petition_create"),
    path("petitions/<uuid:uuid>/answer", conclusions.PetitionAnswerView.as_view(), name="petition_answer"),
    path("results", ratings.ResultListView.as_view(), name="result_list"),
    path("published", conclusions.PublicationView.as_view(), name="publication"),
    path("boards", boards.BoardListView.as_view(), name="board_list"),
    path("boards/<uuid:uuid>", boards.BoardView.as_view(), name="board"),
    path("boards/<uuid:uuid>/exception", boards.BoardExceptionView.as_view(), name="board_exception"),
    path("boards/<uuid:uuid>/party-share", boards.BoardPartyShareView.as_view(), name="board_party_share"),
    path("boards/<uuid:uuid>/conclude", boards.BoardConcludeView.as_view(), name="board_conclude"),
    path("conclusions", conclusions.ConclusionListView.as_view(), name="conclusion_list"),
    path("conclusions/<uuid:uuid>", conclusions.ConclusionDetailView.as_view(), name="conclusion_detail"),
    path("conclusions/<uuid:uuid>/acts/<slug:move>", conclusions.ConclusionActView.as_view(), name="conclusion_act"),
    path("conclusions/<uuid:uuid>/notify", conclusions.NoticeView.as_view(), name="conclusion_notify"),
]
