"""By which regulation to judge a closed cycle once more."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from criteria.models import Regulation


class ReplayForm(forms.Form):
    """One of the regulations offered."""

    regulation = forms.ChoiceField(
        label=_("Regulation"),
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"required": _("Choose a regulation."), "invalid_choice": _("Choose a regulation.")},
    )

    def __init__(self, *args: object, rows: Sequence[Regulation], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(row.uuid): row for row in rows}
        self.fields["regulation"].choices = [("", _("Choose")), *((key, str(row)) for key, row in self.rows.items())]

    def clean_regulation(self) -> Regulation:
        """The row itself."""
        return self.rows[self.cleaned_data["regulation"]]


class ReplayFilterForm(forms.Form):
    """Which lines of a replay: of one peer group, or only those that move."""

    group = forms.UUIDField(required=False)
    moved = forms.BooleanField(label=_("Only those whose grade moves"), required=False)
