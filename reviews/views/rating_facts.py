"""What the officer states about one rating: circumstances, and the numbers of an organisation."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs.models import Forbidden, Refusal, Stale
from orgs.views import errors
from orgs.views.acts import read_version
from reviews.forms.deciding import CircumstanceForm, WithdrawalForm
from reviews.forms.facts import LevelsForm, OfficerDocumentForm, PointsForm, TallyForm
from reviews.models import Circumstance, Rating, StatedLevels, StatedPoints
from reviews.selectors.grading import ratings
from reviews.selectors.grading.stated_levels import sheet_of
from reviews.selectors.laws import law_of_rating
from reviews.selectors.writing.tallies_stated import rating_tasks
from reviews.services.grading import circumstances, levels, points
from reviews.services.grading import rating_tasks as services
from reviews.views.form_pages import FormPage
from reviews.views.ratings import RELATED, RatingPage


class CircumstancePage(FormPage):
    """A form about one rating, for its appraising officer."""

    template_name = "reviews/circumstance_form.html"
    heading: Any = ""

    @cached_property
    def rating(self) -> Rating:
        """The rating, 404 when it is not visible."""
        rows: QuerySet[Rating] = ratings.visible_to(self.request.user)
        return get_object_or_404(rows.select_related(*RELATED), uuid=self.kwargs["uuid"])

    def refusal(self) -> str:
        """Only the officer, and only while nothing is decided."""
        if circumstances.may_state(self.request.user, self.rating):
            return ""
        return _("Only the officer of the appraising body records circumstances, until the rating is decided.")

    def refresh(self) -> None:
        """Read the rating anew."""
        del self.rating

    def context(self, form: Form) -> dict[str, Any]:
        """The rating; its version goes with the form."""
        back = self.destination("")
        return {"rating": self.rating, "document": self.rating, "heading": self.heading, "cancel_url": back}

    def destination(self, reference: str) -> str:
        """Back to the rating."""
        return reverse("reviews:rating_detail", args=[self.rating.uuid])


class CircumstanceCreateView(CircumstancePage):
    """Record a circumstance."""

    heading = gettext_lazy("Record a circumstance")

    def build_form(self, **bound: Any) -> Form:
        """Kind, document, date."""
        return CircumstanceForm(bound.get("data"))

    def act(self, form: Form) -> str:
        """Record it."""
        made = circumstances.add_circumstance(
            rating=self.rating, version=self.version, actor=self.request.user, **form.cleaned_data
        )
        return str(made.uuid)


class CircumstanceWithdrawView(CircumstancePage):
    """Withdraw a circumstance of a visible rating."""

    heading = gettext_lazy("Withdraw the circumstance")

    @cached_property
    def circumstance(self) -> Circumstance:
        """The circumstance, 404 when its rating is not visible."""
        rows = Circumstance.objects.filter(rating__in=ratings.visible_to(self.request.user), withdrawn_at=None)
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    @cached_property
    def rating(self) -> Rating:
        """The rating of the circumstance."""
        return Rating.objects.select_related(*RELATED).get(pk=self.circumstance.rating_id)

    def build_form(self, **bound: Any) -> Form:
        """The document."""
        return WithdrawalForm(bound.get("data"))

    def act(self, form: Form) -> str:
        """Withdraw it."""
        circumstances.withdraw_circumstance(
            circumstance=self.circumstance, version=self.version, actor=self.request.user, **form.cleaned_data
        )
        return str(self.circumstance.uuid)

    def context(self, form: Form) -> dict[str, Any]:
        """Also what is withdrawn."""
        return super().context(form) | {"circumstance": self.circumstance, "submit_label": _("Withdraw")}


class PointsStateView(CircumstancePage):
    """State the points of a rating whose regulation counts them."""

    template_name = "reviews/points_state.html"
    heading = gettext_lazy("State the points")

    def refusal(self) -> str:
        """Only the officer, only while nothing is decided, only where points count."""
        counts = bool(law_of_rating(self.rating).counting.maxima)
        return super().refusal() if counts else _("The regulation of this rating counts no points.")

    def build_form(self, **bound: Any) -> Form:
        """The points as stated so far."""
        row = StatedPoints.objects.filter(rating=self.rating).first()
        initial = {"common": row.common, "results": row.results, "document": row.document} if row else {}
        return PointsForm(law_of_rating(self.rating).counting.maxima, bound.get("data"), initial=initial)

    def act(self, form: Form) -> str:
        """State them."""
        made = points.state_points(
            rating=self.rating, version=self.version, actor=self.request.user, **form.cleaned_data
        )
        return str(made.uuid)


class LevelsStateView(CircumstancePage):
    """State the levels of a rating from its analysis sheet, where its regulation grades by levels."""

    template_name = "reviews/levels_state.html"
    heading = gettext_lazy("State the levels")

    def refusal(self) -> str:
        """Only the officer, only while nothing is decided, only where levels are asked for."""
        if not sheet_of(self.rating).questions:
            return _("The regulation of this rating does not grade by levels.")
        return super().refusal()

    def build_form(self, **bound: Any) -> Form:
        """The levels as stated so far."""
        row = StatedLevels.objects.filter(rating=self.rating).first()
        initial = {**row.levels, "document": row.document} if row else {}
        return LevelsForm(sheet_of(self.rating), bound.get("data"), initial=initial)

    def context(self, form: Form) -> dict[str, Any]:
        """Also which sheet it is."""
        return super().context(form) | {"sheet": sheet_of(self.rating)}

    def act(self, form: Form) -> str:
        """State them."""
        made = levels.state_levels(
            rating=self.rating,
            levels=form.levels,
            document=form.cleaned_data["document"],
            version=self.version,
            actor=self.request.user,
        )
        return str(made.uuid)


class RatingFactsView(RatingPage):
    """The facts sheet of an organisation's rating."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The forms with what stands now."""
        if refused := self._refused():
            return refused
        stated = rating_tasks(self.rating)
        forms = [TallyForm(scope, stated.tallies.get(scope)) for scope in stated.scopes]
        return self._page(forms, OfficerDocumentForm(), stated.version)

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Write every scope or none."""
        if refused := self._refused():
            return refused
        stated = rating_tasks(self.rating)
        forms = [TallyForm(scope, stated.tallies.get(scope), request.POST) for scope in stated.scopes]
        source = OfficerDocumentForm(request.POST)
        if [form for form in (*forms, source) if not form.is_valid()]:
            return self._page(forms, source, stated.version, status=422)
        try:
            services.state_rating_tasks(
                rating=self.rating,
                tallies={form.scope: form.values for form in forms},
                version=read_version(request.POST.get("version", "")),
                actor=request.user,
                document_ref=source.cleaned_data["document_ref"],
            )
        except Stale as refusal:
            source.add_error(None, str(refusal))
            return self._page(forms, source, stated.version, status=409)
        except Refusal as refusal:
            return errors.refused(request, refusal)
        return HttpResponseRedirect(self.address())

    def _refused(self) -> HttpResponse | None:
        if not self.rating.review_id and circumstances.may_state(self.request.user, self.rating):
            return None
        reason = _("The numbers of an organisation are stated by the officer until it is rated.")
        return errors.permission_denied(self.request, Forbidden(reason))

    def _page(
        self, forms: list[TallyForm], source: OfficerDocumentForm, version: int, status: int = 200
    ) -> HttpResponse:
        problems = [
            {"text": f"{field.label}: {error}", "anchor": field.id_for_label}
            for form in (*forms, source)
            if form.is_bound
            for field in form
            for error in field.errors
        ] + [{"text": str(error)} for error in source.non_field_errors()]
        context = {"rating": self.rating, "forms": forms, "source": source, "version": version, "problems": problems}
        return render(self.request, "reviews/rating_facts.html", context, status=status)
