"""Forms after the meeting: returning a review with notes, answering what was concluded."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.forms.prompts import LongField
from reviews.models import Review, SectionNote
from reviews.selectors.writing.forms import form_of, parts_of
from reviews.services.writing.finishing import Answered


class ReturnForm(forms.Form):
    """Why the review goes back, and what is to be completed in which section."""

    note = LongField(label=_("Reason"), required=False, rows=3)

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in parts_of(form_of(review)):
            self.fields[f"section-{part.key}"] = LongField(label=part.title, required=False, rows=2)

    def section_fields(self) -> list[forms.BoundField]:
        """The notes, one for each section."""
        return [self[name] for name in self.fields if name.startswith("section-")]

    def notes(self) -> dict[str, str]:
        """The notes by section key, the empty ones left out."""
        prefix = "section-"
        return {
            name.removeprefix(prefix): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix) and value
        }


class AnswersForm(forms.Form):
    """One answer for each conclusion of the meeting; empty ones wait."""

    def __init__(self, *args: Any, notes: Iterable[SectionNote], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notes = list(notes)
        for note in self.notes:
            self.fields[f"answer-{note.uuid}"] = LongField(
                label=_("How it was taken up"), required=False, rows=3, initial=note.answer
            )
            self.fields[f"seen-{note.uuid}"] = forms.CharField(
                required=False, strip=False, initial=note.answer, widget=forms.HiddenInput
            )

    def rows(self) -> list[dict[str, Any]]:
        """Each conclusion with its answer field; the hidden one carries what is saved now."""
        return [{"note": note, "field": self[f"answer-{note.uuid}"]} for note in self.notes]

    def answers(self) -> dict[str, Answered]:
        """What the service takes."""
        cleaned = self.cleaned_data
        return {
            str(note.uuid): Answered(_lines(cleaned[f"answer-{note.uuid}"]), _lines(cleaned[f"seen-{note.uuid}"]))
            for note in self.notes
        }


def _lines(text: str) -> str:
    """Browsers send every line break as two characters; compared and kept is one."""
    return text.replace("\r\n", "\n")
