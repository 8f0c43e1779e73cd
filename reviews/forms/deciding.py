"""Forms of proposing, appraising, deciding, and of petitions."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import DayField
from reviews.models import CircumstanceKind, Grade

LINE = forms.TextInput(attrs={"class": "form-control"})


class GradeForm(forms.Form):
    """A grade, its comment, and (for a proposal) the day on which the body proposed it."""

    grade = forms.ChoiceField(label=_("Grade"), choices=Grade.choices, widget=forms.RadioSelect)
    comment = forms.CharField(
        label=_("Comment with the grade"), widget=forms.Textarea(attrs={"rows": 5}), max_length=20_000
    )
    given_on = DayField(label=_("Day"), required=False)


class ConclusionForm(forms.Form):
    """What stands on the paper of a body's conclusion."""

    number = forms.CharField(label=_("Number"), max_length=80, widget=LINE)
    concluded_on = DayField(label=_("Date of the conclusion"))
    session_on = DayField(label=_("Day of the session"))
    signatory = forms.CharField(label=_("Signed by"), max_length=200, widget=LINE)
    signatory_title = forms.CharField(label=_("Title of the signatory"), max_length=200, widget=LINE)

    def clean_concluded_on(self) -> object:
        """A conclusion of a day to come is none."""
        day = self.cleaned_data["concluded_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The date lies in the future."))
        return day


class ExceptionForm(forms.Form):
    """The document by which a group may hold more excellent than the quota."""

    allowed = forms.IntegerField(
        label=_("Excellent allowed by the document"),
        min_value=0,
        max_value=10_000,
        widget=forms.NumberInput(attrs={"class": "form-control narrow-field", "inputmode": "numeric"}),
    )
    document = forms.CharField(label=_("Number and date of the document"), max_length=300, widget=LINE)


class PartyShareForm(forms.Form):
    """The Party's share of excellent, where the quota of a group follows it."""

    percent = forms.DecimalField(
        label=_("Party's share of excellent, in percent"),
        min_value=0,
        max_value=100,
        max_digits=7,
        decimal_places=4,
        localize=True,
    )
    document = forms.CharField(label=_("Number and date of the document"), max_length=300, widget=LINE)


class PetitionForm(forms.Form):
    """What the subject asks to be reconsidered."""

    text = forms.CharField(label=_("Petition"), widget=forms.Textarea(attrs={"rows": 8}), max_length=20_000)


class PetitionAnswerForm(forms.Form):
    """The answer of the deciding body, with its document."""

    answer = forms.CharField(label=_("Answer"), widget=forms.Textarea(attrs={"rows": 6}), max_length=20_000)
    document = forms.CharField(label=_("Number and date of the document"), max_length=300)


class CircumstanceForm(forms.Form):
    """A circumstance of one rating, with its document."""

    kind = forms.ChoiceField(label=_("Circumstance"), choices=CircumstanceKind.choices)
    document = forms.CharField(label=_("Number and date of the document"), max_length=300)
    document_on = DayField(label=_("Date of the document"), required=False)


class WithdrawalForm(forms.Form):
    """The document by which something is withdrawn."""

    document = forms.CharField(label=_("Number and date of the document"), max_length=300)
