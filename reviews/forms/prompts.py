"""Forms around prompts: drafting, searching, explaining."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from criteria.models import Cycle
from orgs.forms.fields import DayField
from orgs.models import Person
from reviews.forms.changes import NamedField
from reviews.models import NoteMark, OutcomeMark
from reviews.services.meeting.explanations import Answer
from reviews.services.meeting.prompt_outcomes import Concluded
from reviews.services.meeting.prompts import MatterText, PromptText

LINE = {"class": "form-control"}
SPARE_ROWS = 3
MOST_ROWS = 30
STATES = (
    ("", _("All")),
    ("draft", _("Draft")),
    ("issued", _("Issued, to be explained")),
    ("explained", _("Explanation sent")),
    ("withdrawn", _("Withdrawn")),
    ("recalled", _("Withdrawn by a document")),
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
    """The last day and the matters: what, on which basis, by when; there are always some empty rows."""

    authority = forms.ChoiceField(
        label=_("In the name of"), widget=forms.Select(attrs={"class": "form-select"}), required=True
    )
    due_on = DayField(
        label=_("To be explained by"),
        required=False,
        help_text=_("The last day of the whole report; a matter may have an earlier one."),
    )

    def __init__(
        self, *args: Any, authorities: list[tuple[str, str]] | None = None, matters: list[MatterText], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if authorities is None:
            del self.fields["authority"]
        else:
            self.fields["authority"].choices = authorities
        rows = min(max(len(matters) + SPARE_ROWS, self._sent()), MOST_ROWS)
        for place in range(1, rows + 1):
            self._add_row(place, matters[place - 1] if place <= len(matters) else MatterText(""))

    def _add_row(self, place: int, matter: MatterText) -> None:
        numbered = {"place": place}
        self.fields[f"item-{place}"] = LongField(
            label=_("Matter %(place)s") % numbered, required=False, initial=matter.text, rows=3
        )
        self.fields[f"basis-{place}"] = LongField(
            label=_("Basis of matter %(place)s") % numbered, required=False, initial=matter.basis, rows=2
        )
        self.fields[f"due-{place}"] = DayField(
            label=_("Last day of matter %(place)s") % numbered, required=False, initial=matter.due_on
        )
        self.fields[f"id-{place}"] = forms.UUIDField(
            required=False, initial=matter.item, widget=forms.HiddenInput, label=""
        )

    def _sent(self) -> int:
        return sum(name.startswith("item-") for name in self.data) if self.is_bound else 0

    def places(self) -> range:
        """The numbers of the rows of matters."""
        return range(1, sum(name.startswith("item-") for name in self.fields) + 1)

    def matter_rows(self) -> list[tuple[forms.BoundField, ...]]:
        """Each row of a matter: text, basis, day, hidden id."""
        return [tuple(self[f"{name}-{place}"] for name in ("item", "basis", "due", "id")) for place in self.places()]

    def head_fields(self) -> list[forms.BoundField]:
        """Everything that is not a matter."""
        return [self[name] for name in ("authority", "due_on") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """A basis or a day without its matter would be lost without a word."""
        cleaned = super().clean()
        for place in self.places():
            has_more = cleaned.get(f"basis-{place}") or cleaned.get(f"due-{place}")
            if has_more and not cleaned.get(f"item-{place}"):
                self.add_error(f"item-{place}", _("Write the matter, or empty its basis and its day too."))
        return cleaned

    def text(self) -> PromptText:
        """What the service takes."""
        cleaned = self.cleaned_data
        items = tuple(
            MatterText(
                cleaned[f"item-{place}"],
                cleaned[f"basis-{place}"],
                cleaned[f"due-{place}"],
                cleaned[f"id-{place}"],
            )
            for place in self.places()
            if cleaned[f"item-{place}"]
        )
        return PromptText(items, cleaned["due_on"])


class ExplanationForm(forms.Form):
    """The explanation of one matter; gaps are allowed while it is being written."""

    cause = LongField(label=_("Cause"), required=False, rows=5)
    responsibility = LongField(label=_("Own responsibility"), required=False, rows=5)
    shared_responsibility = LongField(label=_("Responsibility of the collective"), required=False, rows=4)
    remedy = LongField(label=_("Remedy"), required=False, rows=5)
    remedy_due = DayField(label=_("To be remedied by"), required=False)

    def __init__(self, *args: Any, of_collective: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_collective:
            self.fields["responsibility"].label = _("Responsibility of the collective")
            self.fields["shared_responsibility"].label = _("Responsibility of the persons concerned")

    def answer(self) -> Answer:
        """What the service takes."""
        return Answer(**self.cleaned_data)


class EvidenceForm(forms.Form):
    """One file of evidence and what it shows."""

    file = forms.FileField(
        label=_("Evidence (PDF, JPG, PNG, Word or Excel)"),
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".pdf,.jpg,.jpeg,.png,.docx,.xlsx"}),
    )
    title = forms.CharField(label=_("What it shows"), max_length=300, required=False, widget=forms.TextInput(LINE))


class EmptyForm(forms.Form):
    """An act that asks for nothing."""


class MembersForm(forms.Form):
    """For each member of a prompted collective the part of the matter for which he answers; empty: none."""

    def __init__(self, *args: Any, members: list[Person], parts: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for person in members:
            self.fields[f"member-{person.pk}"] = LongField(
                label=person.full_name, required=False, rows=2, initial=parts.get(person.pk, "")
            )

    def parts(self) -> dict[int, str]:
        """What the service takes."""
        return {int(name.removeprefix("member-")): text for name, text in self.cleaned_data.items()}


class ReceiptForm(forms.Form):
    """A letter that was handed over on paper."""

    receiver = forms.CharField(label=_("Received by"), max_length=200, widget=forms.TextInput(LINE))
    received_on = DayField(label=_("Received on"), initial=timezone.localdate)
    document = forms.CharField(
        label=_("Delivery record"),
        max_length=300,
        required=False,
        widget=forms.TextInput(LINE),
        help_text=_("Such as the number in the delivery book."),
    )


class GroupForm(forms.Form):
    """A person of the superior's working group, with the document that names it."""

    person = NamedField(label=_("Person (cadre code or name)"), rows=Person.objects.none())
    task = forms.CharField(label=_("Task in the group"), max_length=200, required=False, widget=forms.TextInput(LINE))
    document = forms.CharField(label=_("Number and date of the document"), max_length=300, widget=forms.TextInput(LINE))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].rows = Person.objects.filter(ended_on__isnull=True)
        self.fields["person"].widget.attrs["class"] = "form-control"


class NoteForm(forms.Form):
    """The officer's note about a report that was sent."""

    mark = forms.ChoiceField(label=_("The report is"), choices=NoteMark.choices, widget=forms.RadioSelect)
    text = LongField(label=_("What is missing"), required=False, rows=3)


class OutcomeForm(forms.Form):
    """What the meeting concluded about one matter."""

    mark = forms.ChoiceField(label=_("Outcome"), choices=OutcomeMark.choices, widget=forms.RadioSelect)
    text = LongField(
        label=_("What was concluded"),
        required=False,
        rows=4,
        help_text=_("Where the matter is not clear: what is still to be cleared up or mended."),
    )

    def concluded(self) -> Concluded:
        """What the service takes."""
        return Concluded(**self.cleaned_data)
