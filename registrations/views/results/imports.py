"""The kind of import of results: everybody brings his own, an officer those whom he keeps."""

from django.utils.translation import gettext_lazy

from orgs.views.imports import ImportKind, register_kind
from registrations.resources.results import ResultResource
from registrations.selectors.results.results import visible_to


def register() -> None:
    """Let the pages of imports take this workbook too; called from `AppConfig.ready`."""
    register_kind(
        "results",
        ImportKind(
            ResultResource,
            gettext_lazy("Import results of the year"),
            "registrations:result_import",
            "registrations:result_list",
            visible_to,
            is_open=True,
        ),
    )
