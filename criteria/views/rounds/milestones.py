"""Moving a date of an issued plan."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from criteria.forms.rounds.plans import MilestoneMoveForm
from criteria.models import Milestone
from criteria.selectors.rounds import plans as selectors
from criteria.services.rounds.plans import move_milestone
from criteria.views.writing import WriteView
from orgs.views.acts import read_version


class MilestoneMoveView(WriteView):
    """Another last day for one step of an issued plan."""

    template_name = "criteria/milestone_move.html"
    form_class = MilestoneMoveForm
    act_name = "plan.move_milestone"

    @cached_property
    def milestone(self) -> Milestone:
        """The row in the address, of a plan that I may read; only who prepares the plan may move it."""
        rows = Milestone.objects.filter(plan__in=selectors.visible_to(self.request.user)).select_related("plan__issuer")
        found = get_object_or_404(rows, uuid=self.kwargs["uuid"])
        if not selectors.bodies_prepared_by(self.request.user).filter(pk=found.plan.issuer_id).exists():
            raise PermissionDenied(_("You do not prepare this document."))
        return found

    def get_initial(self) -> dict[str, Any]:
        """The date that stands."""
        return {"due_on": self.milestone.due_on}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        back = reverse("criteria:plan_detail", args=[self.milestone.plan.uuid])
        return super().get_context_data(
            title=_("Move a date"),
            lead=f"{self.milestone.get_step_display()} · {self.milestone.plan}",
            document=self.milestone.plan,
            submit_label=_("Move the date"),
            cancel_url=back,
            **kwargs,
        )

    def write(self, form: BaseForm) -> str:
        """Move it."""
        move_milestone(
            milestone=self.milestone,
            actor=self.request.user,
            version=read_version(self.request.POST.get("version", "")),
            **form.cleaned_data,
        )
        return reverse("criteria:plan_detail", args=[self.milestone.plan.uuid])
