"""A paper of a record: looked at as PDF, produced as a kept version that is signed by hand."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from orgs.documents import render_pdf
from orgs.models import Refusal
from orgs.selectors.files import holds_pen
from orgs.services import files, versions
from orgs.services.versions import Paper
from orgs.views import errors


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

    def paper_of(self, document: Any) -> Paper | None:
        """The paper of `document`, None where there is none."""
        raise NotImplementedError

    def document(self) -> Model:
        """The record in the address, 404 when it is not visible."""
        return get_object_or_404(self.rows().select_related(*self.related), uuid=self.kwargs["uuid"])

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The kept version while it says what would be said now, else the paper as it stands, without a code."""
        found = self.paper_of(self.document())
        if found is None:
            raise Http404
        kept = None if found.reason else versions.latest_of(found)
        if kept is None:
            return pdf(render_pdf(found.sheets), self.name)
        path = files.path_of(kept.file)
        if not path.exists() and kept.content_sha256 != found.digest:
            lost = _("The file of version %s is lost from the disk. It must be brought back from the archive.")
            return errors.refused(request, Refusal(lost % kept.code))
        # A file that is lost from the disk is drawn again: the sheets and the code say the same.
        content = path.read_bytes() if path.exists() else render_pdf(found.sheets, code=kept.code)
        return pdf(content, f"{self.name}-{kept.code}")

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Keep the paper as a version and go back to the page of its record."""
        document = self.document()
        found = self.paper_of(document)
        if found is None:
            raise Http404
        if not holds_pen(request.user, found.label, str(document.uuid)):
            raise PermissionDenied(_("This paper is produced by the body that issues it."))
        known = versions.latest_of(found)
        try:
            version = versions.produce(paper=found, actor=request.user)
        except Refusal as refusal:
            return errors.refused(request, refusal)
        if version == known:
            messages.info(request, _("Nothing has changed since version %s.") % version.code)
        else:
            messages.success(request, _("Version %s is ready to be signed.") % version.code)
        return HttpResponseRedirect(reverse(self.page, args=[document.uuid]))
