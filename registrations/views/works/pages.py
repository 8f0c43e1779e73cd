"""What the pages of registered work stand on: one form about one visible record, one act a POST address."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from criteria.views.writing import WriteView
from orgs.models import Stale, User
from orgs.views.acts import read_version

ON_PAPER = {"enctype": "multipart/form-data"}


class RecordFormView(WriteView):
    """A form about the record in the address: invisible is 404, visible but not mine to write in 403 with a reason."""

    template_name = "registrations/work_form.html"
    title: Any = ""
    submit_label: Any = ""
    has_files = False

    def rows(self) -> QuerySet:
        """The records that the user may read."""
        raise NotImplementedError

    def reason_against(self, record: Any, user: User) -> str:
        """Why the user does not write here now; empty when he does."""
        raise NotImplementedError

    def page_of(self, record: Any) -> str:
        """Where the user goes afterwards."""
        raise NotImplementedError

    def lead_of(self, record: Any) -> str:
        """What the form is about."""
        return str(record)

    @cached_property
    def record(self) -> Model:
        """The record."""
        found = get_object_or_404(self.rows(), uuid=self.kwargs["uuid"])
        if reason := self.reason_against(found, self.request.user):
            raise PermissionDenied(reason)
        return found

    @property
    def version(self) -> int:
        """The version that the form carried."""
        return read_version(self.request.POST.get("version", ""))

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """The right is asked before the form is drawn."""
        self.record  # noqa: B018
        return super().get(*args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form; its version goes with it."""
        shown = {
            "title": self.title,
            "lead": self.lead_of(self.record),
            "document": self.record,
            "submit_label": self.submit_label,
            "cancel_url": self.page_of(self.record),
            "form_enctype": ON_PAPER["enctype"] if self.has_files else "",
        }
        return super().get_context_data(**(shown | kwargs))

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """The same page with what was typed."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def stale(self, form: BaseForm, refusal: Stale) -> HttpResponse:
        """The same page with what was typed; saving it again is the user's own choice."""
        form.add_error(None, _("Somebody else saved this in the meantime. Compare, then save again."))
        return self.render_to_response(self.get_context_data(form=form), status=409)
