"""Forms of urging: who writes the letter, its words, a telephone call."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from criteria.models import UrgingLetter
from criteria.services.reaching.urging import Call, LetterWords
from orgs.forms.fields import ClockField, DayField
from orgs.models import Unit

WORDS = ("number", "written_on", "due_on", "text")


class UrgingPickForm(forms.Form):
    """In whose name, to which of the laggards, until when."""

    issuer = forms.ModelChoiceField(label=_("On behalf of"), queryset=Unit.objects.none(), empty_label=None)
    due_on = DayField(label=_("To be mended before"), required=False)
    everybody = forms.BooleanField(label=_("All bodies of the list, also those on other pages"), required=False)

    def __init__(self, *args: Any, issuers: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].queryset = issuers


class UrgingLetterForm(forms.Form):
    """The words of a draft; number and date come when it is signed."""

    number = forms.CharField(label=_("Number"), max_length=80, required=False)
    written_on = DayField(label=_("Date of the letter"), required=False)
    due_on = DayField(label=_("To be mended before"), required=False)
    text = forms.CharField(label=_("Text of the letter"), widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, *args: Any, letter: UrgingLetter, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {name: getattr(letter, name) for name in WORDS}})

    def words(self) -> LetterWords:
        """The clean values as the service takes them."""
        return LetterWords(**{name: self.cleaned_data[name] for name in WORDS})


class CallForm(forms.Form):
    """One line of the telephone log."""

    issuer = forms.ModelChoiceField(label=_("On behalf of"), queryset=Unit.objects.none(), empty_label=None)
    called_on = DayField(label=_("Called on"))
    called_time = ClockField(label=_("at"))
    answered_by = forms.CharField(label=_("Who answered"), max_length=200, required=False)
    promised_on = DayField(label=_("Promised until"), required=False)
    call_again_on = DayField(label=_("Call again on"), required=False)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, issuers: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].queryset = issuers
        now = timezone.localtime()
        self.initial = {"called_on": now.date(), "called_time": now.time().replace(second=0, microsecond=0)}

    def call(self) -> Call:
        """The clean values as the service takes them; the time is that of Vietnam."""
        cleaned = self.cleaned_data
        called = datetime.combine(cleaned["called_on"], cleaned["called_time"])
        kept = {name: cleaned[name] for name in ("answered_by", "promised_on", "call_again_on", "note")}
        return Call(called_at=timezone.make_aware(called), **kept)
