"""Forms of registered work, in the order of the form of letter 2026-CV/TU."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import DayField, DocumentField
from orgs.models import Unit
from registrations.models import PlanHalf, Shortcoming, Work, WorkField, WorkKind, WorkOutcome

LONGEST = 20_000
PDF_AND_PICTURES = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx"
OUTSIDE_LINE = {
    "invalid_choice": _("This body is not in your line. Ask a body above your own, which then directs others.")
}


def text_field(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    """A text of some lines; whether it may be empty is the service's word."""
    return forms.CharField(
        label=label, required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


class ManyFilesInput(forms.ClearableFileInput):
    """Several files in one field."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Evidence: none, one or several files."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"accept": PDF_AND_PICTURES, "class": "form-control", "multiple": True}
        given = {
            "required": False,
            "label": _("Evidence"),
            "widget": ManyFilesInput(attrs=attrs),
            "help_text": _("PDF, JPG, PNG, DOCX or XLSX, at most 10 MB each. Nothing that carries a secrecy mark."),
        }
        super().__init__(**{**given, **kwargs})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Every file, each cleaned."""
        rows = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(row, initial) for row in rows]


class WorkForm(forms.Form):
    """One work; the fields that the other part of the form has are left out."""

    field = forms.ChoiceField(label=_("Field"), choices=WorkField.choices, initial=WorkField.OTHER)
    name = text_field(_("Name of the work"), 2)
    difficulties = text_field(_("Foreseen difficulties and obstacles"))
    content = text_field(_("Content"))
    aim = text_field(_("Aim"), 2)
    tasks = text_field(_("Tasks"))
    measures = text_field(_("How it is done"))
    effect = text_field(_("Expected effect"))
    starts_on = DayField(label=_("Start"), required=False)
    finishes_on = DayField(label=_("Planned finish"), required=False)
    support = text_field(
        _("Direction and support proposed to the superior"),
        help_text=_("In your own words, as on the form. A request to one body with a last day is added afterwards."),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["difficulties" if kind == WorkKind.HARD else "support"]


class ChangeForm(forms.Form):
    """What is to stand instead, and why."""

    name = text_field(_("Name of the work"), 2)
    content = text_field(_("Content"))
    aim = text_field(_("Aim"), 2)
    tasks = text_field(_("Tasks"))
    measures = text_field(_("How it is done"))
    effect = text_field(_("Expected effect"))
    starts_on = DayField(label=_("Start"), required=False)
    finishes_on = DayField(label=_("Planned finish"), required=False)
    reason = text_field(_("Reason of the change"))


class NoteForm(forms.Form):
    """How far the work is."""

    noted_on = DayField(label=_("Day"))
    text = text_field(_("Progress"), 4)
    files = FilesField()


class ObstacleForm(forms.Form):
    """What stands in the way."""

    text = text_field(_("Obstacle"), 4)
    found_on = DayField(label=_("Since"))
    waits_for = forms.ModelChoiceField(
        label=_("Waits for"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("Nobody: we solve it"),
        error_messages=OUTSIDE_LINE,
    )

    def __init__(self, *args: Any, bodies: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["waits_for"].queryset = bodies


class SolutionForm(forms.Form):
    """How an obstacle was solved."""

    solution = text_field(_("How it was solved"), 4)
    solved_on = DayField(label=_("Solved on"))


class DirectionForm(forms.Form):
    """What the superior directed."""

    document = forms.CharField(label=_("Number of the document"), max_length=300, required=False)
    document_on = DayField(label=_("Date of the document"))
    text = text_field(_("What was directed"), 4)


class SupportForm(forms.Form):
    """What is asked of one body of the line."""

    body = forms.ModelChoiceField(label=_("Asked of"), queryset=Unit.objects.none(), error_messages=OUTSIDE_LINE)
    text = text_field(_("What is asked"), 4)
    due_on = DayField(label=_("Answer until"))

    def __init__(self, *args: Any, bodies: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies


class AnswerForm(forms.Form):
    """The answer of the body that was asked."""

    answer = text_field(_("Answer"), 5)


class OutcomeForm(forms.Form):
    """How the work came out, in the words of who did it."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=WorkOutcome.choices, widget=forms.RadioSelect)
    result = text_field(_("What was reached"), 5)
    finished_on = DayField(label=_("Finished on"), required=False)
    files = FilesField()

    def __init__(self, *args: Any, work: Work, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not work.changes.filter(is_consented=True).exists():
            self.fields["outcome"].choices = [row for row in WorkOutcome.choices if row[0] != WorkOutcome.CHANGED]


class VerificationForm(forms.Form):
    """How the work came out, as the receiving body found."""

    outcome = forms.ChoiceField(label=_("Verified outcome"), choices=WorkOutcome.choices, widget=forms.RadioSelect)
    words = text_field(_("What the receiving body found"), 5)
    document = DocumentField(required=False)


class PlanLineForm(forms.Form):
    """One line of the personal plan."""

    shortcoming = forms.ModelChoiceField(
        label=_("Named in the register"),
        queryset=Shortcoming.objects.none(),
        required=False,
        empty_label=_("None of these: in my own words"),
    )
    text = text_field(_("Shortcoming to mend"), 3)
    measure = text_field(_("Measure"), 3)
    due_on = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, half: str, shortcomings: QuerySet[Shortcoming], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if half == PlanHalf.STRENGTH:
            self.fields["text"].label = _("Strength to build on")
        if half == PlanHalf.STRENGTH or not shortcomings.exists():
            del self.fields["shortcoming"]
        else:
            self.fields["shortcoming"].queryset = shortcomings
            self.fields["shortcoming"].label_from_instance = lambda row: f"{row.text[:120]} ({row.document})"
            self.fields["text"].help_text = _("Left empty, the words of the register stand.")

    def clean(self) -> dict[str, Any]:
        """The words of the register where none are typed."""
        cleaned = super().clean()
        named = cleaned.get("shortcoming")
        if named and not cleaned.get("text", "").strip():
            cleaned["text"] = named.text
        return cleaned
