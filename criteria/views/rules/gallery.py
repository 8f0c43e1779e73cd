"""The gallery: every form of every regulation with sample words in it, to be checked against the official paper."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views import View

from criteria.documents.gallery import gallery_sheets
from criteria.models import Regulation
from criteria.regulation import Form, slug
from criteria.selectors.rules import gallery, law
from criteria.selectors.rules.regulations import parsed
from orgs.documents import Sheet, render_docx, render_html, render_pdf
from orgs.views.papers import pdf

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class GalleryView(View):
    """What the pages of the gallery share: they are for administrators and officers."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Let in who checks forms, tell anybody else why not."""
        if request.user.is_authenticated and not gallery.may_check(request.user):
            raise PermissionDenied(_("The gallery of forms is for administrators and officers."))
        return super().dispatch(request, *args, **kwargs)


class FormGalleryView(GalleryView):
    """Every regulation with its forms; drafts and what is still to be confirmed are marked."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        context = {
            "title": _("Gallery of forms"),
            "lead": _("Every form with sample words in it, to be checked against the paper of the authority."),
            "shelves": gallery.shelves_for(request.user),
        }
        return render(request, "criteria/form_gallery.html", context)


class OneFormView(GalleryView):
    """One form of one regulation."""

    @cached_property
    def row(self) -> Regulation:
        """The regulation in the address, 404 when it is not there for this user."""
        return get_object_or_404(gallery.regulations_for(self.request.user), uuid=self.kwargs["uuid"])

    @cached_property
    def form(self) -> Form:
        """The form in the address, 404 when the regulation has none of that key."""
        try:
            return parsed(self.row).form(self.kwargs["form_key"])
        except KeyError:
            raise Http404 from None

    @property
    def sheets(self) -> list[Sheet]:
        """Its paper with the sample in it."""
        return gallery_sheets(parsed(self.row), self.form)

    @property
    def file_name(self) -> str:
        """The name of its files."""
        return f"{slug(self.row.key)}-{slug(self.form.key)}"


class FormSampleView(OneFormView):
    """The form on the screen, with what is open about it and its files."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page."""
        sheets = self.sheets
        context = {
            "row": self.row,
            "form": self.form,
            "title": f"{self.form.number}: {self.form.title}",
            "lead": self.row,
            "line": law.form_lines([self.form])[0],
            "documents": [render_html(sheet) for sheet in sheets],
            "numbers": range(1, len(sheets) + 1),
        }
        return render(request, "criteria/form_sample.html", context)


class FormSamplePdfView(OneFormView):
    """The form as PDF, annexes included."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The file."""
        return pdf(render_pdf(self.sheets), self.file_name)


class FormSampleDocxView(OneFormView):
    """One sheet of the form as DOCX: the form itself (1) or one of its annexes."""

    def get(self, request: HttpRequest, number: int, **kwargs: object) -> HttpResponse:
        """The file; 404 where there is no such sheet."""
        sheets = self.sheets
        if not 1 <= number <= len(sheets):
            raise Http404
        response = HttpResponse(render_docx(sheets[number - 1]), content_type=DOCX)
        response.headers["Content-Disposition"] = f'attachment; filename="{self.file_name}-{number}.docx"'
        return response
