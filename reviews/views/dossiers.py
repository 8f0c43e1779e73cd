"""Dossiers: produce and keep, look before, many at once."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from orgs import roles
from orgs.documents import render_html
from orgs.models import Forbidden, Refusal
from orgs.services import idempotency
from orgs.views import errors
from orgs.views.acts import read_uuids
from reviews.documents.dossier import dossier_sheets
from reviews.models import Review
from reviews.selectors import reviews
from reviews.selectors.papers.dossiers import Reading, reading_of, versions_for
from reviews.services.papers import dossiers
from reviews.views.lists import ReviewListView
from reviews.views.review_pages import ReviewPage


class DossierPage(ReviewPage):
    """A page about the dossier of one review; 403 with the reason for who gets none."""

    def reading(self) -> Reading:
        """What this user finds in the dossier."""
        review = Review.objects.select_related(*dossiers.RELATED).get(pk=self.review.pk)
        found = reading_of(self.request.user, review)
        if found is None:
            raise Forbidden(dossiers.NOT_FOR_YOU)
        return found


class DossierView(DossierPage):
    """The versions of a dossier: produce one, open, attach the signed scan."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page with what was produced so far."""
        try:
            reading = self.reading()
        except Forbidden as refusal:
            return errors.refused(request, refusal)
        context: dict[str, Any] = {
            "review": self.review,
            "reading": reading,
            "versions": versions_for(request.user, self.review),
        }
        return render(request, "reviews/dossier.html", context)

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Produce the dossier as it stands now; unchanged since the last version, that one is shown."""
        before = {version.pk for version in versions_for(request.user, self.review)}
        try:
            version = dossiers.produce_dossier(review=self.review, actor=request.user)
        except Refusal as refusal:
            return errors.refused(request, refusal)
        if version.pk in before:
            messages.info(request, _("Nothing has changed since version %s.") % version.code)
        else:
            messages.success(request, _("Version %s is ready to be signed.") % version.code)
        return HttpResponseRedirect(self.address("dossier"))


class DossierPreviewView(DossierPage):
    """The dossier on the screen, from the same sheets as the PDF."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Every sheet one under the other."""
        try:
            reading = self.reading()
        except Forbidden as refusal:
            return errors.refused(request, refusal)
        sheets = [render_html(sheet) for sheet in dossier_sheets(self.review, viewer=reading)]
        return render(request, "reviews/dossier_preview.html", {"review": self.review, "sheets": sheets})


class DossierBatchView(PermissionRequiredMixin, ReviewListView):
    """Choose reviews from the filtered list and produce their dossiers in one job."""

    permission_required = f"orgs.{roles.READ_SUMMARIES}"
    template_name = "reviews/dossier_batch.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Start the job and show how far it is; nothing chosen, the list says so."""
        chosen = reviews.visible_to(request.user).filter(uuid__in=read_uuids(request.POST.getlist("review")))
        try:
            reference = idempotency.carry_out_once(
                key=request.POST.get("idempotency_key", ""),
                user=request.user,
                action=dossiers.BATCH,
                body=request.POST,
                act=lambda: str(dossiers.start_batch(chosen=chosen, actor=request.user).uuid),
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.get_full_path())
        return HttpResponseRedirect(reverse("orgs:job_detail", args=[reference]))
