"""The form that names a shortcoming."""

from django import forms
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import DayField
from registrations.services.remedies.naming import Plan


class NamingForm(forms.Form):
    """What was found, and what is to be done about it; the plan may still be open."""

    text = forms.CharField(
        label=_("Shortcoming, in the words in which it was named"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    measure = forms.CharField(
        label=_("What is done about it"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    due_on = DayField(label=_("To be mended by"), required=False)

    @property
    def plan(self) -> Plan:
        """What is to be done, as far as it was said."""
        return Plan(measure=self.cleaned_data["measure"], due_on=self.cleaned_data["due_on"])
