"""The form of the document that promulgates a framework."""

from django import forms
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import DayField


class FrameworkNumberForm(forms.Form):
    """Number and date, as they stand at the head of the signed document."""

    number = forms.CharField(
        label=_("Number of the document"),
        max_length=80,
        help_text=_("As it stands on the paper, for example 05-HD/TU."),
    )
    issued_on = DayField(label=_("Date of the document"))
