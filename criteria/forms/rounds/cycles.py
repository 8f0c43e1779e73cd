"""The form of a cycle that is being prepared."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from criteria.models import CoverageRule, Cycle, Framework, PeriodKind, Plan, Regulation
from criteria.selectors.frameworks import frameworks as framework_selectors
from criteria.selectors.rounds import plans as plan_selectors
from criteria.selectors.rules import regulations as regulation_selectors
from criteria.services.rounds.cycles import CycleDates, OpeningRules
from orgs.forms.fields import DayField
from orgs.models import Unit, User

ISSUED = "issued"
DATES = ("period_kind", "period_start_on", "period_end_on", "roster_on")
RULES = ("coverage_rule", "study_share")


class FrameworkChoiceField(forms.ModelMultipleChoiceField):
    """Frameworks with form and number beside the title."""

    def label_from_instance(self, obj: Framework) -> str:
        """Title, edition, form, number."""
        return f"{obj} · {obj.form_key} · {obj.number}"


class CycleForm(forms.Form):
    """From which plan, under which law, measured by what, for which period."""

    plan = forms.ModelChoiceField(label=_("Plan of the province"), queryset=Plan.objects.none())
    title = forms.CharField(
        label=_("Title"), max_length=300, required=False, help_text=_("Empty: made from the period.")
    )
    period_kind = forms.ChoiceField(label=_("Period"), choices=PeriodKind.choices, initial=PeriodKind.YEAR)
    period_start_on = DayField(label=_("First day of the period"))
    period_end_on = DayField(label=_("Last day of the period"))
    roster_on = DayField(
        label=_("Roster date"),
        help_text=_("Who takes part, in which post, is fixed by this day; later changes are acts."),
    )
    units = forms.CharField(
        label=_("Only these units, with all below them"),
        required=False,
        max_length=2_000,
        help_text=_("Codes of units, divided by commas. Empty: everybody in the register takes part."),
    )
    regulation = forms.ModelChoiceField(
        label=_("Regulation"),
        queryset=Regulation.objects.none(),
        help_text=_("It must be in force on the last day of the period."),
    )
    frameworks = FrameworkChoiceField(
        label=_("Frameworks of criteria"),
        queryset=Framework.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One for each form; they are frozen when the cycle opens."),
    )

    coverage_rule = forms.ChoiceField(
        label=_("Where a body or post has no framework"),
        choices=CoverageRule.choices,
        initial=CoverageRule.WARN,
        help_text=_("Asked when the cycle opens; the general framework of the province alone does not count."),
    )
    study_share = forms.IntegerField(
        label=_("Share of people who must have studied the regulation, in percent"),
        min_value=0,
        max_value=100,
        initial=100,
        help_text=_("Bodies below it are named before the cycle opens; 0 asks nothing."),
    )

    def __init__(self, *args: Any, user: User, cycle: Cycle | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = plan_selectors.bodies_prepared_by(user)
        plans = plan_selectors.visible_to(user).filter(state=ISSUED, parent=None, issuer__in=bodies)
        self.fields["plan"].queryset = plans.order_by("-year")
        self.fields["regulation"].queryset = regulation_selectors.visible_to(user)
        self.fields["frameworks"].queryset = framework_selectors.visible_to(user).filter(
            state=ISSUED, issuer__parent=None
        )
        if cycle is not None:
            self.initial.update(
                {name: getattr(cycle, name) for name in (*DATES, *RULES, "plan", "regulation", "title")}
            )
            self.initial["frameworks"] = list(cycle.frameworks.values_list("framework_id", flat=True))
            self.initial["units"] = ", ".join(cycle.units.without_tree_fields().values_list("code", flat=True))
        else:
            self._propose()

    def _propose(self) -> None:
        plan = self.fields["plan"].queryset.first()
        if plan is None:
            return
        end = date(plan.year, 12, 31)
        found = regulation_selectors.in_force_on(end)
        self.initial.setdefault("plan", plan.pk)
        self.initial.update(period_start_on=date(plan.year, 1, 1), period_end_on=end, roster_on=date(plan.year, 10, 31))
        if found:
            self.initial["regulation"] = found[0].pk
            suitable = self.fields["frameworks"].queryset.filter(regulation=found[0])
            self.initial["frameworks"] = list(suitable.values_list("pk", flat=True))

    def clean_units(self) -> tuple[Unit, ...]:
        """The units of the codes; an unknown code is named."""
        codes = [code.strip() for code in self.cleaned_data["units"].split(",") if code.strip()]
        found = {unit.code: unit for unit in Unit.objects.without_tree_fields().filter(code__in=codes)}
        if unknown := [code for code in codes if code not in found]:
            raise forms.ValidationError(_("There is no unit with the code %s.") % ", ".join(unknown))
        return tuple(found.values())

    def given(self) -> dict[str, Any]:
        """The clean values as the services take them."""
        cleaned = self.cleaned_data
        return {
            "plan": cleaned["plan"],
            "regulation": cleaned["regulation"],
            "frameworks": list(cleaned["frameworks"]),
            "title": cleaned["title"],
            "rules": OpeningRules(**{name: cleaned[name] for name in RULES}),
            "dates": CycleDates(**{name: cleaned[name] for name in DATES}, units=cleaned["units"]),
        }
