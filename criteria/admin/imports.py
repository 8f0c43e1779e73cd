"""The forms of importing a framework's workbook: which draft it fills, and only workbooks of a sane size."""

import zipfile
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.forms import ConfirmImportForm, ImportForm

from criteria.models import Framework
from criteria.selectors.frameworks.framework_pages import EDITABLE

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 60 * 1024 * 1024


class FrameworkImportForm(ImportForm):
    """A workbook for one draft."""

    framework = forms.ModelChoiceField(
        label=gettext_lazy("Draft framework"), queryset=Framework.objects.filter(state__in=EDITABLE)
    )

    def clean_import_file(self) -> Any:
        """Look at size and packing before anything is read."""
        upload = self.cleaned_data["import_file"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        try:
            with zipfile.ZipFile(upload) as packed:
                unpacked = sum(part.file_size for part in packed.infolist())
        except zipfile.BadZipFile as error:
            raise forms.ValidationError(_("This is not an XLSX workbook.")) from error
        if unpacked > MAX_UNPACKED:
            raise forms.ValidationError(_("The workbook is far larger inside than it looks; it is not read."))
        upload.seek(0)
        return upload


class FrameworkConfirmForm(ConfirmImportForm):
    """The same draft, once the changes were seen."""

    framework = forms.ModelChoiceField(queryset=Framework.objects.filter(state__in=EDITABLE), widget=forms.HiddenInput)
