"""The checklist that greets the first administrator."""

from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.urls import NoReverseMatch, reverse
from django.views.generic import TemplateView

from orgs.selectors import first_steps


class FirstStepsView(PermissionRequiredMixin, TemplateView):
    """What to set up, in order, with links; what is done is ticked."""

    template_name = "orgs/first_steps.html"
    permission_required = "orgs.configure"
    raise_exception = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Rows of (status, address); the first open one is the primary act."""
        rows = [(status, _address(status.step.url_name)) for status in first_steps.statuses()]
        next_open = next((status.step for status, _ in rows if not status.is_done), None)
        done = sum(status.is_done for status, _ in rows)
        return super().get_context_data(rows=rows, next_open=next_open, done=done, total=len(rows), **kwargs)


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
