"""One rating: its chain of grades, the suggestion explained, proposing and appraising."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import ListView

from orgs import access, roles
from orgs.guards import Move
from orgs.models import Forbidden, Refusal, Stale
from orgs.models.documents import WorkflowDocument
from orgs.selectors.history import HistoryRow, history_of
from orgs.services import idempotency, transitions
from orgs.views import errors
from orgs.views.acts import ActView, read_version
from registrations.selectors.register.facts import subjects_of
from reviews.forms.deciding import GradeForm
from reviews.models import Rating
from reviews.selectors import pens
from reviews.selectors.grading import behind, explanations, opinions, ratings, side_by_side
from reviews.selectors.laws import law_of_rating
from reviews.selectors.writing import results_ticked
from reviews.selectors.writing.tallies_stated import tallies_of
from reviews.services.grading import circumstances, gradings, notices
from reviews.services.meeting import naming
from reviews.workflow import PEN

FACTS = {
    "discipline": gettext_noop("Enter a disciplinary decision"),
    "finding": gettext_noop("Enter a conclusion of a competent body"),
    "shortcoming": gettext_noop("Enter a named shortcoming"),
}
PLAIN_MOVES = frozenset({"return", "postpone", "resume", "exempt", "archive", "revoke", "uphold", "regrade"})
RELATED = (
    "cycle__regulation",
    "regulation",
    "cycle__plan",
    "review__unit",
    "review__person",
    "review__collective",
    "person",
    "collective",
    "organisation",
    "group",
    "appraising_unit",
    "deciding_collective",
    "proposing_collective",
    "proposing_unit",
    "copy_unit",
)


@method_decorator(never_cache, name="dispatch")
class RatingPage(View):
    """A page of one rating that the user may see."""

    @cached_property
    def rating(self) -> Rating:
        """The rating, 404 when it is not visible."""
        rows: QuerySet[Rating] = ratings.visible_to(self.request.user)
        return get_object_or_404(rows.select_related(*RELATED), uuid=self.kwargs["uuid"])

    @cached_property
    def moves(self) -> list[Move]:
        """What this user may do with it now."""
        return pens.moves_of(self.request.user, self.rating)

    def address(self, name: str = "rating_detail") -> str:
        """The address of a page of this rating."""
        return reverse(f"reviews:{name}", args=[self.rating.uuid])


class RatingDetailView(RatingPage):
    """The chain of grades, why the system suggests what it suggests, what is missing and who can give it."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page; the inner workings only for who holds more than the part of the subject."""
        names = {move.name for move in self.moves}
        user, rating = request.user, self.rating
        held = access.roles_on(user, rating)
        reads_opinions = opinions.reads(user, rating, held)
        context: dict[str, Any] = {
            "rating": rating,
            "acts": [self._act(move) for move in self.moves if move.name in PLAIN_MOVES],
            "can_propose": "propose" in names,
            "can_appraise": "appraise" in names,
            "reads_opinions": reads_opinions,
            "opinions": opinions.opinions_of(rating) if reads_opinions else (),
            "circumstances": rating.circumstances.filter(withdrawn_at=None),
            "decisions": rating.decisions.select_related("conclusion"),
            "petitions": rating.petitions.all(),
            "may_state": circumstances.may_state(user, rating),
            "counts_points": bool(law_of_rating(rating).counting.maxima),
            "has_levels": bool(law_of_rating(rating).levels),
            "facts_of": self._facts_links(),
            "may_answer": roles.CONFIRMER in held,
            "is_told": ratings.is_told(user, rating),
            "history": self._history(held),
        }
        return render(request, "reviews/rating_detail.html", context | self._explained(is_inside=bool(held - PEN)))

    def _explained(self, *, is_inside: bool) -> dict[str, Any]:
        """Why the grade is what it is, what stands behind its facts, and the other ratings of the same person."""
        found = explanations.explanation_of(self.rating)
        lines = side_by_side.lines_beside(self.rating, self.request.user)
        facts = found.explained.facts
        notes = side_by_side.notes_on(lines, {self.rating.pk: facts})
        register = behind.behind(self.rating, facts, self.request.user, is_inside=is_inside)
        review = self.rating.review
        ground = results_ticked.ground_of(review, tallies_of(review)) if review else None
        return {"explanation": found, "lines": lines, "notes": notes, "behind": register, "ground": ground}

    def _history(self, held: frozenset[str]) -> list[HistoryRow]:
        rating = self.rating
        is_own = rating.person_id is not None and rating.person_id == self.request.user.person_id
        hidden = () if opinions.reads(self.request.user, rating, held) else opinions.ACTS
        if is_own:
            hidden = (*hidden, "rating.pending")
        shows_notes = bool(held - PEN) and not is_own
        return history_of("reviews.Rating", str(rating.uuid), shows_notes=shows_notes, hidden=hidden)

    def _facts_links(self) -> list[dict[str, str]]:
        """Where facts about the subject are entered, for who may state them."""
        rating = self.rating
        name = "person" if rating.person_id else "collective" if rating.collective_id else "unit"
        if not subjects_of(self.request.user, name).filter(pk=rating.subject.pk).exists():
            return []
        query = urlencode({name: rating.subject.uuid})
        return [
            {"label": _(label), "url": f"{reverse('registrations:fact_create', args=[kind])}?{query}"}
            for kind, label in FACTS.items()
        ] + self._naming()

    def _naming(self) -> list[dict[str, str]]:
        """Where what the decision found is named, for its officer."""
        if naming.reason_against_decision(self.rating, self.request.user):
            return []
        return [{"label": _("Name a shortcoming"), "url": self.address("rating_name")}]

    def _act(self, move: Move) -> dict[str, Any]:
        return {
            "label": _(move.label),
            "name": move.name,
            "url": reverse("reviews:rating_act", args=[self.rating.uuid, move.name]),
            "reason": " ".join(move.reasons),
            "needs": move.needs,
            "question": "",
            "tone": "danger" if "document" in move.needs else "quiet",
        }


