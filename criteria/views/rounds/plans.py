"""Writing plans: a new one, a copy, the draft with its rows, its issue."""

from datetime import date
from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from criteria.forms.rounds import plans as forms
from criteria.models import Plan
from criteria.selectors.rounds import plans as selectors
from criteria.selectors.rules.regulations import in_force_on
from criteria.services.rounds import plans as services
from criteria.views.writing import WriteView, refuse_unless_draft
from orgs import roles
from orgs.models import Stale, Unit
from orgs.views.acts import ActView, read_version


class ManagesPlans(PermissionRequiredMixin):
    """Only for who prepares plans."""

    permission_required = f"orgs.{roles.MANAGE_PLANS}"
    permission_denied_message = gettext_lazy("Only an officer who prepares plans can open this page.")
    raise_exception = True


class PlanCreateView(ManagesPlans, WriteView):
    """A new draft; the province's starts with the dates of the regulation in force."""

    template_name = "criteria/plan_create.html"
    form_class = forms.PlanCreateForm
    act_name = "plan.create"

    def get_form_kwargs(self) -> dict[str, Any]:
        """The choices are those of the user."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        return super().get_context_data(
            title=_("New plan"),
            submit_label=_("Make the draft"),
            cancel_url=reverse("criteria:plan_list"),
            **kwargs,
        )

    def write(self, form: BaseForm) -> str:
        """Make the draft and go on to its rows."""
        given = form.cleaned_data
        rows = [] if given["parent"] else proposed_rows(given["year"])
        plan = services.create_plan(actor=self.request.user, milestones=rows, **given)
        return reverse("criteria:plan_edit", args=[plan.uuid])


def proposed_rows(year: int) -> list[services.MilestoneRow]:
    """The dates of the regulation in force at the end of `year`, as rows of a new plan; none where none is loaded."""
    found = in_force_on(date(year, 12, 31))
    placed = selectors.proposed_dates(found[0], year).placed if found else ()
    return [
        services.MilestoneRow(
            row.step, row.due_on, line=row.line, unit_kind=row.unit_kind, is_closing=row.is_closing, note=row.note
        )
        for row in placed
    ]


class PlanCopyView(ManagesPlans, WriteView):
    """The same plan for another year or body."""

    template_name = "criteria/plan_create.html"
    form_class = forms.PlanCopyForm
    act_name = "plan.copy"

    @cached_property
    def plan(self) -> Plan:
        """The plan that is copied."""
        return get_object_or_404(selectors.visible_to(self.request.user), uuid=self.kwargs["uuid"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """The choices are those of the user; the next year of the same body is proposed."""
        initial = {"issuer": self.plan.issuer_id, "year": self.plan.year + 1}
        return {**super().get_form_kwargs(), "user": self.request.user, "initial": initial}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Words of the form."""
        return super().get_context_data(
            title=_("Copy of the plan"),
            lead=self.plan.title,
            submit_label=_("Make the copy"),
            cancel_url=reverse("criteria:plan_detail", args=[self.plan.uuid]),
            **kwargs,
        )

    def write(self, form: BaseForm) -> str:
        """Make the copy and go on to its rows."""
        plan = services.copy_plan(plan=self.plan, actor=self.request.user, **form.cleaned_data)
        return reverse("criteria:plan_edit", args=[plan.uuid])


class PlanEditView(WriteView):
    """The draft with its dates and topics in rows; after another save in between the page comes back as typed."""

    template_name = "criteria/plan_edit.html"
    form_class = forms.PlanForm
    act_name = "plan.edit"

    @cached_property
    def plan(self) -> Plan:
        """The draft in the address; visible but not mine to edit is 403."""
        plan = get_object_or_404(selectors.visible_to(self.request.user), uuid=self.kwargs["uuid"])
        refuse_unless_draft(plan, self.request.user)
        return plan

    @cached_property
    def rows(self) -> tuple[Any, Any]:
        """The formsets of dates and topics."""
        data = self.request.POST if self.request.method == "POST" else None
        return forms.milestone_formset(self.plan, data), forms.topic_formset(self.plan, data)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form shows the draft as it stands."""
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial")
        return {**kwargs, "user": self.request.user, "plan": self.plan}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rows, the codes of units, and the dates of the regulation that have no place yet."""
        found = [] if self.plan.parent_id else in_force_on(date(self.plan.year, 12, 31))
        return super().get_context_data(
            title=_("Draft of the plan"),
            lead=self.plan.title,
            plan=self.plan,
            document=self.plan,
            dates=self.rows[0],
            topics=self.rows[1],
            units=Unit.objects.without_tree_fields().order_by("sort_key").values_list("code", "name"),
            proposed=selectors.proposed_dates(found[0], self.plan.year) if found else None,
            back_url=reverse("criteria:plan_detail", args=[self.plan.uuid]),
            back_label=_("The plan"),
            **kwargs,
        )

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """The rows must hold as well."""
        if not all(formset.is_valid() for formset in self.rows):
            form.add_error(None, _("A row of dates or topics must be mended."))
            return self.form_invalid(form)
        return super().form_valid(form)

    def write(self, form: BaseForm) -> str:
        """Write the whole draft."""
        plan = services.update_plan(
            plan=self.plan,
            milestones=forms.milestone_rows(self.rows[0]),
            topics=forms.topic_rows(self.rows[1]),
            actor=self.request.user,
            version=read_version(self.request.POST.get("version", "")),
            **form.cleaned_data,
        )
        more = "more" in self.request.POST
        return reverse("criteria:plan_edit" if more else "criteria:plan_detail", args=[plan.uuid])

    def stale(self, form: BaseForm, refusal: Stale) -> HttpResponse:
        """The same page with what was typed; saving it again is the user's own choice."""
        form.add_error(None, _("Somebody else saved this draft in the meantime. Compare, then save again."))
        context = self.get_context_data(form=form, was_changed=True)
        return self.render_to_response(context, status=HTTPStatus.CONFLICT)


class PlanIssueView(ActView):
    """Issue the plan."""

    def documents(self) -> QuerySet[Plan]:
        """What I may read."""
        return selectors.visible_to(self.request.user)

    def destination(self, document: Plan) -> str:
        """Back to the plan."""
        return reverse("criteria:plan_detail", args=[document.uuid])
