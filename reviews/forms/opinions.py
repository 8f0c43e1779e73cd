"""Forms around opinions and the State-side grade."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import DayField
from orgs.models import Unit
from reviews.forms.prompts import LongField
from reviews.models import Grade, OpinionKind
from reviews.services.grading.opinions import KNOWN, NOT_YET, Received

SELECT = {"class": "form-select"}
LINE = {"class": "form-control"}


class AskForm(forms.Form):
    """Whose opinion is asked: a unit of the register by its code, or a body by its name."""

    kind = forms.ChoiceField(label=_("Whose opinion"), choices=OpinionKind.choices, widget=forms.Select(attrs=SELECT))
    body_name = forms.CharField(
        label=_("Body"),
        max_length=300,
        widget=forms.TextInput(attrs=LINE),
        help_text=_("Its name, or the code of a unit of the register."),
    )
    due_on = DayField(label=_("To be given by"), required=False)

    def asked(self) -> dict[str, Any]:
        """What the service takes."""
        cleaned = self.cleaned_data
        unit = Unit.objects.filter(code__iexact=cleaned["body_name"]).first()
        return {
            "kind": cleaned["kind"],
            "unit": unit,
            "body_name": str(unit) if unit else cleaned["body_name"],
            "due_on": cleaned["due_on"],
        }


class CommentForm(forms.Form):
    """The comment of a former place: its words, or a scan of them; no grade is proposed there."""

    text = LongField(label=_("Words of the comment"), required=False, rows=7)
    document = forms.CharField(
        label=_("Number and date of the document"), max_length=300, required=False, widget=forms.TextInput(attrs=LINE)
    )
    received_on = DayField(label=_("Day of the comment"), initial=timezone.localdate)
    file = forms.FileField(
        label=_("Scan (PDF, JPG, PNG) or Word file"),
        required=False,
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".pdf,.jpg,.jpeg,.png,.docx"}),
    )

    def received(self) -> Received:
        """What the service takes."""
        cleaned = self.cleaned_data
        return Received(cleaned["text"], cleaned["document"], cleaned["received_on"], cleaned.get("grade", ""))


class ReceiveForm(CommentForm):
    """An opinion that came in."""

    text = LongField(label=_("Opinion"), required=False, rows=5)
    grade = forms.ChoiceField(
        label=_("Proposed grade"),
        choices=[("", _("No grade proposed")), *Grade.choices],
        required=False,
        widget=forms.Select(attrs=SELECT),
    )
    received_on = DayField(label=_("Received on"), initial=timezone.localdate)
    field_order = ("text", "grade", "document", "received_on", "file")


class WaiveForm(forms.Form):
    """Why one goes on without the opinion."""

    waiver_reason = LongField(label=_("Reason of the waiver"), required=False, rows=3)


class StateGradeForm(forms.Form):
    """The State-side grade, or that it is not known yet."""

    status = forms.ChoiceField(
        label=_("State-side grade"),
        choices=[(NOT_YET, _("Not yet")), (KNOWN, _("Known"))],
        widget=forms.Select(attrs=SELECT),
    )
    grade = forms.ChoiceField(
        label=_("Grade"), choices=[("", "–"), *Grade.choices], required=False, widget=forms.Select(attrs=SELECT)
    )
    document = forms.CharField(
        label=_("Number and date of the document"), max_length=300, required=False, widget=forms.TextInput(attrs=LINE)
    )
