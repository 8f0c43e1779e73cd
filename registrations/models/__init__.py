"""What the year holds: discipline, conclusions of inspections, shortcomings and their remedy, running remarks."""

from registrations.models.catalogue import CatalogueReport
from registrations.models.past import PastRating
from registrations.models.plans import PersonalPlanLine, PlanHalf
from registrations.models.progress import Obstacle, ProgressNote, WorkChange, WorkDirection
from registrations.models.register import (
    Discipline,
    DisciplineForm,
    Finding,
    FindingKind,
)
from registrations.models.remarks import RemarkKind, RunningRemark
from registrations.models.remedies import Origin, Shortcoming
from registrations.models.results import ResultAxis, YearResult
from registrations.models.support import SupportRequest
from registrations.models.works import Registration, Work, WorkField, WorkKind, WorkOutcome

__all__ = [
    "CatalogueReport",
    "Discipline",
    "DisciplineForm",
    "Finding",
    "FindingKind",
    "Obstacle",
    "Origin",
    "PastRating",
    "PersonalPlanLine",
    "PlanHalf",
    "ProgressNote",
    "Registration",
    "RemarkKind",
    "ResultAxis",
    "RunningRemark",
    "Shortcoming",
    "SupportRequest",
    "Work",
    "WorkChange",
    "WorkDirection",
    "WorkField",
    "WorkKind",
    "WorkOutcome",
    "YearResult",
]
