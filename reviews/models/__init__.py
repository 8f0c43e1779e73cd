"""The round: reviews, venues, prompts, meetings, opinions, ratings, decisions, petitions."""

from reviews.models.changes import ChangeKind, RosterChange
from reviews.models.circumstances import Circumstance, CircumstanceKind
from reviews.models.conclusions import Conclusion, ConclusionLine, Ground
from reviews.models.explanations import Explanation, ExplanationFile, OutcomeMark, PromptOutcome
from reviews.models.facts import FactsSheet, Scope, StatedLevels, StatedPoints, TaskTally
from reviews.models.meetings import AgendaItem, Attendance, Comment, FormOverride, Meeting, MeetingMode
from reviews.models.opinions import Opinion, OpinionKind, OpinionStatus
from reviews.models.petitions import Petition
from reviews.models.prompt_lists import ContributionStatus, PromptContribution, PromptDecision, PromptList
from reviews.models.prompts import (
    AnsweringMember,
    NoteMark,
    Prompt,
    PromptItem,
    PromptReceipt,
    WorkingGroupMember,
)
from reviews.models.ratings import Grade, PeerGroup, QuotaLedger, Rating, RatingDossierReceipt
from reviews.models.replays import Replay, ReplayLine
from reviews.models.results import ResultUse
from reviews.models.reviews import KeptText, Review, SectionAnswer, SectionNote, Snapshot, Venue
from reviews.models.tallies import Tally, TallyLine

__all__ = [
    "AgendaItem",
    "AnsweringMember",
    "Attendance",
    "ChangeKind",
    "Circumstance",
    "CircumstanceKind",
    "Comment",
    "Conclusion",
    "ConclusionLine",
    "ContributionStatus",
    "Explanation",
    "ExplanationFile",
    "FactsSheet",
    "FormOverride",
    "Grade",
    "Ground",
    "KeptText",
    "Meeting",
    "MeetingMode",
    "NoteMark",
    "Opinion",
    "OpinionKind",
    "OpinionStatus",
    "OutcomeMark",
    "PeerGroup",
    "Petition",
    "Prompt",
    "PromptContribution",
    "PromptDecision",
    "PromptItem",
    "PromptList",
    "PromptOutcome",
    "PromptReceipt",
    "QuotaLedger",
    "Rating",
    "RatingDossierReceipt",
    "Replay",
    "ReplayLine",
    "ResultUse",
    "Review",
    "RosterChange",
    "Scope",
    "SectionAnswer",
    "SectionNote",
    "Snapshot",
    "StatedLevels",
    "StatedPoints",
    "Tally",
    "TallyLine",
    "TaskTally",
    "Venue",
    "WorkingGroupMember",
]
