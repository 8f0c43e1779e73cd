"""Forms of plans: a new one, the draft with its rows, a copy, a date moved."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from criteria.forms.fields import UnitCodeField
from criteria.models import MilestoneStep, Plan
from criteria.selectors.rounds import plans as selectors
from criteria.services.rounds.plans import MilestoneRow, TopicRow
from orgs.forms.fields import DayField
from orgs.models import Line, Unit, UnitKind, User

EMPTY_ROWS = 3
EVERYBODY = _("Everybody")


class PlanFilterForm(forms.Form):
    """Search of the list of plans; lives in the address."""

    q = forms.CharField(label=_("Title, number or body"), required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=2018, max_value=2100)


class PlanCreateForm(forms.Form):
    """Whose plan, for which year, under which one."""

    issuer = forms.ModelChoiceField(label=_("Issuing body"), queryset=Unit.objects.none())
    year = forms.IntegerField(label=_("Year of the round"), min_value=2018, max_value=2100)
    parent = forms.ModelChoiceField(
        label=_("Under the plan"),
        queryset=Plan.objects.none(),
        required=False,
        help_text=_("Empty for the province's own plan."),
    )
    title = forms.CharField(label=_("Title"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].queryset = selectors.bodies_prepared_by(user)
        self.fields["parent"].queryset = selectors.parents_for(user)
        self.fields["year"].initial = timezone.localdate().year


class PlanCopyForm(PlanCreateForm):
    """Where a copy goes; its title follows the year."""

    title = None


class PlanForm(forms.Form):
    """The words of a draft; number and date come when it is signed."""

    title = forms.CharField(label=_("Title"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    number = forms.CharField(label=_("Number"), max_length=80, required=False, help_text=_("As signed: 173-KH/TU"))
    issued_on = DayField(label=_("Date of issue"), required=False)
    parent = forms.ModelChoiceField(label=_("Under the plan"), queryset=Plan.objects.none(), required=False)
    content = forms.CharField(label=_("Content"), required=False, widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, *args: Any, user: User, plan: Plan, **kwargs: Any) -> None:
        names = ("title", "number", "issued_on", "parent", "content")
        super().__init__(*args, initial={name: getattr(plan, name) for name in names}, **kwargs)
        self.fields["parent"].queryset = selectors.parents_for(user, plan)


class MilestoneForm(forms.Form):
    """One date. A row without step and date is left out; a ticked "remove" too."""

    step = forms.ChoiceField(label=_("Step"), required=False, choices=[("", "—"), *MilestoneStep.choices])
    due_on = DayField(label=_("Last day"), required=False)
    line = forms.ChoiceField(label=_("Line"), required=False, choices=[("", EVERYBODY), *Line.choices])
    unit_kind = forms.ModelChoiceField(
        label=_("Kind of unit"), required=False, queryset=UnitKind.objects.none(), empty_label=EVERYBODY
    )
    is_closing = forms.BooleanField(label=_("Refuses afterwards"), required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitCodeField(label=_("Unit (code)"), units=units)
        self.fields["unit_kind"].queryset = UnitKind.objects.all()
        # The same choices for every row, read once.
        self.fields["unit_kind"].choices = kinds
        self.order_fields(["step", "due_on", "line", "unit_kind", "unit", "is_closing", "note"])

    def clean(self) -> dict[str, Any]:
        """Step and date belong together."""
        cleaned = super().clean()
        for name, other in (("step", "due_on"), ("due_on", "step")):
            if cleaned.get(name) and not cleaned.get(other) and other not in self.errors:
                self.add_error(other, forms.Field.default_error_messages["required"])
        return cleaned


class TopicForm(forms.Form):
    """One focus topic; without a title it is left out."""

    title = forms.CharField(label=_("Topic"), max_length=300, required=False)
    document = forms.CharField(label=_("Document"), max_length=300, required=False)


class MilestoneMoveForm(forms.Form):
    """Another last day of an issued plan, by a document."""

    due_on = DayField(label=_("New last day"))
    document = forms.CharField(
        label=_("Document that moves the date"), max_length=300, help_text=_("Number and date of the document.")
    )


MilestoneFormSet = formset_factory(MilestoneForm, extra=EMPTY_ROWS, can_delete=True, max_num=200)
TopicFormSet = formset_factory(TopicForm, extra=EMPTY_ROWS, can_delete=True, max_num=50)


def milestone_formset(plan: Plan, data: Any = None) -> BaseFormSet:
    """The dates of a draft as rows, three empty ones after them."""
    rows = plan.milestones.select_related("unit").order_by("due_on", "id")
    initial = [
        {
            "step": row.step,
            "due_on": row.due_on,
            "line": row.line,
            "unit_kind": row.unit_kind_id,
            "unit": row.unit.code if row.unit else "",
            "is_closing": row.is_closing,
            "note": row.note,
        }
        for row in rows
    ]
    kinds = [("", EVERYBODY), *UnitKind.objects.values_list("pk", "name")]
    units = Unit.objects.without_tree_fields()
    return MilestoneFormSet(data, initial=initial, prefix="dates", form_kwargs={"kinds": kinds, "units": units})


def topic_formset(plan: Plan, data: Any = None) -> BaseFormSet:
    """The focus topics of a draft as rows, three empty ones after them."""
    return TopicFormSet(data, initial=list(plan.topics.values("title", "document")), prefix="topics")


def milestone_rows(formset: BaseFormSet) -> list[MilestoneRow]:
    """The dates that stand, of a valid formset."""
    kept = ("step", "due_on", "line", "unit_kind", "unit", "is_closing", "note")
    return [MilestoneRow(**{name: row[name] for name in kept}) for row in _filled(formset, "step")]


def topic_rows(formset: BaseFormSet) -> list[TopicRow]:
    """The topics that stand, of a valid formset."""
    return [TopicRow(row["title"], row["document"]) for row in _filled(formset, "title")]


def _filled(formset: BaseFormSet, name: str) -> list[dict[str, Any]]:
    return [
        form.cleaned_data for form in formset if form.cleaned_data.get(name) and not form.cleaned_data.get("DELETE")
    ]
