"""The form that takes a workbook."""

from django import forms
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import bare_helper

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WorkbookForm(forms.Form):
    """One XLSX workbook; what is in it is checked by its resource."""

    file = forms.FileField(
        label=_("Excel workbook"),
        help_text=_("XLSX, at most 10 MB and 50,000 rows. Nothing is written before you have confirmed."),
        widget=forms.ClearableFileInput(attrs={"accept": f".xlsx,{XLSX}"}),
        error_messages={"required": _("Choose a file.")},
        max_length=255,
        allow_empty_file=True,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
