"""Import and export in the admin, by the same resources as on the pages."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm, ImportForm
from import_export.results import Result, RowResult

from orgs.resources import Workbook

COUNTED = {
    "created": RowResult.IMPORT_TYPE_NEW,
    "updated": RowResult.IMPORT_TYPE_UPDATE,
    "unchanged": RowResult.IMPORT_TYPE_SKIP,
}


class UploadForm(ImportForm):
    """The workbook, in the words of the house."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["import_file"].label = gettext_lazy("Excel workbook")
        self.fields["format"].label = gettext_lazy("Format")


class WorkbookMixin(ImportExportMixin):
    """XLSX in and out. The import is one event of the history, so Django's own log of single rows is left out."""

    formats = [Workbook]
    import_formats = [Workbook]
    export_formats = [Workbook]
    export_form_class = ExportForm
    import_form_class = UploadForm
    import_template_name = "admin/import_workbook.html"
    skip_admin_log = True

    def get_import_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        """The resource reaches as far as the account."""
        return {**super().get_import_resource_kwargs(request, **kwargs), "actor": request.user}

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """What should be looked at is shown as messages."""
        return {**super().get_import_data_kwargs(**kwargs), "warn": partial(messages.warning, kwargs["request"])}

    def process_result(self, result: Result, request: HttpRequest) -> HttpResponse:
        """Say what was written; where the register has changed since the check, that nothing was."""
        if result.has_errors() or result.has_validation_errors():
            told = "; ".join(str(row.error) for row in result.base_errors)
            messages.error(request, told or _("The workbook has errors: nothing was written."))
        else:
            counts = {name: result.totals[kind] for name, kind in COUNTED.items()}
            messages.success(request, _("New: %(created)s. Changed: %(updated)s. Unchanged: %(unchanged)s.") % counts)
        return HttpResponseRedirect(reverse("admin:{}_{}_changelist".format(*self.get_model_info())))
