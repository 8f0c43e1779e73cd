"""What the year holds: discipline, conclusions of inspections, shortcomings and their remedy, running remarks."""

from registrations.models.past import PastRating
from registrations.models.register import (
    Discipline,
    DisciplineForm,
    Finding,
    FindingKind,
)
from registrations.models.remarks import RemarkKind, RunningRemark
from registrations.models.remedies import Origin, Shortcoming

__all__ = [
    "Discipline",
    "DisciplineForm",
    "Finding",
    "FindingKind",
    "Origin",
    "PastRating",
    "RemarkKind",
    "RunningRemark",
    "Shortcoming",
]
