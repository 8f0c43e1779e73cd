"""Pages of cycles: the list, one cycle with its calendar, preparing, opening, closing."""

from functools import cached_property
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import QuerySet
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, ListView

from criteria.forms.rounds.cycles import CycleForm
from criteria.models import Cycle
from criteria.selectors.reaching import coverage_pages, openings
from criteria.selectors.rounds import calendars
from criteria.selectors.rounds import cycles as selectors
from criteria.services.rounds import cycles as services
from criteria.views.writing import WriteView, acts_of, refuse_unless_draft
from orgs import roles
from orgs.views.acts import ActView, read_version

ACTS = {"open": "criteria:cycle_open", "close": "criteria:cycle_close"}


class CycleListView(ListView):
    """The cycles that I may read, the latest period first."""

    template_name = "criteria/cycle_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Cycle]:
        """What I may read."""
        return selectors.visible_to(self.request.user).order_by("-period_end_on", "-id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether I may prepare one."""
        may_write = self.request.user.has_perm(f"orgs.{roles.MANAGE_CYCLES}")
        return super().get_context_data(title=_("Cycles"), may_write=may_write, **kwargs)


class CycleDetailView(DetailView):
    """One cycle: law, dates for my body with what is left, topics, frameworks; what it still needs before it opens."""

    template_name = "criteria/cycle_detail.html"
    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "cycle"

    def get_queryset(self) -> QuerySet[Cycle]:
        """What I may read."""
        return selectors.visible_to(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The cycle's parts, and what I may do with it."""
        cycle, user = self.object, self.request.user
        unit = calendars.unit_of(user)
        is_preparing = cycle.state == cycle.workflow.initial.name
        missing = openings.what_is_missing(cycle) if is_preparing else []
        acts = acts_of(cycle, user, ACTS, listed_above=bool(missing))
        return super().get_context_data(
            title=cycle.title,
            unit=unit,
            calendar=calendars.calendar_of(cycle, unit),
            topics=cycle.plan.topics.all(),
            units=cycle.units.without_tree_fields().order_by("sort_key"),
            frameworks=selectors.frameworks_of_province(cycle),
            of_bodies=selectors.count_of_bodies(cycle),
            acts=acts,
            may_edit=bool(acts) and is_preparing,
            missing=missing,
            may_see_coverage=coverage_pages.may_look(user),
            notices=openings.what_to_know(cycle) if is_preparing else [],
            **kwargs,
        )


class ManagesCycles(PermissionRequiredMixin):
    """Only for who prepares cycles."""

    permission_required = f"orgs.{roles.MANAGE_CYCLES}"
    permission_denied_message = gettext_lazy("Only an officer who prepares cycles can open this page.")
    raise_exception = True


class CycleCreateView(ManagesCycles, WriteView):
    """Prepare a cycle from the issued plan of the province."""

    template_name = "criteria/cycle_form.html"
    form_class = CycleForm
    act_name = "cycle.create"

    def get_form_kwargs(self) -> dict[str, Any]:
        """The choices are those of the user."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        return super().get_context_data(
            title=_("New cycle"),
            lead=_("It is prepared first; it opens by an act of its own, when nothing is missing."),
            submit_label=_("Prepare the cycle"),
            cancel_url=reverse("criteria:cycle_list"),
            **kwargs,
        )

    def write(self, form: BaseForm) -> str:
        """Prepare it."""
        cycle = services.create_cycle(actor=self.request.user, **form.given())
        return reverse("criteria:cycle_detail", args=[cycle.uuid])


class CycleEditView(WriteView):
    """Change a cycle that is still being prepared."""

    template_name = "criteria/cycle_form.html"
    form_class = CycleForm
    act_name = "cycle.edit"

    @cached_property
    def cycle(self) -> Cycle:
        """The cycle in the address; visible but not mine to edit is 403."""
        cycle = get_object_or_404(selectors.visible_to(self.request.user), uuid=self.kwargs["uuid"])
        refuse_unless_draft(cycle, self.request.user)
        return cycle

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form shows the cycle as it stands."""
        return {**super().get_form_kwargs(), "user": self.request.user, "cycle": self.cycle}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        return super().get_context_data(
            title=self.cycle.title,
            document=self.cycle,
            cancel_url=reverse("criteria:cycle_detail", args=[self.cycle.uuid]),
            **kwargs,
        )

    def write(self, form: BaseForm) -> str:
        """Write it."""
        version = read_version(self.request.POST.get("version", ""))
        cycle = services.update_cycle(cycle=self.cycle, actor=self.request.user, version=version, **form.given())
        return reverse("criteria:cycle_detail", args=[cycle.uuid])


class CycleActView(ActView):
    """Open or close a cycle."""

    def documents(self) -> QuerySet[Cycle]:
        """What I may read."""
        return selectors.visible_to(self.request.user)

    def destination(self, document: Cycle) -> str:
        """Back to the cycle."""
        return reverse("criteria:cycle_detail", args=[document.uuid])
