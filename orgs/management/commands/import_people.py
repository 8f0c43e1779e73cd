"""Import people from a workbook."""

from orgs.management.imports import ImportCommand
from orgs.resources import PersonResource


class Command(ImportCommand):
    """Import people from a workbook: all or nothing, the same file twice changes nothing."""

    help = "Import people from an XLSX workbook, all or nothing"
    resource_class = PersonResource
