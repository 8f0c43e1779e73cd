"""The filter of the list of what lacks a framework; lives in the address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from criteria.selectors.reaching.coverage_choice import COLLECTIVE, JOB, POSITION

KINDS = (
    ("", _("Everything")),
    (COLLECTIVE, _("Collectives")),
    (POSITION, _("Positions")),
    (JOB, _("Jobs")),
)


class LackFilterForm(forms.Form):
    """Of which kind, below which unit."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, required=False)
    unit = forms.CharField(required=False, widget=forms.HiddenInput)