class GradeWriteView(RatingPage):
    """Write the grade of a step and, with the second button, hand the rating on."""

    step = gradings.PROPOSAL

    @cached_property
    def move(self) -> Move:
        """The move that hands the rating on; 403 with the reason for who does not hold the pen."""
        name = gradings.MOVE[self.step]
        found = next((move for move in self.moves if move.name == name), None)
        if found is None:
            raise Forbidden(_("You do not hold the pen for this rating now."))
        return found

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The form with what was written so far."""
        try:
            return self._page(GradeForm(initial=self._initial()), self.move)
        except Forbidden as refusal:
            return errors.refused(request, refusal)

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Save, or save and hand on; nothing that was typed is lost on a refusal."""
        form = GradeForm(request.POST)
        try:
            if form.is_valid():
                self._carry_out(form)
                messages.success(request, _("Saved."))
                return HttpResponseRedirect(self._destination())
        except (Stale, Forbidden) as refusal:
            return errors.refused(request, refusal)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return self._page(form, next((row for row in self.moves if row.name == gradings.MOVE[self.step]), None))

    def _carry_out(self, form: GradeForm) -> None:
        post, opinion = self.request.POST, gradings.Opinion(**form.cleaned_data)

        def act() -> str:
            version = read_version(post.get("version", ""))
            row = gradings.write_grade(
                rating=self.rating, step=self.step, opinion=opinion, version=version, actor=self.request.user
            )
            if "hand_on" in post:
                transitions.advance(row, gradings.MOVE[self.step], actor=self.request.user, version=row.version)
            return str(row.uuid)

        idempotency.carry_out_once(
            key=post.get("idempotency_key", ""),
            user=self.request.user,
            action=f"rating.{self.step}.{self.rating.uuid}",
            body=post,
            act=act,
        )

    def _initial(self) -> dict[str, Any]:
        grade, comment = gradings.FIELDS[self.step]
        return {
            "grade": getattr(self.rating, grade),
            "comment": getattr(self.rating, comment),
            "given_on": self.rating.proposed_on,
        }

    def _destination(self) -> str:
        if ratings.visible_to(self.request.user).filter(pk=self.rating.pk).exists():
            return self.address()
        return reverse("reviews:home")

    def _page(self, form: GradeForm, move: Move | None) -> HttpResponse:
        context = {
            "form": form,
            "rating": self.rating,
            "step": self.step,
            "move": move,
            "explanation": explanations.explanation_of(self.rating),
        }
        return render(self.request, "reviews/rating_grade.html", context, status=422 if form.errors else 200)


class RatingActView(ActView):
    """POST ratings/<uuid>/acts/<move>: the plain moves of a rating."""

    def post(self, request: HttpRequest, uuid: str, move: str) -> HttpResponse:
        """Carry out a plain move; other names are not found here."""
        if move not in PLAIN_MOVES:
            raise Http404
        return super().post(request, uuid, move)

    def documents(self) -> QuerySet[Rating]:
        """The ratings that the user may see."""
        return ratings.visible_to(self.request.user).select_related("cycle", "review__unit", "group")

    def destination(self, document: WorkflowDocument) -> str:
        """Back to the rating, or home when it is out of sight now."""
        if self.documents().filter(pk=document.pk).exists():
            return reverse("reviews:rating_detail", args=[document.uuid])
        return reverse("reviews:home")


class ResultReadView(RatingPage):
    """POST: I have read my result. Reading by itself writes nothing."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """State it once, and go back to the result."""
        try:
            notices.confirm_reading(rating=self.rating, actor=request.user)
        except (Stale, Forbidden) as refusal:
            return errors.refused(request, refusal)
        messages.success(request, _("It is recorded that you have read the result."))
        return HttpResponseRedirect(self.address())


class ResultListView(ListView):
    """My own results: grade, reasons and comments, once they were notified."""

    template_name = "reviews/result_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Rating]:
        """Notified ratings of myself, newest cycle first."""
        rows = Rating.objects.filter(
            person=self.request.user.person_id, state__in=ratings.DECIDED, notified_at__isnull=False
        )
        if self.request.user.person_id is None:
            rows = rows.none()
        return rows.select_related("cycle", "deciding_collective").order_by("-cycle__period_end_on", "kind")
