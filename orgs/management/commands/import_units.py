"""Import units from a workbook."""

from orgs.management.imports import ImportCommand
from orgs.resources import UnitResource


class Command(ImportCommand):
    """Import units from a workbook: all or nothing, the same file twice changes nothing."""

    help = "Import units from an XLSX workbook, all or nothing"
    resource_class = UnitResource
