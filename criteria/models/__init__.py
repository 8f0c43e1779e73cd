"""By what rule, and when: regulations, frameworks, plans, milestones, cycles."""

from criteria.models.cycles import Cycle, CycleFramework, PeriodKind
from criteria.models.frameworks import Criterion, CriterionGroup, CriterionLevel, Framework, FrameworkSubject, Level
from criteria.models.plans import FocusTopic, Milestone, MilestoneStep, Plan, SwappedDay
from criteria.models.regulations import Confirmation, FormRule, Regulation

__all__ = [
    "Confirmation",
    "Criterion",
    "CriterionGroup",
    "CriterionLevel",
    "Cycle",
    "CycleFramework",
    "FocusTopic",
    "FormRule",
    "Framework",
    "FrameworkSubject",
    "Level",
    "Milestone",
    "MilestoneStep",
    "PeriodKind",
    "Plan",
    "Regulation",
    "SwappedDay",
]
