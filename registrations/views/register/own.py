"""What the register holds about who looks."""

from typing import Any

from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from registrations.selectors.register.own import own_record


@method_decorator(never_cache, name="dispatch")
class OwnRecordView(TemplateView):
    """Decisions, conclusions, shortcomings, remarks and earlier grades about oneself, each with its document."""

    template_name = "registrations/record_own.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything, withdrawn rows too."""
        return super().get_context_data(record=own_record(self.request.user), **kwargs)
