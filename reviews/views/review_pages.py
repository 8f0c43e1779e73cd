"""The page of one review, and what every page of one review shares."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from criteria.selectors.rounds.milestones import MilestoneBook
from orgs.guards import Move
from orgs.selectors.history import history_of
from reviews.models import Review
from reviews.selectors import pens
from reviews.selectors.grading import explanations, side_by_side
from reviews.selectors.reviews import visible_to
from reviews.selectors.standing import review_pages
from reviews.selectors.standing.round_steps import steps_for
from reviews.selectors.writing import answers, forecasts, named, results_ticked, writing_help
from reviews.selectors.writing.deadlines import deadline_of
from reviews.selectors.writing.registered_works import registered_works
from reviews.selectors.writing.tallies_stated import tallies_of
from reviews.services.meeting import naming
from reviews.services.writing import tasks_stated
from reviews.services.writing.answers import reason_against_writing

# Submitting, returning, concluding and finishing have pages of their own, with what must be seen before.
PLAIN_MOVES = frozenset({"postpone", "resume", "reopen", "close"})


@method_decorator(never_cache, name="dispatch")
class ReviewPage(View):
    """A page of one review that the user may see."""

    @cached_property
    def review(self) -> Review:
        """The review, 404 when it is not visible."""
        rows: QuerySet[Review] = visible_to(self.request.user)
        related = ("cycle__plan", "cycle__regulation", "unit", "person", "collective", "framework")
        return get_object_or_404(rows.select_related(*related), uuid=self.kwargs["uuid"])

    def address(self, name: str) -> str:
        """The address of another page of this review."""
        return reverse(f"reviews:{name}", args=[self.review.uuid])


class ReviewDetailView(ReviewPage):
    """Where the review stands, what to do, what to know."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page, as far as this user may see each part of it."""
        sections = answers.sections_of(self.review)
        lines = review_pages.rating_lines(self.review, request.user)
        reason = reason_against_writing(self.review, request.user)
        book = MilestoneBook(self.review.cycle)
        moves = pens.moves_of(request.user, self.review)
        history = history_of("reviews.Review", str(self.review.uuid))
        context: dict[str, Any] = {
            "review": self.review,
            "steps": steps_for(book, self.review.unit, self.review, lines[0].rating if lines else None),
            "sections": sections,
            "waiting": next((section for section in sections if section.mark != answers.TICK), None),
            "done": sum(section.mark == answers.TICK for section in sections),
            "can_write": not reason,
            "deadline": deadline_of(self.review, book),
            "venues": review_pages.venues_of(self.review),
            "returned": review_pages.last_return(self.review, history),
            "may_state": tasks_stated.may_state(self.review, request.user),
            "history": review_pages.merged(history),
            "kept": list(writing_help.kept_for(self.review, request.user)),
            "forecast": None if reason else forecasts.forecast_of(self.review, answers.text_of_sections(sections)),
        }
        return render(
            request, "reviews/review_detail.html", context | self._year() | self._ratings(lines) | self._moves(moves)
        )

    def _year(self) -> dict[str, Any]:
        """What the year holds about the subject: prompts, named shortcomings and registered works."""
        return {
            "prompts": writing_help.prompts_of(self.review),
            "named": named.named_of(self.review, self.request.user),
            "registered_works": registered_works(self.review, self.request.user),
            "may_name": not naming.reason_against_review(self.review, self.request.user),
        }

    def _ratings(self, lines: list[side_by_side.RatingLine]) -> dict[str, Any]:
        told = [(line, explanations.explanation_of(line.rating)) for line in lines if line.is_decided]
        ground = results_ticked.ground_of(self.review, tallies_of(self.review))
        return {"lines": lines, "notes": side_by_side.notes_on(lines), "explained": told, "ground": ground}

    def _moves(self, moves: list[Move]) -> dict[str, Any]:
        return {
            "acts": [self._act(move) for move in moves if move.name in PLAIN_MOVES],
            "may_return": any(move.name == "return" for move in moves),
        }

    def _act(self, move: Move) -> dict[str, Any]:
        return {
            "label": _(move.label),
            "name": move.name,
            "url": reverse("reviews:review_act", args=[self.review.uuid, move.name]),
            "reason": " ".join(move.reasons),
            "needs_reason": "reason" in move.needs,
            "needs_document": "document" in move.needs,
        }
