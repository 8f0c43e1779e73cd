"""Forms around the list of prompts: opening one, the decision about it, the contributions of other bodies."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import DayField
from orgs.models import Unit
from reviews.forms.changes import NamedField
from reviews.forms.prompts import LINE, LongField
from reviews.services.meeting.prompt_contributions import Given


class OpenListForm(forms.Form):
    """The authority and cycle whose list is begun."""

    of = forms.ChoiceField(label=_("In the name of"), widget=forms.Select(attrs={"class": "form-select"}))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of"].choices = choices


class NoteNeededForm(forms.Form):
    """Whether the meeting waits for the officer's note."""

    is_needed = forms.BooleanField(label=_("The meeting waits for the officer's note"), required=False)


class AskContributionForm(forms.Form):
    """Which body is asked, what, and until when."""

    unit = NamedField(label=_("Body (code or name)"), rows=Unit.objects.none())
    question = LongField(label=_("What is asked"), required=False, rows=3)
    due_on = DayField(label=_("To be given by"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].rows = Unit.objects.without_tree_fields().filter(ended_on__isnull=True)
        self.fields["unit"].widget.attrs["class"] = "form-control"


class GiveContributionForm(forms.Form):
    """What a body contributes: whom it would prompt, and on what."""

    text = LongField(label=_("Contribution: whom to prompt, and on what"), required=False, rows=8)
    document = forms.CharField(
        label=_("Number and date of the document"), max_length=300, required=False, widget=forms.TextInput(LINE)
    )
    given_on = DayField(label=_("Given on"), initial=timezone.localdate)
    file = forms.FileField(
        label=_("Scan (PDF, JPG, PNG) or Word file"),
        required=False,
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".pdf,.jpg,.jpeg,.png,.docx"}),
    )

    def given(self) -> Given:
        """What the service takes."""
        cleaned = self.cleaned_data
        return Given(cleaned["text"], cleaned["given_on"], cleaned["document"])


class WaiveContributionForm(forms.Form):
    """Why one goes on without the contribution."""

    waiver_reason = LongField(label=_("Reason of the waiver"), required=False, rows=3)
