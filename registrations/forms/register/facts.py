"""Forms of the register: one for each kind of fact, the remedy, the withdrawal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import NARROW, DayField, DocumentField
from registrations.models import DisciplineForm, FindingKind

# Nothing is chosen beforehand: no decision becomes a reprimand because nobody looked.
UNCHOSEN = ("", "–")


class DocumentForm(forms.Form):
    """The document that everything here rests on."""

    document = forms.CharField(
        label=_("Number and date of the document"),
        max_length=300,
        help_text=_("For instance QĐ 33-QĐ/UBKT. Nothing is a fact without its document."),
    )


class FactForm(DocumentForm):
    """What every kind of fact has."""

    document_on = DayField(label=_("Date of the document"))
    text = forms.CharField(
        label=_("Content"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4})
    )


class CountedFactForm(FactForm):
    """What counts in the grade of one year, which need not be that of the document."""

    counted_year = forms.IntegerField(
        label=_("Counted in the year"),
        required=False,
        min_value=1990,
        max_value=2199,
        widget=forms.NumberInput(attrs={"class": NARROW}),
        help_text=_("Leave it empty where it is the year of the document."),
    )


class DisciplineFactForm(CountedFactForm):
    """A disciplinary decision."""

    form = forms.ChoiceField(label=_("Form of discipline"), choices=[UNCHOSEN, *DisciplineForm.choices])
    violation = forms.CharField(
        label=_("Violation"),
        required=False,
        max_length=80,
        help_text=_("The same word on several decisions makes them count once."),
    )
    self_detected = forms.BooleanField(label=_("Detected by the body itself"), required=False)
    remedied = forms.BooleanField(label=_("Consequences remedied"), required=False)


class FindingFactForm(CountedFactForm):
    """A conclusion of a competent body."""

    kind = forms.ChoiceField(label=_("Kind of conclusion"), choices=[UNCHOSEN, *FindingKind.choices])
    self_detected = forms.BooleanField(label=_("Detected by the body itself"), required=False)
    remedied = forms.BooleanField(label=_("Consequences remedied"), required=False)


class ShortcomingFactForm(FactForm):
    """A shortcoming that was named, or that none was."""

    text = forms.CharField(
        label=_("Shortcoming"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    is_none = forms.BooleanField(
        label=_("The document names no shortcoming"),
        required=False,
        help_text=_("Without any row it stays unknown whether something was named."),
    )

    def clean(self) -> dict[str, Any]:
        """Either a shortcoming, or none."""
        cleaned = super().clean()
        if bool(cleaned.get("text", "").strip()) == bool(cleaned.get("is_none")):
            self.add_error("text", _("Write what was named, or tick that nothing was."))
        return cleaned


class RemedyForm(DocumentForm):
    """When and by which document a shortcoming was remedied."""

    remedied_on = DayField(label=_("Remedied on"))


FORMS = {"discipline": DisciplineFactForm, "finding": FindingFactForm, "shortcoming": ShortcomingFactForm}


class DisciplineCorrectionForm(DisciplineFactForm):
    """The decision as it should stand, and the document that corrects it."""

    correction = DocumentField(label=_("Document of the correction"))


class FindingCorrectionForm(FindingFactForm):
    """The conclusion as it should stand, and the document that corrects it."""

    correction = DocumentField(label=_("Document of the correction"))


CORRECTIONS = {"discipline": DisciplineCorrectionForm, "finding": FindingCorrectionForm}
