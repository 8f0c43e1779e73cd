"""The results of the year in a review: the author ticks them, whoever reads the review opens each number."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from orgs.models import Forbidden, Refusal, Stale
from orgs.services import idempotency
from orgs.views import errors
from orgs.views.acts import read_uuids, read_version
from reviews.forms.results import PutResultsForm
from reviews.models import ResultUse
from reviews.selectors.writing import results_ticked as selectors
from reviews.selectors.writing.tallies_stated import standing_of
from reviews.services.writing import results_put as services
from reviews.services.writing.answers import reason_against_writing
from reviews.views.review_pages import ReviewPage


class ReviewResultsView(ReviewPage):
    """Totals with the rows behind them; for who writes the review also what can still be ticked."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page; `?which=` opens one number."""
        return self.show()

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Count the ticked results and put their words into the chosen item, once."""
        if reason := reason_against_writing(self.review, request.user):
            return errors.permission_denied(request, Forbidden(reason))
        form = PutResultsForm(selectors.targets_of(self.review), request.POST)
        if not form.is_valid():
            return self.show(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            self._put(form)
        except (Stale, Forbidden) as refusal:
            return errors.refused(request, refusal)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.show(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        messages.success(request, _("Counted in the review."))
        return HttpResponseRedirect(self.address("review_results"))

    def _put(self, form: PutResultsForm) -> None:
        post = self.request.POST
        idempotency.carry_out_once(
            key=post.get("idempotency_key", ""),
            user=self.request.user,
            action=f"review.results_put.{self.review.uuid}",
            body=post,
            act=lambda: str(
                services.put_results(
                    review=self.review,
                    results=read_uuids(post.getlist("result")),
                    item_key=form.cleaned_data["item"],
                    actor=self.request.user,
                )[0].uuid
            ),
        )

    def show(self, form: PutResultsForm | None = None, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """The page as this reader sees it."""
        which = self.request.GET.get("which", "")
        which = which if which in selectors.BEHIND else ""
        may_write = not reason_against_writing(self.review, self.request.user)
        tallies, version = standing_of(self.review)
        uses = selectors.uses_of(self.review, which)
        context = {
            "review": self.review,
            "ground": selectors.ground_of(self.review, tallies),
            "version": version,
            "which": which,
            "uses": uses,
            # Who writes the review reads the results of its subject.
            "readable": {use.result_id for use in uses} if may_write else selectors.readable(self.request.user, uses),
            "may_write": may_write,
            "candidates": selectors.candidates_of(self.review) if may_write else (),
            "form": form or (PutResultsForm(selectors.targets_of(self.review)) if may_write else None),
            "ticked": frozenset(self.request.POST.getlist("result")),
        }
        return render(self.request, "reviews/review_results.html", context, status=status)


class ResultsStateView(ReviewPage):
    """POST: take the numbers of the ticked results over into the facts sheet."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """State them; what stood there is replaced, and the history keeps it."""
        version = request.POST.get("version", "")
        try:
            services.state_from_results(review=self.review, version=read_version(version), actor=request.user)
        except Stale as refusal:
            return errors.conflict(request, str(refusal), back_url=self.address("review_results"))
        except Forbidden as refusal:
            return errors.refused(request, refusal)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The numbers are saved."))
        return HttpResponseRedirect(self.address("review_results"))


class ResultLeaveView(ReviewPage):
    """POST: count one result no longer."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Take it out; its words in the form stay."""
        use = get_object_or_404(ResultUse.objects.select_related("review"), review=self.review, uuid=kwargs["use"])
        try:
            services.leave_result(use=use, actor=request.user)
        except (Stale, Forbidden) as refusal:
            return errors.refused(request, refusal)
        messages.success(request, _("It is counted no longer. Its words in the form stay: mend them there."))
        return HttpResponseRedirect(self.address("review_results"))
