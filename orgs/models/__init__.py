"""Who, and by what authority; and how an act is carried."""

from orgs.models.accounts import RoleGrant, StandIn, User
from orgs.models.audit import AuditEvent, AuditText, ChainHead
from orgs.models.authority import (
    AuthorityOverride,
    AuthorityRule,
    Delegation,
    DelegationRecall,
    Proposer,
    RatingKind,
)
from orgs.models.collectives import Collective, CollectiveKind, CollectivePart, Membership
from orgs.models.files import DocumentVersion, FilePurpose, StoredFile
from orgs.models.idempotency import IdempotencyKey, Setting
from orgs.models.messages import MailDelivery, Message
from orgs.models.outbox import QueuedItem, QueuedJob, QueueState
from orgs.models.people import Gender, ManagingAuthority, Person, Standing
from orgs.models.posts import Appointment, Job, Position
from orgs.models.refusals import Blocked, Forbidden, Refusal, Stale
from orgs.models.units import Line, Unit, UnitKind, UnitSuccession

__all__ = [
    "Appointment",
    "AuditEvent",
    "AuditText",
    "AuthorityOverride",
    "AuthorityRule",
    "Blocked",
    "ChainHead",
    "Collective",
    "CollectiveKind",
    "CollectivePart",
    "Delegation",
    "DelegationRecall",
    "DocumentVersion",
    "FilePurpose",
    "Forbidden",
    "Gender",
    "IdempotencyKey",
    "Job",
    "Line",
    "MailDelivery",
    "ManagingAuthority",
    "Membership",
    "Message",
    "Person",
    "Position",
    "Proposer",
    "QueueState",
    "QueuedItem",
    "QueuedJob",
    "RatingKind",
    "Refusal",
    "RoleGrant",
    "Setting",
    "Stale",
    "StandIn",
    "Standing",
    "StoredFile",
    "Unit",
    "UnitKind",
    "UnitSuccession",
    "User",
]
