"""Fields that several forms share: days as they are written here, the document behind an act."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """A day, dd/mm/yyyy."""

    def __init__(self, **kwargs: object) -> None:
        widget = forms.DateInput(attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "autocomplete": "off"})
        super().__init__(**{"widget": widget, **kwargs})


class DocumentField(forms.CharField):
    """Number and date of the document on which an act rests."""

    def __init__(self, **kwargs: object) -> None:
        given = {
            "label": _("Document"),
            "max_length": 300,
            "help_text": _("Number and date, for instance QĐ 123-QĐ/TU ngày 01/11/2024."),
        }
        super().__init__(**{**given, **kwargs})


def bare_helper() -> FormHelper:
    """The layout of a form whose `<form>` belongs to the template."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper
