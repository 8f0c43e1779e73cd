"""Fields that several forms share: days as they are written here, the document behind an act."""

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

NARROW = "form-control narrow-field"
CLOCK_FORMATS = ["%H:%M", "%H:%M:%S", "%Hh%M", "%Hh", "%H.%M"]


class DayField(forms.DateField):
    """A day, typed dd/mm/yyyy: the picker of an English browser would show the month first."""

    default_error_messages = {"invalid": _("Write the day first, for example 05/11/2024.")}

    def __init__(self, **kwargs: object) -> None:
        attrs = {"placeholder": _("dd/mm/yyyy"), "inputmode": "numeric", "autocomplete": "off", "class": NARROW}
        super().__init__(**{"widget": forms.DateInput(attrs=attrs), **kwargs})


class ClockField(forms.TimeField):
    """A time of the day, typed on 24 hours; also as 7h30."""

    default_error_messages = {"invalid": _("Write hours and minutes, for example 07:30.")}

    def __init__(self, **kwargs: object) -> None:
        attrs = {"placeholder": _("hh:mm"), "inputmode": "numeric", "autocomplete": "off", "class": NARROW}
        given = {"widget": forms.TimeInput(format="%H:%M", attrs=attrs), "input_formats": CLOCK_FORMATS}
        super().__init__(**{**given, **kwargs})


class PlainSelect(forms.Select):
    """The same list as Django's, written in one go instead of with a template an option: for long lists and filters."""

    def render(self, name: str, value: object, attrs: dict[str, object] | None = None, renderer: object = None) -> str:
        """The list; groups are none of its business."""
        chosen = set(self.format_value(value))
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            ((key, flatatt({"selected": str(key) in chosen}), label) for key, label in self.choices),
        )
        given = flatatt(self.build_attrs(self.attrs, attrs))
        return format_html('<select name="{}"{}>{}</select>', name, given, options)


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


def offer(field: forms.ModelChoiceField, rows: QuerySet) -> bool:
    """Let `field` offer `rows`, read once however often the page draws them; False where there is nothing to offer."""
    found = list(rows)
    field.queryset = rows
    empty = [] if field.empty_label is None else [("", field.empty_label)]
    field.choices = [*empty, *((field.prepare_value(row), field.label_from_instance(row)) for row in found)]
    return bool(found)
