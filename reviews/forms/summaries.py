"""Filters of the summary tables; they live in the address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from criteria.models import Cycle
from orgs.models import Collective, Line

ALL = ("", _("All"))
TABLES = (
    ("statistics", _("Statistics")),
    ("individuals", _("Individuals")),
    ("collectives", _("Collectives")),
)


class SummaryFilterForm(forms.Form):
    """Which table, of which cycle, narrowed to a deciding body, a line, a unit with all below it."""

    table = forms.ChoiceField(label=_("Table"), required=False, choices=TABLES)
    cycle = forms.ChoiceField(label=_("Cycle"), required=False)
    body = forms.ChoiceField(label=_("Deciding body"), required=False)
    line = forms.ChoiceField(label=_("Line"), required=False, choices=[ALL, *Line.choices])
    unit = forms.CharField(label=_("Unit (code or name)"), required=False)

    def __init__(self, *args: object, cycles: list[Cycle], bodies: list[Collective], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cycle"].choices = [(cycle.code, cycle.title) for cycle in cycles]
        self.fields["body"].choices = [ALL, *((body.code, body.name) for body in bodies)]
