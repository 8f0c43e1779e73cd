"""The letter, the table of answers and the submission: looked at, kept and signed, taken away to be edited."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from criteria.models import Consultation
from criteria.selectors.consulting import consultations
from criteria.selectors.consulting import synthesis as selectors
from criteria.services.consulting import synthesis_papers as papers
from orgs.documents import render_docx, render_xlsx
from orgs.services.versions import Paper
from orgs.views import downloads
from orgs.views.papers import PaperView

RELATED = ("issuer__parent",)


class LetterPaperView(PaperView):
    """The letter that asks for opinions, for everybody who reads the consultation."""

    related = RELATED
    page, name = "criteria:consultation_detail", "cong-van"
    paper_of = staticmethod(papers.letter_paper)

    def rows(self) -> QuerySet[Consultation]:
        """The consultations within reach."""
        return consultations.visible_to(self.request.user)


class TablePaperView(PaperView):
    """The table of remarks and answers, for who puts the opinions together."""

    related = RELATED
    page, name = "criteria:synthesis_detail", "bang-tong-hop"
    paper_of = staticmethod(papers.table_paper)

    def rows(self) -> QuerySet[Consultation]:
        """Those whose opinions I put together."""
        return selectors.under_synthesis(self.request.user)


class SubmissionPaperView(TablePaperView):
    """The submission to the Standing Committee."""

    name = "to-trinh"
    paper_of = staticmethod(papers.submission_paper)


@method_decorator(never_cache, name="dispatch")
class PaperFileView(View):
    """A paper of a consultation as a file to be edited further: DOCX, the table also as XLSX."""

    PAPERS: dict[str, tuple[type[PaperView], tuple[str, ...]]] = {
        "letter": (LetterPaperView, ("docx",)),
        "table": (TablePaperView, ("docx", "xlsx")),
        "submission": (SubmissionPaperView, ("docx",)),
    }
    WRITERS: dict[str, tuple[Callable[..., bytes], Callable[..., HttpResponse]]] = {
        "docx": (render_docx, downloads.letter),
        "xlsx": (render_xlsx, downloads.workbook),
    }

    def get(self, request: HttpRequest, uuid: str, paper: str, kind: str) -> HttpResponse:
        """The file, of the very same sheet as the PDF."""
        page, kinds = self.PAPERS.get(paper, (None, ()))
        if page is None or kind not in kinds:
            raise Http404
        return self._sent(page(request=request, args=(), kwargs={"uuid": uuid}), kind)

    def _sent(self, page: Any, kind: str) -> HttpResponse:
        found: Paper = page.paper_of(get_object_or_404(page.rows().select_related(*RELATED), uuid=page.kwargs["uuid"]))
        write, send = self.WRITERS[kind]
        return send(write(found.sheets[0]), page.name)
