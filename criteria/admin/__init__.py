"""The administration of this floor: frameworks, rules of forms and swapped days are written here, the rest is read."""

from criteria.admin import calendar, criteria, frameworks, plans, regulations

__all__ = ["calendar", "criteria", "frameworks", "plans", "regulations"]
