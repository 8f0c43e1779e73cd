"""The letter, the table of answers and the submission: looked at, kept and signed, taken away to be edited."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from criteria.models import Consultation
from criteria.selectors.consulting import consultations, synthesis_jobs
from criteria.selectors.consulting import synthesis as selectors
from criteria.services.consulting import synthesis_jobs as services
from criteria.services.consulting import synthesis_papers as papers
from orgs.documents import render_docx, render_xlsx
from orgs.models import Refusal
from orgs.services.versions import Paper
from orgs.views import downloads, errors
from orgs.views.papers import PaperView

RELATED = ("issuer__parent",)
TABLE = "bang-tong-hop"


def made_elsewhere(consultation: Consultation, name: str) -> HttpResponse | None:
    """The way to the page of the table of a large consultation; None for any other paper."""
    if name != TABLE or not synthesis_jobs.size_of(consultation).is_large:
        return None
    return HttpResponseRedirect(reverse("criteria:synthesis_table_files", args=[consultation.uuid]))


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
    page, name = "criteria:synthesis_detail", TABLE
    paper_of = staticmethod(papers.table_paper)

    def rows(self) -> QuerySet[Consultation]:
        """Those whose opinions I put together."""
        return selectors.under_synthesis(self.request.user)

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The paper; the table of a large consultation is made by a job, so that nobody waits for its layout."""
        row = get_object_or_404(self.rows(), uuid=self.kwargs["uuid"])
        return made_elsewhere(row, self.name) or super().get(request, **kwargs)

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Keep it; that of a large consultation is kept by the job too."""
        row = get_object_or_404(self.rows(), uuid=self.kwargs["uuid"])
        if not (self.name == TABLE and synthesis_jobs.size_of(row).is_large):
            return super().post(request, **kwargs)
        try:
            job = services.ask_table(consultation=row, form=synthesis_jobs.VERSION, actor=request.user)
        except Refusal as refusal:
            return errors.refused(request, refusal)
        return HttpResponseRedirect(reverse("orgs:job_detail", args=[job.uuid]))


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
        row = get_object_or_404(page.rows().select_related(*RELATED), uuid=page.kwargs["uuid"])
        if answer := made_elsewhere(row, page.name):
            return answer
        found: Paper = page.paper_of(row)
        write, send = self.WRITERS[kind]
        return send(write(found.sheets[0]), page.name)
