"""A framework as the document that it will be: on the screen, as PDF, as a text to be edited further."""

from functools import cached_property

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from criteria.documents.framework import framework_sheet
from criteria.models import Framework
from criteria.selectors.frameworks import frameworks
from orgs.documents import render_docx, render_html, render_pdf
from orgs.views import downloads
from orgs.views.papers import pdf

NAME = "khung-tieu-chi"


@method_decorator(never_cache, name="dispatch")
class FrameworkPreviewView(View):
    """The document on the screen, for everybody who reads the framework."""

    @cached_property
    def framework(self) -> Framework:
        """The framework of the address."""
        rows = frameworks.visible_to(self.request.user).select_related("issuer__parent", "parent__issuer")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page."""
        context = {
            "framework": self.framework,
            "title": _("The framework as a document"),
            "document": render_html(framework_sheet(self.framework)),
        }
        return render(request, "criteria/framework_preview.html", context)


class FrameworkPaperView(FrameworkPreviewView):
    """The same sheet as a file: PDF or DOCX."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The file."""
        sheet, kind = framework_sheet(self.framework), self.kwargs["kind"]
        if kind == "pdf":
            return pdf(render_pdf((sheet,)), NAME)
        if kind == "docx":
            return downloads.letter(render_docx(sheet), NAME)
        raise Http404
