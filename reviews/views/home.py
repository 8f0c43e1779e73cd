"""The first page: what waits for me, by when, and why I cannot act yet."""

from typing import Any

from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from criteria.selectors.rounds.cycles import current_for
from orgs import access, roles
from reviews.selectors.standing.round_steps import steps_for
from reviews.selectors.waiting.inbox import inbox_of
from reviews.selectors.writing.own_reviews import own_book


@method_decorator(never_cache, name="dispatch")
class HomeView(TemplateView):
    """Steps of the round, rows to do, rows to follow."""

    template_name = "reviews/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The steps are those of the own review; without one, those of the calendar of the present cycle."""
        book = own_book(self.request.user)
        own = book.own[0] if book.own else None
        cycle = own.review.cycle if own else current_for(self.request.user)
        unit = own.review.unit if own else None
        steps = []
        if cycle:
            dates = book.milestones(cycle)
            steps = steps_for(dates, unit, own and own.review, own and own.main_rating)
        configures = roles.CONFIGURE in access.viewer_of(self.request.user).rights
        return super().get_context_data(
            cycle=cycle,
            unit=unit,
            steps=steps,
            inbox=inbox_of(self.request.user),
            first_steps_url=reverse("orgs:first_steps") if configures and not cycle else "",
            **kwargs,
        )
