"""The list of reviews and the list of ratings."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from criteria.models import Cycle
from criteria.selectors.rounds import cycles
from orgs.models import User
from orgs.selectors.keyset import Keyset
from reviews.forms.lists import DocumentFilterForm, RatingFilterForm, ReviewFilterForm
from reviews.selectors.standing import lists

TURNING = ("after", "before")


class DocumentListView(TemplateView):
    """A list of documents of one cycle, filtered by the address, page by page."""

    form_class: type[DocumentFilterForm]
    page: Callable[[User, lists.Wanted], Keyset]
    empty_text = ""

    @cached_property
    def cycles(self) -> list[Cycle]:
        """The cycles that may be chosen, the newest first."""
        rows = cycles.visible_to(self.request.user).exclude(state="preparing")
        return list(rows.defer("regulation__content").order_by("-period_end_on", "-id"))

    @cached_property
    def cycle(self) -> Cycle | None:
        """The cycle in the address, else the newest one."""
        code = self.request.GET.get("cycle", "")
        newest = self.cycles[0] if self.cycles else None
        return next((row for row in self.cycles if row.code == code), newest)

    def wanted(self, form: DocumentFilterForm) -> lists.Wanted:
        """The filters as clean values; a filter that is nonsense counts as not set."""
        form.is_valid()
        clean = form.cleaned_data
        return lists.Wanted(
            cycle=self.cycle,
            text=clean.get("q", ""),
            state=clean.get("state", ""),
            unit=clean.get("unit", ""),
            at=clean.get("at", ""),
            line=clean.get("line", ""),
            kind=clean.get("kind", ""),
            is_late=clean.get("late", False),
            is_waiting=clean.get("mine", False),
            after=self.request.GET.get("after", ""),
            before=self.request.GET.get("before", ""),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page with its filters."""
        given = self.request.GET.copy()
        given.setdefault("cycle", self.cycle.code if self.cycle else "")
        form = self.form_class(given, cycles=self.cycles)
        page = type(self).page(self.request.user, self.wanted(form))
        return super().get_context_data(
            cycle=self.cycle,
            filter_form=form,
            reset_url=self.request.path,
            page_obj={"object_list": page.rows, "paginator": {"count": page.count}},
            keyset={
                "previous_url": self._turned("before", page.before),
                "next_url": self._turned("after", page.after),
                "total": page.count,
            },
            empty_title=_("Nothing here"),
            empty_text=_("No document fits these filters, or none is within your reach."),
            **kwargs,
        )

    def _turned(self, name: str, key: str) -> str:
        if not key:
            return ""
        query = self.request.GET.copy()
        for other in TURNING:
            query.pop(other, None)
        query[name] = key
        return f"?{query.urlencode()}"


class ReviewListView(DocumentListView):
    """The reviews within reach."""

    template_name = "reviews/review_list.html"
    form_class = ReviewFilterForm
    page = staticmethod(lists.review_page)


class RatingListView(DocumentListView):
    """The ratings within reach."""

    template_name = "reviews/rating_list.html"
    form_class = RatingFilterForm
    page = staticmethod(lists.rating_page)
