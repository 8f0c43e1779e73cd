"""Forms of the registration itself: for which year, the filters of its lists."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import offer
from registrations.workflow import REGISTRATION

ALL = [("", _("All"))]


class RegistrationStartForm(forms.Form):
    """For which year; for a collective where these register."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    collective = forms.ModelChoiceField(
        label=_("Registered for"), queryset=None, required=False, empty_label=_("Myself")
    )

    def __init__(self, *args: Any, years: list[int], collectives: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]
        if not offer(self.fields["collective"], collectives):
            del self.fields["collective"]


class RegistrationFilterForm(forms.Form):
    """Which registrations of others are listed; lives in the address."""

    q = forms.CharField(label=_("Person or place of work"), required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=2000, max_value=2100)
    state = forms.ChoiceField(
        label=_("Status"), required=False, choices=[*ALL, *((row.name, _(row.label)) for row in REGISTRATION.states)]
    )


class StandingFilterForm(forms.Form):
    """Which year and who, on the page of the head; lives in the address."""

    year = forms.IntegerField(label=_("Year"), required=False, min_value=2000, max_value=2100)
    has = forms.ChoiceField(
        label=_("Registered"), required=False, choices=[*ALL, ("yes", _("Has registered")), ("no", _("Not yet"))]
    )
