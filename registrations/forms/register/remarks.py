"""Forms of running remarks."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import DayField
from registrations.models import RemarkKind


def _words(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}))


class RemarkForm(forms.Form):
    """One remark: what it says, of which day, in words."""

    kind = forms.ChoiceField(label=_("What the remark says"), choices=RemarkKind.choices)
    made_on = DayField(label=_("Day of the remark"), initial=timezone.localdate)
    text = _words(_("The remark in words"))


class RemarkAnswerForm(forms.Form):
    """The answer of whom the remark is about."""

    answer = _words(_("Your answer"))


class RemarkWithdrawForm(forms.Form):
    """Why a remark is taken back."""

    reason = _words(_("Why the remark is taken back"))
