"""Fields that the forms of this floor share."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from orgs.models import Unit


def whole(text: str) -> int:
    """A whole number as a form sent it; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class UnitCodeField(forms.CharField):
    """A unit by its code, with the list of codes of the page offered while typing; empty means none."""

    def __init__(self, *, units: Any, **kwargs: Any) -> None:
        self.units = units
        super().__init__(required=False, widget=forms.TextInput(attrs={"list": "unit-codes"}), **kwargs)

    def clean(self, value: Any) -> Unit | None:
        """The unit, or None."""
        code = super().clean(value)
        if not code:
            return None
        unit = self.units.filter(code__iexact=code).first()
        if unit is None:
            raise forms.ValidationError(_("There is no unit with the code %(code)s here.") % {"code": code})
        return unit


class CheckedPeopleField(forms.ModelMultipleChoiceField):
    """People to be ticked, each with nothing but the name: who has done what already is not for everybody's eyes."""

    widget = forms.CheckboxSelectMultiple
