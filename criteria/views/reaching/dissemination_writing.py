"""Writing disseminations: a new one, the draft, sending out and closing."""

from functools import cached_property
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import QuerySet
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from criteria.forms.reaching.disseminations import DisseminationForm
from criteria.models import Dissemination
from criteria.selectors.reaching import disseminations as selectors
from criteria.services.reaching import disseminations as services
from criteria.views.writing import WriteView, refuse_unless_draft
from orgs import roles
from orgs.views.acts import ActView, read_version

MULTIPART = "multipart/form-data"


class DisseminationCreateView(PermissionRequiredMixin, WriteView):
    """A new draft."""

    permission_required = f"orgs.{roles.MANAGE_PLANS}"
    permission_denied_message = gettext_lazy("Only an officer who prepares for a body can open this page.")
    raise_exception = True
    template_name = "base_form.html"
    form_class = DisseminationForm
    act_name = "dissemination.create"

    def get_form_kwargs(self) -> dict[str, Any]:
        """The choices are those of the user."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        return super().get_context_data(
            title=_("New text to be studied"),
            lead=_("A draft first; the bodies hear of it when you send it out."),
            submit_label=_("Make the draft"),
            form_enctype=MULTIPART,
            cancel_url=reverse("criteria:dissemination_list"),
            **kwargs,
        )

    def write(self, form: BaseForm) -> str:
        """Make the draft."""
        row = services.create_dissemination(actor=self.request.user, **form.given())
        return reverse("criteria:dissemination_detail", args=[row.uuid])


class DisseminationEditView(WriteView):
    """Change a draft."""

    template_name = "base_form.html"
    form_class = DisseminationForm
    act_name = "dissemination.edit"

    @cached_property
    def dissemination(self) -> Dissemination:
        """The draft in the address; visible but not mine to edit is 403."""
        row = get_object_or_404(selectors.visible_to(self.request.user), uuid=self.kwargs["uuid"])
        refuse_unless_draft(row, self.request.user)
        return row

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form shows the draft as it stands."""
        return {**super().get_form_kwargs(), "user": self.request.user, "dissemination": self.dissemination}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        return super().get_context_data(
            title=_("Draft of a text to be studied"),
            lead=self.dissemination.title,
            document=self.dissemination,
            form_enctype=MULTIPART,
            cancel_url=self._page(),
            **kwargs,
        )

    def write(self, form: BaseForm) -> str:
        """Write the whole draft."""
        version = read_version(self.request.POST.get("version", ""))
        services.update_dissemination(
            dissemination=self.dissemination, actor=self.request.user, version=version, **form.given()
        )
        return self._page()

    def _page(self) -> str:
        return reverse("criteria:dissemination_detail", args=[self.dissemination.uuid])


class DisseminationActView(ActView):
    """Send out, or close."""

    def documents(self) -> QuerySet[Dissemination]:
        """What I may read."""
        return selectors.visible_to(self.request.user)

    def destination(self, document: Dissemination) -> str:
        """Back to the dissemination."""
        return reverse("criteria:dissemination_detail", args=[document.uuid])
