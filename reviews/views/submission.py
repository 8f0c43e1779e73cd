"""Submitting a self-review: what is missing first, then a receipt that says what happens next."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from criteria.selectors.rounds.milestones import MilestoneBook
from orgs.models import Blocked, Forbidden, Refusal, Stale
from orgs.services import idempotency
from orgs.views import errors
from orgs.views.acts import read_version
from reviews.selectors import pens
from reviews.selectors.standing import review_pages
from reviews.selectors.writing import answers, forecasts
from reviews.selectors.writing.deadlines import deadline_of
from reviews.services.writing.answers import reason_against_writing
from reviews.services.writing.submission import submit
from reviews.views.review_pages import ReviewPage


class ReviewSubmitView(ReviewPage):
    """What is still missing, each line a link to its field; when nothing is, the one button."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page; who has submitted already is led to the receipt."""
        if self.review.state != "self_review" and self.review.submitted_at:
            return HttpResponseRedirect(self.address("review_submitted"))
        if reason := reason_against_writing(self.review, request.user):
            return errors.permission_denied(request, Forbidden(reason))
        return self.show()

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Submit once, however often the form arrives."""
        try:
            idempotency.carry_out_once(
                key=request.POST.get("idempotency_key", ""),
                user=request.user,
                action=f"review.submit.{self.review.uuid}",
                body=request.POST,
                act=self._submit,
            )
        except (Stale, Forbidden) as refusal:
            return errors.refused(request, refusal)
        except Blocked as refusal:
            return self.show(refusal.reasons, HTTPStatus.UNPROCESSABLE_ENTITY)
        except Refusal as refusal:
            return errors.refused(request, refusal)
        return HttpResponseRedirect(self.address("review_submitted"))

    def _submit(self) -> str:
        version = read_version(self.request.POST.get("version", ""))
        return submit(review=self.review, actor=self.request.user, version=version).state

    def show(self, reasons: list[str] | None = None, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """The page with every missing item; `reasons` are those that the guards gave to an attempt."""
        sections = answers.sections_of(self.review)
        missing = [row for section in sections for row in section.missing]
        context: dict[str, Any] = {
            "review": self.review,
            "sections": sections,
            "missing": missing,
            "grades": answers.own_grade_rows(self.review, sections),
            "reasons": [row for row in reasons or [] if row != answers.missing_words(missing)],
            "move": pens.may(self.request.user, self.review, "submit"),
            "deadline": deadline_of(self.review),
            "forecast": forecasts.forecast_of(self.review, answers.text_of_sections(sections)),
        }
        return render(self.request, "reviews/review_submit.html", context, status=status)


class ReviewSubmittedView(ReviewPage):
    """The receipt: when it was submitted, who has it now, and what happens next."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The receipt; before the submission there is none."""
        if not self.review.submitted_at:
            return HttpResponseRedirect(self.address("review_detail"))
        book = MilestoneBook(self.review.cycle)
        context = {
            "review": self.review,
            "snapshot": self.review.snapshots.filter(kind="submitted").last(),
            "venues": review_pages.next_venues(self.review, book, timezone.localdate()),
            "lines": review_pages.rating_lines(self.review, request.user),
            "decision_on": book.due_on("decision", self.review.unit),
            "notice_on": book.due_on("notice", self.review.unit),
        }
        return render(request, "reviews/review_submitted.html", context)
