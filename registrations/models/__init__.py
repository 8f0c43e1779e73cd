"""What the year holds: the disciplinary register, conclusions of inspections, named and remedied shortcomings."""

from registrations.models.register import (
    Discipline,
    DisciplineForm,
    Finding,
    FindingKind,
    Shortcoming,
)

__all__ = ["Discipline", "DisciplineForm", "Finding", "FindingKind", "Shortcoming"]
