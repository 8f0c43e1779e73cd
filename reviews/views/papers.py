"""Minutes, notices and decisions: looked at as PDF, produced as kept versions that are signed by hand."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from orgs.documents import render_pdf
from orgs.models import Refusal
from orgs.services import files, versions
from orgs.views import errors
from reviews.selectors import conclusions, meetings, ratings
from reviews.selectors.papers import Document
from reviews.services import papers
from reviews.services.papers import RoundPaper


def pdf(content: bytes, name: str) -> HttpResponse:
    """A paper as an answer that no cache keeps."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@method_decorator(never_cache, name="dispatch")
class PaperView(View):
    """One paper of a record that the user may read."""

    related: tuple[str, ...] = ()
    page = ""
    name = ""

    def rows(self) -> QuerySet:
        """The records whose paper the user may read."""
        raise NotImplementedError

    def paper_of(self, document: Any) -> RoundPaper | None:
        """The paper of `document`, None where there is none."""
        raise NotImplementedError

    def document(self) -> Document:
        """The record in the address, 404 when it is not visible."""
        return get_object_or_404(self.rows().select_related(*self.related), uuid=self.kwargs["uuid"])

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The kept version while it says what would be said now, else the paper as it stands, without a code."""
        found = self.paper_of(self.document())
        if found is None:
            raise Http404
        kept = None if found.reason else versions.latest_of(found.paper)
        content = files.path_of(kept.file).read_bytes() if kept else render_pdf(found.sheet)
        return pdf(content, f"{self.name}-{kept.code}" if kept else self.name)

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Keep the paper as a version and go back to the page of its record."""
        document = self.document()
        found = self.paper_of(document)
        known = versions.latest_of(found.paper) if found else None
        try:
            version = papers.produce_paper(found=found, actor=request.user)
        except Refusal as refusal:
            return errors.refused(request, refusal)
        if version == known:
            messages.info(request, _("Nothing has changed since version %s.") % version.code)
        else:
            messages.success(request, _("Version %s is ready to be signed.") % version.code)
        return HttpResponseRedirect(reverse(self.page, args=[document.uuid]))


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
