"""Minutes, notices and decisions as papers: looked at, kept, signed."""

from django.db.models import QuerySet

from orgs.views.papers import PaperView
from reviews.selectors.grading import conclusions, ratings
from reviews.selectors.meeting import meetings
from reviews.services.papers import papers


class MinutesView(PaperView):
    """The minutes of a meeting, for who reads the meeting; a draft until it is closed."""

    related = ("cycle__regulation", "collective__unit__parent", "chair", "secretary")
    page, name = "reviews:meeting_detail", "bien-ban"
    paper_of = staticmethod(papers.minutes_of)

    def rows(self) -> QuerySet:
        """The meetings within reach."""
        return meetings.visible_to(self.request.user)


class NoticePaperView(PaperView):
    """The notice of one result, once it was notified; 404 while there is nothing to be told."""

    related = ("cycle__regulation", "review", "person", "collective", "organisation")
    page, name = "reviews:rating_detail", "thong-bao"
    paper_of = staticmethod(papers.notice_of)

    def rows(self) -> QuerySet:
        """The ratings within reach that were notified."""
        return ratings.visible_to(self.request.user).filter(notified_at__isnull=False)


class ConclusionPaperView(PaperView):
    """The decision of a body, a draft until the conclusion is confirmed."""

    related = ("cycle__regulation", "collective__unit__parent")
    page, name = "reviews:conclusion_detail", "quyet-dinh"
    paper_of = staticmethod(papers.decision_of)

    def rows(self) -> QuerySet:
        """The conclusions within reach."""
        return conclusions.visible_to(self.request.user)
