"""Forms around prompts: drafting, searching, explaining."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from criteria.models import Cycle
from orgs.forms.fields import DayField
from reviews.services.meeting.prompts import Answer, PromptText

SPARE_ROWS = 3
MOST_ROWS = 30
STATES = (
    ("", _("All")),
    ("draft", _("Draft")),
    ("issued", _("Issued, to be explained")),
    ("explained", _("Explanation sent")),
    ("withdrawn", _("Withdrawn")),
)


class LongField(forms.CharField):
    """A text of some lines."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "class": "form-control"})
        super().__init__(widget=widget, max_length=20_000, **kwargs)


class PromptFilterForm(forms.Form):
    """Search of the list of prompts; lives in the address."""

    q = forms.CharField(label=_("Name of the person or collective"), required=False)
    cycle = forms.ModelChoiceField(
        Cycle.objects.none(), label=_("Cycle"), required=False, to_field_name="uuid", empty_label=_("All")
    )
    state = forms.ChoiceField(label=_("Status"), required=False, choices=STATES)

    def __init__(self, *args: Any, cycles: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cycle"].queryset = cycles


class SubjectSearchForm(forms.Form):
    """Whom the prompt is for: found by name, never chosen from a list of hundreds."""

    q = forms.CharField(label=_("Name of the person or collective"), required=False)
    cycle = forms.ModelChoiceField(
        Cycle.objects.none(), label=_("Cycle"), required=False, to_field_name="uuid", empty_label=None
    )

    def __init__(self, *args: Any, cycles: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cycle"].queryset = cycles


class PromptForm(forms.Form):
    """Number, dates and the matters, one row for each; there are always some empty rows."""

    authority = forms.ChoiceField(
        label=_("In the name of"), widget=forms.Select(attrs={"class": "form-select"}), required=True
    )
    number = forms.CharField(
        label=_("Number of the document"),
        max_length=80,
        required=False,
        help_text=_("May come later: it is needed when the prompt is issued."),
    )
    issued_on = DayField(label=_("Issued on"), required=False)
    due_on = DayField(label=_("To be explained by"), required=False)

    def __init__(
        self, *args: Any, authorities: list[tuple[str, str]] | None = None, matters: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if authorities is None:
            del self.fields["authority"]
        else:
            self.fields["authority"].choices = authorities
        self.fields["number"].widget.attrs["class"] = "form-control narrow-field"
        for place in range(1, min(max(len(matters) + SPARE_ROWS, self._sent()), MOST_ROWS) + 1):
            words = matters[place - 1] if place <= len(matters) else ""
            self.fields[f"item-{place}"] = LongField(
                label=_("Matter %(place)s") % {"place": place}, required=False, initial=words, rows=3
            )

    def _sent(self) -> int:
        return sum(name.startswith("item-") for name in self.data) if self.is_bound else 0

    def matter_fields(self) -> list[forms.BoundField]:
        """The rows of matters."""
        return [self[name] for name in self.fields if name.startswith("item-")]

    def head_fields(self) -> list[forms.BoundField]:
        """Everything that is not a matter."""
        return [self[name] for name in self.fields if not name.startswith("item-")]

    def clean(self) -> dict[str, Any]:
        """The explanation is not due before the prompt is issued."""
        cleaned = super().clean()
        issued, due = cleaned.get("issued_on"), cleaned.get("due_on")
        if issued and due and due < issued:
            self.add_error("due_on", _("The last day lies before the day of issue."))
        return cleaned

    def text(self) -> PromptText:
        """What the service takes."""
        cleaned = self.cleaned_data
        items = tuple(value for name, value in cleaned.items() if name.startswith("item-") and value)
        return PromptText(items, cleaned["number"], cleaned["issued_on"], cleaned["due_on"])


class ExplanationForm(forms.Form):
    """The explanation of one matter; gaps are allowed while it is being written."""

    cause = LongField(label=_("Cause"), required=False, rows=5)
    responsibility = LongField(label=_("Own responsibility"), required=False, rows=5)
    remedy = LongField(label=_("Remedy"), required=False, rows=5)
    remedy_due = DayField(label=_("To be remedied by"), required=False)

    def answer(self) -> Answer:
        """What the service takes."""
        return Answer(**self.cleaned_data)
