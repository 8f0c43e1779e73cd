"""The forms of the acts on a regulation: derive, confirm a line, let another take its place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from criteria.models import Regulation
from criteria.regulation.lines import FIRM
from criteria.selectors.rules.law_words import WORDS
from criteria.selectors.rules.regulations import parsed, version_of
from criteria.services.rules.confirmations import Answer
from criteria.services.rules.derivation import Head
from orgs.forms.fields import DayField


class SeenVersion(forms.Form):
    """Carries what the page saw of the regulation."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, row: Regulation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = version_of(row)


class HeadForm(SeenVersion):
    """What a derived regulation is called."""

    number = forms.CharField(label=_("Number"), max_length=60, help_text=_("For instance 15-QĐ/TU."))
    issued_on = DayField(label=_("Issued on"))
    in_force_from = DayField(label=_("In force from"))
    title = forms.CharField(label=_("Title"), max_length=500, required=False, help_text=_("Empty: as the parent's."))

    def head(self) -> Head:
        """The clean head."""
        cleaned = self.cleaned_data
        return Head(cleaned["number"].strip(), cleaned["issued_on"], cleaned["in_force_from"], cleaned["title"])


class ConfirmForm(SeenVersion):
    """The document that answers what was to be confirmed."""

    standing = forms.ChoiceField(label=_("The document is"), choices=[(word, WORDS[word]) for word in FIRM])
    number = forms.CharField(label=_("Number of the document"), max_length=80)
    issued_on = DayField(label=_("Issued on"))
    cites = forms.CharField(
        label=_("Clause"),
        max_length=500,
        help_text=_("As it is to be cited on every page, for instance Công văn 45-CV/BTCTU ngày 10/01/2026, mục 2."),
    )

    def answer(self) -> Answer:
        """The clean answer."""
        cleaned = self.cleaned_data
        return Answer(cleaned["number"], cleaned["issued_on"], cleaned["cites"], cleaned["standing"])


class SupersedeForm(SeenVersion):
    """Which regulation takes the place, from which day."""

    successor = forms.ModelChoiceField(label=_("Replaced by"), queryset=Regulation.objects.none())
    on = DayField(
        label=_("From the day"), help_text=_("Periods that end on this day or later fall under the other one.")
    )

    def __init__(self, *args: Any, row: Regulation, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        side = parsed(row).side
        others = Regulation.objects.filter(is_draft=False).exclude(pk=row.pk)
        fitting = [each.pk for each in others if parsed(each).side == side and not parsed(each).is_illustration]
        self.fields["successor"].queryset = others.filter(pk__in=fitting).defer("content")


class CopyRowForm(SeenVersion):
    """A new row, copied from one that is there."""

    like = forms.ChoiceField(label=_("Copy of"))
    key = forms.SlugField(label=_("Key of the new row"), max_length=60, help_text=_("Letters without marks, digits, _"))

    def __init__(self, *args: Any, row: Regulation, rows: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.fields["like"].choices = [(key, f"{key}: {words}"[:120]) for key, words in rows]
        self._taken = {key for key, _words in rows}

    def clean_key(self) -> str:
        """No two rows have one key."""
        key: str = self.cleaned_data["key"]
        if key in self._taken:
            raise forms.ValidationError(_("Another row has this key."))
        return key
