"""Reading plans: the list, one plan, who has none."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from criteria.forms.rounds import plans as forms
from criteria.models import MilestoneStep, Plan
from criteria.selectors.rounds import plans as selectors
from criteria.selectors.rules.regulations import in_force_on
from criteria.views.writing import acts_of
from orgs import roles
from orgs.models import Unit
from orgs.models.names import fold

ACTS = {"issue": "criteria:plan_issue"}


class PlanListView(ListView):
    """The plans that I may read, newest year first."""

    template_name = "criteria/plan_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Plan]:
        """Searched and filtered by the address."""
        rows = selectors.visible_to(self.request.user).order_by("-year", "issuer__sort_key", "id")
        if text := self.request.GET.get("q", "").strip():
            rows = rows.filter(
                Q(title__icontains=text) | Q(number__icontains=text) | Q(issuer__search__contains=fold(text))
            )
        year = self.request.GET.get("year", "")
        return rows.filter(year=year) if year.isdecimal() and len(year) == len("2024") else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The filter form as the address has it, and whether I may write one."""
        may_write = self.request.user.has_perm(f"orgs.{roles.MANAGE_PLANS}")
        return super().get_context_data(
            title=_("Plans"),
            filter_form=forms.PlanFilterForm(self.request.GET or None),
            may_write=may_write,
            **kwargs,
        )


class PlanDetailView(DetailView):
    """One plan: number and date, its dates in words, the topics of the year, the plans under it, its acts."""

    template_name = "criteria/plan_detail.html"
    slug_field = slug_url_kwarg = "uuid"
    context_object_name = "plan"

    def get_queryset(self) -> QuerySet[Plan]:
        """What I may read."""
        return selectors.visible_to(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The plan's rows, and what I may do with it."""
        plan, user = self.object, self.request.user
        acts = acts_of(plan, user, ACTS)
        prepares = selectors.bodies_prepared_by(user).filter(pk=plan.issuer_id).exists()
        return super().get_context_data(
            title=plan.title,
            milestones=plan.milestones.select_related("unit_kind", "unit").order_by("due_on", "id"),
            topics=plan.topics.all(),
            laws=in_force_on(date(plan.year, 12, 31)),
            children=selectors.visible_to(user).filter(parent=plan).order_by("issuer__sort_key", "id"),
            acts=acts,
            may_edit=bool(acts),
            may_move=prepares and plan.state == selectors.ISSUED,
            may_copy=user.has_perm(f"orgs.{roles.MANAGE_PLANS}"),
            may_see_missing=selectors.may_see_missing(user, plan),
            shelf=selectors.shelf_of(user, plan),
            **kwargs,
        )


class PlanMissingView(ListView):
    """The bodies under a plan that have none of their own, by name, each with who answers for it."""

    template_name = "criteria/plan_missing.html"
    paginate_by = 50

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A plan that I may read; the list itself is for who prepares plans or inspects."""
        self.plan = get_object_or_404(selectors.visible_to(request.user), uuid=kwargs["uuid"])
        if not selectors.may_see_missing(request.user, self.plan):
            raise PermissionDenied(_("Only officers who prepare plans and inspectors can open this page."))
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Unit]:
        """Units with their drafts and heads."""
        return selectors.bodies_without_plan(self.request.user, self.plan)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The date until which they should have one."""
        due = self.plan.milestones.filter(step=MilestoneStep.PLAN).order_by("due_on").first()
        return super().get_context_data(
            title=_("Bodies without a plan of their own"),
            lead=self.plan.title,
            plan=self.plan,
            due=due,
            back_url=reverse("criteria:plan_detail", args=[self.plan.uuid]),
            back_label=_("The plan"),
            **kwargs,
        )
