"""The papers of prompts as PDF and DOCX: the letter, the explanation report, the table of prompts and outcomes."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from orgs import access
from orgs.documents import Sheet, render_docx, render_pdf
from orgs.models import Refusal
from orgs.views import errors
from orgs.views.downloads import letter as word_file
from orgs.views.papers import PaperView
from reviews.documents.explanation import report_sheet
from reviews.documents.prompt_table import table_sheet
from reviews.models import Prompt, PromptList
from reviews.selectors.meeting import prompt_lists, prompts
from reviews.services.papers import letters
from reviews.views.prompting.one_prompt import RELATED, OnePrompt
from reviews.workflow import PEN

WRITERS = {
    "pdf": (render_pdf, "application/pdf"),
    "docx": (render_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@method_decorator(never_cache, name="dispatch")
class PaperFile(View):
    """GET …/<name>.pdf or .docx: one sheet written out."""

    name = ""

    def sheet(self) -> Sheet:
        """What the paper says; 404 where there is none for this reader."""
        raise NotImplementedError

    def get(self, request: HttpRequest, form: str, **kwargs: object) -> HttpResponse:
        """The file; no other form than these two."""
        if form not in WRITERS:
            raise Http404
        write, content_type = WRITERS[form]
        place = "inline" if form == "pdf" else "attachment"
        headers = {
            "Content-Disposition": f'{place}; filename="{self.name}.{form}"',
            "Cache-Control": "private, no-store",
        }
        return HttpResponse(write(self.sheet()), content_type=content_type, headers=headers)


class PromptLetterView(PaperView):
    """The letter of one prompt: a draft until the list is decided, then as it was sent. POST keeps what is missing."""

    related = RELATED
    page, name = "reviews:prompt_detail", "goi-y-kiem-diem"
    paper_of = staticmethod(letters.letter_of)

    def rows(self) -> QuerySet[Prompt]:
        """The prompts within reach."""
        return prompts.visible_to(self.request.user)

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """PDF and DOCX, no other form."""
        if kwargs["form"] not in WRITERS:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The file."""
        if kwargs["form"] == "pdf":
            return super().get(request, **kwargs)
        try:
            return word_file(letters.word_of(self.document()), self.name)
        except Refusal as refusal:
            return errors.refused(request, refusal)


class ExplanationReportView(OnePrompt, PaperFile):
    """The explanation report; before it is sent for its author alone."""

    name = "bao-cao-giai-trinh"

    def sheet(self) -> Sheet:
        """404 while there is nothing that this reader may read."""
        is_own = bool(access.roles_on(self.request.user, self.prompt) & PEN)
        is_sent = self.prompt.state == "explained"
        if not is_sent and not (is_own and self.prompt.state == "issued"):
            raise Http404
        return report_sheet(self.prompt, is_own=is_own)


class PromptTableView(PaperFile):
    """The table of one list."""

    name = "tong-hop-goi-y-kiem-diem"

    def sheet(self) -> Sheet:
        """Every prompt with its outcome, and what the other bodies contributed."""
        rows = prompt_lists.visible_to(self.request.user)
        rows = rows.select_related("cycle__regulation", "authority", "advisory_unit__parent")
        row: PromptList = get_object_or_404(rows, uuid=self.kwargs["uuid"])
        return table_sheet(row, list(prompt_lists.prompts_of(row)), list(prompt_lists.contributions_to(row)))
