"""The filters of the catalogue, which live in the address; what they ask for, in the words of the paper."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import DayField, PlainSelect
from orgs.models import Unit
from registrations.models import WorkField, WorkKind
from registrations.selectors.catalogue.catalogue import NONE, OPEN, Asked, Body
from registrations.selectors.catalogue.picture import MONTH, QUARTER
from registrations.selectors.works.works import ENTERED
from registrations.workflow import WORK

ALL = [("", _("All"))]
STATES = [(row.name, _(row.label)) for row in WORK.states if row.name in ENTERED]


class PlainChoice(forms.ChoiceField):
    """One of a few words, or all."""

    widget = PlainSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})


class YearField(forms.TypedChoiceField):
    """One of the years that occur."""

    widget = PlainSelect

    def __init__(self) -> None:
        super().__init__(label=_("Year"), required=False, coerce=int, empty_value=None)

    def offer(self, years: Iterable[int]) -> None:
        """Let one of `years` be chosen."""
        self.choices = [*ALL, *((year, str(year)) for year in years)]


class UnitField(forms.ChoiceField):
    """A unit by its identity, so that an address says nothing of our rows."""

    widget = PlainSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})
        self.units: dict[str, Unit | Body] = {}

    def offer(self, units: Iterable[Unit | Body]) -> None:
        """Let one of `units` be chosen, or all of them by choosing none."""
        self.units = {str(unit.uuid): unit for unit in units}
        self.choices = [*ALL, *((uuid, str(unit)) for uuid, unit in self.units.items())]

    def clean(self, value: Any) -> Unit | Body | None:
        """The unit that was chosen; None for none."""
        return self.units.get(super().clean(value))


class CatalogueFilterForm(forms.Form):
    """Field, place of work, kind, state, days, obstacle; a value that does not exist filters nothing."""

    q = forms.CharField(label=_("Work, person or place of work"), required=False, max_length=200)
    year = YearField()
    kind = PlainChoice(label=_("Part of the form"), choices=[*ALL, *WorkKind.choices])
    field = PlainChoice(label=_("Field"), choices=[*ALL, *WorkField.choices])
    state = PlainChoice(label=_("Status"), choices=[*ALL, *STATES])
    unit = UnitField(label=_("Place of work, with all below it"))
    since = DayField(label=_("To be finished from"), required=False)
    until = DayField(label=_("To be finished until"), required=False)
    obstacle = PlainChoice(label=_("Obstacle"), choices=[*ALL, (OPEN, _("Not solved")), (NONE, _("None"))])
    is_late = forms.BooleanField(label=_("Past its planned finish"), required=False)

    def __init__(self, *args: Any, years: list[int], places: Iterable[Body]) -> None:
        super().__init__(*args)
        self.fields["year"].offer(years)
        self.fields["unit"].offer(places)

    def asked(self) -> Asked:
        """What is asked for; without an address everything."""
        if not self.is_bound:
            return Asked()
        self.is_valid()
        asked = {row.name: self.cleaned_data.get(row.name) for row in fields(Asked)}
        return Asked(**{name: value for name, value in asked.items() if value})

    def lines(self) -> Iterator[str]:
        """What is asked for, a line each, as the head of a paper says it: call it in Vietnamese."""
        asked = self.cleaned_data if self.is_bound and self.is_valid() else {}
        for name, field in self.fields.items():
            if value := asked.get(name):
                yield str(field.label) if value is True else f"{field.label}: {_shown(field, value)}"


def _shown(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ChoiceField) and not isinstance(field, UnitField):
        return str(dict(field.choices).get(value, value))
    return f"{value:%d/%m/%Y}" if isinstance(field, DayField) else str(value)


class PictureFilterForm(CatalogueFilterForm):
    """The same filters; the picture by month or by quarter."""

    step = PlainChoice(label=_("Counted by"), choices=[(MONTH, _("Month")), (QUARTER, _("Quarter"))])

    def counted_by(self) -> str:
        """Months where nothing else is asked for."""
        return (self.is_bound and self.is_valid() and self.cleaned_data["step"]) or MONTH


class WaitFilterForm(forms.Form):
    """For whom is waited."""

    waits_for = UnitField(label=_("Waits for"))

    def __init__(self, *args: Any, bodies: Iterable[Unit]) -> None:
        super().__init__(*args)
        self.fields["waits_for"].offer(bodies)

    def body(self) -> Unit | None:
        """The body that is asked for; a value that does not exist filters nothing."""
        return self.cleaned_data.get("waits_for") if self.is_bound and self.is_valid() else None
