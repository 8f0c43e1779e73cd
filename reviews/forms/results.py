"""The form by which results of the year are ticked into a review."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.selectors.writing.results_ticked import Target


class PutResultsForm(forms.Form):
    """Into which item of the form the words of the chosen results go; none only counts them."""

    item = forms.ChoiceField(label=_("Put their words into"), required=False)

    def __init__(self, targets: Mapping[str, Target], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        places = [(key, target.label) for key, target in targets.items()]
        first = next(iter(targets.values()), None)
        # A table of tasks is where results belong; into a text they go only when the author says so.
        self.fields["item"].initial = first.item.key if first and first.item.kind == "tasks" else ""
        self.fields["item"].choices = [*places, ("", _("No item: only count them"))]
