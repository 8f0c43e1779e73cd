"""Workbooks of the register: read, compared and written in one way, whoever brings them."""

from orgs.resources.formats import Workbook
from orgs.resources.people import PersonResource
from orgs.resources.plans import Plan
from orgs.resources.register import RegisterResource
from orgs.resources.units import UnitResource

__all__ = ["PersonResource", "Plan", "RegisterResource", "UnitResource", "Workbook"]
