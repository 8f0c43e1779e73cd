"""Filters of the lists of reviews and ratings, and of what would get stuck; they live in the address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from criteria.models import Cycle
from orgs.models import Line, RatingKind
from orgs.workflow import Workflow
from reviews.selectors.enrolling.stuck import StuckKind
from reviews.workflow import RATING, REVIEW

ALL = ("", _("All"))


def _states(flow: Workflow) -> list[tuple[str, str]]:
    return [ALL, *((state.name, _(state.label)) for state in flow.states)]


class DocumentFilterForm(forms.Form):
    """What both lists ask: cycle, words, unit, lateness, and whether the next step is mine."""

    cycle = forms.ChoiceField(label=_("Cycle"), required=False)
    q = forms.CharField(label=_("Name or code"), required=False)
    state = forms.ChoiceField(label=_("Step"), required=False)
    unit = forms.CharField(label=_("Unit (code or name)"), required=False)
    at = forms.CharField(required=False, widget=forms.HiddenInput)
    line = forms.ChoiceField(label=_("Line"), required=False, choices=[ALL, *Line.choices])
    late = forms.BooleanField(label=_("Late only"), required=False)
    mine = forms.BooleanField(label=_("Waiting for me"), required=False)
    flow: Workflow

    def __init__(self, *args: object, cycles: list[Cycle], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cycle"].choices = [(cycle.code, cycle.title) for cycle in cycles]
        self.fields["state"].choices = _states(self.flow)


class ReviewFilterForm(DocumentFilterForm):
    """The list of reviews."""

    flow = REVIEW


class RatingFilterForm(DocumentFilterForm):
    """The list of ratings."""

    flow = RATING
    kind = forms.ChoiceField(label=_("Rating"), required=False, choices=[ALL, *RatingKind.choices])


class StuckFilterForm(forms.Form):
    """The kind of gap."""

    kind = forms.ChoiceField(label=_("What is missing"), required=False)

    def __init__(self, *args: object, counts: dict[str, int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        found = [(kind.value, f"{kind.label} ({counts[kind]})") for kind in StuckKind if counts.get(kind)]
        self.fields["kind"].choices = [ALL, *found]
