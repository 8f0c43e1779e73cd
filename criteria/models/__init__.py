"""By what rule, and when: regulations, frameworks, consultation, dissemination, plans, milestones, cycles."""

from criteria.models.conformities import ConformityException, LevelConfirmation, Revisit, RevisitDecision
from criteria.models.consultations import (
    Addressee,
    Answer,
    Clause,
    Consultation,
    ConsultedText,
    KeptRemark,
    Remark,
    RemarkKind,
    Verdict,
)
from criteria.models.cycles import CoverageRule, Cycle, CycleFramework, PeriodKind
from criteria.models.disseminations import Acknowledgement, Dissemination, DisseminationUnit
from criteria.models.frameworks import (
    Criterion,
    CriterionGroup,
    CriterionLevel,
    Direction,
    Framework,
    FrameworkCover,
    FrameworkSubject,
    Level,
    Marking,
)
from criteria.models.plans import FocusTopic, Milestone, MilestoneStep, Plan, SwappedDay
from criteria.models.proposals import CriterionProposal
from criteria.models.regulations import Confirmation, FormRule, Regulation
from criteria.models.urging import PhoneCall, UrgedMatter, UrgingLetter, UrgingLine
from criteria.models.writing import CriterionPen, KeptCriterion, KeptReason

__all__ = [
    "Acknowledgement",
    "Addressee",
    "Answer",
    "Clause",
    "Confirmation",
    "ConformityException",
    "Consultation",
    "ConsultedText",
    "CoverageRule",
    "Criterion",
    "CriterionGroup",
    "CriterionLevel",
    "CriterionPen",
    "CriterionProposal",
    "Cycle",
    "CycleFramework",
    "Direction",
    "Dissemination",
    "DisseminationUnit",
    "FocusTopic",
    "FormRule",
    "Framework",
    "FrameworkCover",
    "FrameworkSubject",
    "KeptCriterion",
    "KeptReason",
    "KeptRemark",
    "Level",
    "LevelConfirmation",
    "Marking",
    "Milestone",
    "MilestoneStep",
    "PeriodKind",
    "PhoneCall",
    "Plan",
    "Regulation",
    "Remark",
    "RemarkKind",
    "Revisit",
    "RevisitDecision",
    "SwappedDay",
    "UrgedMatter",
    "UrgingLetter",
    "UrgingLine",
    "Verdict",
]
