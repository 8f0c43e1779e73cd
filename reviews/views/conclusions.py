"""Conclusions to be confirmed, notice and publication, petitions."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import ListView

from criteria.selectors.rounds.cycles import current_for
from orgs import access, roles
from orgs.guards import Move
from orgs.models import Forbidden, Refusal, Stale
from orgs.models.documents import WorkflowDocument
from orgs.services import idempotency
from orgs.views import errors
from orgs.views.acts import ActView, read_version
from reviews.forms.deciding import PetitionAnswerForm, PetitionForm
from reviews.models import Conclusion, Petition, Rating
from reviews.selectors import pens
from reviews.selectors.grading import conclusions, ratings
from reviews.services.grading import notices, petitions

CONCLUSION_MOVES = frozenset({"confirm", "withdraw"})


class ConclusionListView(ListView):
    """Conclusions of the bodies that I record or confirm for, or whose ratings I appraise."""

    template_name = "reviews/conclusion_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Conclusion]:
        """Newest first."""
        return conclusions.visible_to(self.request.user).select_related("collective", "cycle")


class ConclusionDetailView(View):
    """One conclusion: its paper, its lines, and the act of confirming."""

    def get(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """The page with each line's chain and what stands in the way."""
        rows = conclusions.visible_to(request.user).select_related(
            "collective", "cycle", "recorded_by__person", "confirmed_by__person"
        )
        conclusion = get_object_or_404(rows, uuid=uuid)
        lines = conclusions.lines_of(conclusion, request.user)
        context = {
            "conclusion": conclusion,
            "lines": lines,
            "hidden": conclusion.lines.count() - len(lines),
            "acts": [self._act(move, uuid) for move in pens.moves_of(request.user, conclusion)],
            "may_notify": notices.to_notify(conclusion, request.user).exists(),
        }
        return render(request, "reviews/conclusion_detail.html", context)

    @staticmethod
    def _act(move: Move, uuid: str) -> dict[str, Any]:
        is_issue = move.name == "confirm"
        return {
            "label": _(move.label),
            "name": move.name,
            "url": reverse("reviews:conclusion_act", args=[uuid, move.name]),
            "reason": " ".join(move.reasons),
            "needs": move.needs,
            "tone": "primary" if is_issue else "danger",
            "question": _("Issue these decisions? They are final until revoked by a document.") if is_issue else "",
        }


class ConclusionActView(ActView):
    """POST conclusions/<uuid>/acts/<move>: confirm or withdraw."""

    def post(self, request: HttpRequest, uuid: str, move: str) -> HttpResponse:
        """Carry it out; other names are not found here."""
        if move not in CONCLUSION_MOVES:
            raise Http404
        return super().post(request, uuid, move)

    def documents(self) -> QuerySet[Conclusion]:
        """The conclusions that the user may see."""
        return conclusions.visible_to(self.request.user).select_related("cycle", "collective")

    def destination(self, document: WorkflowDocument) -> str:
        """Back to the conclusion."""
        return reverse("reviews:conclusion_detail", args=[document.uuid])


class NoticeView(View):
    """POST: notify the results of a conclusion to subjects and managers, and publish the grades."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        """Notify what was not notified yet."""
        conclusion = get_object_or_404(conclusions.visible_to(request.user), uuid=uuid)
        try:
            count = notices.notify_conclusion(conclusion=conclusion, actor=request.user)
        except Forbidden as refusal:
            return errors.refused(request, refusal)
        messages.success(request, _("%s results were notified and published.") % count)
        return HttpResponseRedirect(reverse("reviews:conclusion_detail", args=[uuid]))


class PublicationView(ListView):
    """Published grades: name, post, grade, and nothing else."""

    template_name = "reviews/publication.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Rating]:
        """Of the cycle in the address, or of the present one; searched by name."""
        rows = conclusions.published(self.request.user)
        if code := self.request.GET.get("cycle", ""):
            rows = rows.filter(cycle__code=code)
        elif cycle := current_for(self.request.user):
            rows = rows.filter(cycle=cycle)
        if text := self.request.GET.get("q", "").strip():
            rows = notices.matching(rows, text)
        return rows.order_by("kind", "sort_key", "id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The search as the address has it."""
        return super().get_context_data(q=self.request.GET.get("q", ""), **kwargs)


class PetitionCreateView(View):
    """The subject asks for reconsideration."""

    @cached_property
    def rating(self) -> Rating:
        """One's own rating that was notified."""
        rows = ratings.visible_to(self.request.user).select_related("cycle", "person", "collective", "review__unit")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The form, for the subject alone."""
        if pens.may(request.user, self.rating, "petition") is None:
            return errors.refused(
                request, Forbidden(_("Only the subject files a petition, once the result is notified."))
            )
        return self._page(PetitionForm())

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """File it once; the text stays on a refusal."""
        form = PetitionForm(request.POST)
        try:
            if form.is_valid():
                self._file(form.cleaned_data["text"])
                messages.success(request, _("Your petition was filed. The deciding body will answer it."))
                return HttpResponseRedirect(reverse("reviews:rating_detail", args=[self.rating.uuid]))
        except (Stale, Forbidden) as refusal:
            return errors.refused(request, refusal)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return self._page(form)

    def _file(self, text: str) -> None:
        version = read_version(self.request.POST.get("version", ""))
        idempotency.carry_out_once(
            key=self.request.POST.get("idempotency_key", ""),
            user=self.request.user,
            action=f"petition.{self.rating.uuid}",
            body=self.request.POST,
            act=lambda: str(
                petitions.file_petition(rating=self.rating, text=text, version=version, actor=self.request.user).uuid
            ),
        )

    def _page(self, form: PetitionForm) -> HttpResponse:
        context = {"form": form, "document": self.rating, "rating": self.rating}
        return render(self.request, "reviews/petition_create.html", context, status=422 if form.errors else 200)


class PetitionAnswerView(View):
    """The deciding body's answer, entered by its confirmer."""

    @cached_property
    def petition(self) -> Petition:
        """A petition on a rating within reach of the confirmer."""
        rows = Petition.objects.filter(rating__in=ratings.visible_to(self.request.user))
        petition = get_object_or_404(rows.select_related("rating__person", "rating__cycle"), uuid=self.kwargs["uuid"])
        viewer = access.viewer_of(self.request.user)
        if petition.rating.deciding_collective_id not in viewer.collectives_of(roles.CONFIRMER):
            raise Http404
        return petition

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The form beside the petition."""
        return self._page(PetitionAnswerForm())

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Record the answer; then uphold or rate again on the page of the rating."""
        form = PetitionAnswerForm(request.POST)
        try:
            if form.is_valid():
                self._answer(form)
                return HttpResponseRedirect(reverse("reviews:rating_detail", args=[self.petition.rating.uuid]))
        except (Stale, Forbidden) as refusal:
            return errors.refused(request, refusal)
        return self._page(form)

    def _answer(self, form: PetitionAnswerForm) -> None:
        def act() -> str:
            return str(
                petitions.answer_petition(petition=self.petition, actor=self.request.user, **form.cleaned_data).uuid
            )

        idempotency.carry_out_once(
            key=self.request.POST.get("idempotency_key", ""),
            user=self.request.user,
            action=f"petition.answer.{self.petition.uuid}",
            body=self.request.POST,
            act=act,
        )

    def _page(self, form: PetitionAnswerForm) -> HttpResponse:
        context = {"form": form, "petition": self.petition}
        return render(self.request, "reviews/petition_answer.html", context, status=422 if form.errors else 200)
