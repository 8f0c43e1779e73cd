"""Opinions for the appraisal and the State-side grade, as the officer of the appraising body gathers them."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from orgs.models import Forbidden
from orgs.views import errors
from reviews.forms import opinions as forms
from reviews.models import Opinion, Rating
from reviews.selectors.grading import opinions as selectors
from reviews.selectors.grading import ratings
from reviews.services.grading import opinions as services
from reviews.views.form_pages import FormPage

RELATED = ("person", "collective", "organisation", "cycle", "appraising_unit", "review")
NOT_READER = gettext_lazy("Opinions are read by the appraising body, the body that gets a copy, and the inspector.")


class OpinionsMissingView(ListView):
    """The ratings before me with opinions that were asked for and did not come."""

    template_name = "reviews/opinion_missing.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Rating]:
        """In the order of the boards."""
        return selectors.missing_for(self.request.user).order_by("sort_key", "id")


class OneRating:
    """What the pages about the opinions on one rating share."""

    @cached_property
    def rating(self) -> Rating:
        """The rating, 404 when it is not visible."""
        rows = ratings.visible_to(self.request.user).select_related(*RELATED).defer("facts", "suggestion")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    @cached_property
    def opinion(self) -> Opinion:
        """The opinion of the address."""
        rows = Opinion.objects.filter(rating=self.rating).select_related("unit", "file")
        return get_object_or_404(rows, uuid=self.kwargs["opinion"])

    def refusal(self) -> str:
        """Only the officer of the appraising body, before the decision."""
        if not selectors.gathers(self.request.user, self.rating):
            return _("Only the officer of the appraising body does this.")
        return "" if self.rating.state in services.OPEN_STATES else _("This rating is decided already.")

    def refresh(self) -> None:
        """Read everything anew."""
        for name in ("rating", "opinion"):
            self.__dict__.pop(name, None)

    def destination(self, reference: str = "") -> str:
        """The list of opinions."""
        return reverse("reviews:opinion_list", args=[self.rating.uuid])


class OpinionListView(OneRating, FormPage):
    """What was asked, what came, what was waived; the form asks one more body."""

    template_name = "reviews/opinion_list.html"
    done_text = gettext_lazy("The opinion is asked for.")

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """For who reads opinions; the form only for who gathers them."""
        if not selectors.readable_by(request.user).filter(pk=self.rating.pk).exists():
            return errors.permission_denied(request, Forbidden(str(NOT_READER)))
        return render(request, self.template_name, {"form": None, **self.context(None)})

    def build_form(self, **bound: Any) -> forms.AskForm:
        """Empty."""
        return forms.AskForm(**bound)

    def act(self, form: forms.AskForm) -> str:
        """Ask."""
        services.ask_opinion(rating=self.rating, actor=self.request.user, **form.asked())
        return ""

    def context(self, form: Form | None) -> dict[str, Any]:
        """The opinions and the State-side grade."""
        why_not = self.refusal()
        return {
            "rating": self.rating,
            "opinions": selectors.opinions_of(self.rating),
            "may_gather": not why_not,
            "why_not": why_not,
            "ask_form": form or forms.AskForm(),
        }


class OneOpinionView(OneRating, FormPage):
    """A page with one form about one opinion."""

    template_name = "reviews/opinion_edit.html"
    title = ""

    def context(self, form: Form) -> dict[str, Any]:
        """The opinion with its version."""
        return {"rating": self.rating, "opinion": self.opinion, "title": self.title}


class OpinionReceiveView(OneOpinionView):
    """Enter an opinion that came in."""

    title = gettext_lazy("Enter the opinion")

    def build_form(self, **bound: Any) -> forms.ReceiveForm:
        """As it is saved."""
        row = self.opinion
        initial = {"text": row.text, "grade": row.grade, "document": row.document}
        if row.received_on:
            initial["received_on"] = row.received_on
        return forms.ReceiveForm(initial=initial, **bound)

    def act(self, form: forms.ReceiveForm) -> str:
        """Record it."""
        services.receive_opinion(
            opinion=self.opinion,
            received=form.received(),
            version=self.version,
            actor=self.request.user,
            upload=form.cleaned_data["file"],
        )
        return ""


class OpinionWaiveView(OneOpinionView):
    """Go on without the opinion, for a reason."""

    title = gettext_lazy("Go on without this opinion")

    def build_form(self, **bound: Any) -> forms.WaiveForm:
        """As it is saved."""
        return forms.WaiveForm(initial={"waiver_reason": self.opinion.waiver_reason}, **bound)

    def act(self, form: forms.WaiveForm) -> str:
        """Record it."""
        services.waive_opinion(
            opinion=self.opinion,
            reason=form.cleaned_data["waiver_reason"],
            version=self.version,
            actor=self.request.user,
        )
        return ""


class StateGradeView(OneRating, FormPage):
    """The State-side grade with its document, or “not yet”."""

    template_name = "reviews/state_grade.html"

    def build_form(self, **bound: Any) -> forms.StateGradeForm:
        """As it is saved."""
        row = self.rating
        initial = {
            "status": row.state_grade_status or services.NOT_YET,
            "grade": row.state_grade,
            "document": row.state_grade_document,
        }
        return forms.StateGradeForm(initial=initial, **bound)

    def act(self, form: forms.StateGradeForm) -> str:
        """Record it."""
        services.set_state_grade(rating=self.rating, version=self.version, actor=self.request.user, **form.cleaned_data)
        return ""

    def context(self, form: Form) -> dict[str, Any]:
        """The rating with its version."""
        return {"rating": self.rating}
