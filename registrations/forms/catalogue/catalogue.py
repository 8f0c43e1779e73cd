"""The filters of the catalogue, which live in the address; what they ask for, in the words of the paper."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import DayField, LongSelect
from orgs.models import Unit
from registrations.models import WorkField, WorkKind
from registrations.selectors.catalogue.catalogue import NONE, OPEN, Asked
from registrations.selectors.catalogue.picture import MONTH, QUARTER
from registrations.selectors.works.works import ENTERED
from registrations.workflow import WORK

ALL = [("", _("All"))]
STATES = [(row.name, _(row.label)) for row in WORK.states if row.name in ENTERED]


class UnitField(forms.ModelChoiceField):
    """A unit by its identity, so that an address says nothing of our rows."""

    def __init__(self, **kwargs: Any) -> None:
        given = {"queryset": Unit.objects.none(), "required": False, "empty_label": _("All"), "to_field_name": "uuid"}
        given["widget"] = LongSelect()
        super().__init__(**{**given, **kwargs})


class CatalogueFilterForm(forms.Form):
    """Field, place of work, kind, state, days, obstacle; a value that does not exist filters nothing."""

    q = forms.CharField(label=_("Work, person or place of work"), required=False, max_length=200)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label=_("Part of the form"), required=False, choices=[*ALL, *WorkKind.choices])
    field = forms.ChoiceField(label=_("Field"), required=False, choices=[*ALL, *WorkField.choices])
    state = forms.ChoiceField(label=_("Status"), required=False, choices=[*ALL, *STATES])
    unit = UnitField(label=_("Place of work, with all below it"))
    since = DayField(label=_("To be finished from"), required=False)
    until = DayField(label=_("To be finished until"), required=False)
    obstacle = forms.ChoiceField(
        label=_("Obstacle"), required=False, choices=[*ALL, (OPEN, _("Not solved")), (NONE, _("None"))]
    )
    waits_for = UnitField(label=_("Waits for"))
    is_late = forms.BooleanField(label=_("Past its planned finish"), required=False)

    def __init__(self, *args: Any, years: list[int], places: QuerySet[Unit], bodies: QuerySet[Unit]) -> None:
        super().__init__(*args)
        self.fields["year"].choices = [*ALL, *((year, str(year)) for year in years)]
        self.fields["unit"].queryset, self.fields["waits_for"].queryset = places, bodies

    def asked(self) -> Asked:
        """What is asked for; without an address everything."""
        if not self.is_bound:
            return Asked()
        self.is_valid()
        return Asked(**{name: value for name, value in self.cleaned_data.items() if value})

    def lines(self) -> Iterator[str]:
        """What is asked for, a line each, as the head of a paper says it: call it in Vietnamese."""
        asked = self.cleaned_data if self.is_bound and self.is_valid() else {}
        for name, field in self.fields.items():
            if value := asked.get(name):
                yield str(field.label) if value is True else f"{field.label}: {_shown(field, value)}"


def _shown(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return str(dict(field.choices).get(value, value))
    return f"{value:%d/%m/%Y}" if isinstance(field, DayField) else str(value)


class StepForm(forms.Form):
    """By month or by quarter."""

    step = forms.ChoiceField(
        label=_("Counted by"), required=False, choices=[(MONTH, _("Month")), (QUARTER, _("Quarter"))]
    )
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, years: list[int]) -> None:
        super().__init__(*args)
        self.fields["year"].choices = [*ALL, *((year, str(year)) for year in years)]


class WaitFilterForm(forms.Form):
    """For whom is waited."""

    waits_for = forms.ChoiceField(label=_("Waits for"), required=False, widget=LongSelect)

    def __init__(self, *args: Any, bodies: list[Unit]) -> None:
        super().__init__(*args)
        self.bodies = {str(body.uuid): body for body in bodies}
        self.fields["waits_for"].choices = [*ALL, *((uuid, body.name) for uuid, body in self.bodies.items())]

    def body(self) -> Unit | None:
        """The body that is asked for; a value that does not exist filters nothing."""
        return self.bodies.get(self.cleaned_data.get("waits_for", "")) if self.is_bound and self.is_valid() else None
