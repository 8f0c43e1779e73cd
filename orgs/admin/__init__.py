"""The tables of this floor in Django admin."""

from orgs.admin import accounts, authority, collectives, history, people, units

__all__ = ["accounts", "authority", "collectives", "history", "people", "units"]
