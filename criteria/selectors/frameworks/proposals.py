"""Criteria proposed for a body's frameworks: which wait, which a framework has taken up, where each comes from."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from criteria import access as reach
from criteria.models import Criterion, CriterionProposal, Framework
from orgs import access
from orgs.models import Unit, User


def visible_to(user: User) -> QuerySet[CriterionProposal]:
    """The proposals for the bodies whose frameworks `user` prepares."""
    bodies = reach.bodies_prepared_by(access.viewer_of(user))
    return CriterionProposal.objects.filter(issuer__in=bodies.values("pk")).select_related("issuer")


def issuers_for(user: User) -> QuerySet[Unit]:
    """For whose frameworks `user` may propose."""
    return reach.bodies_prepared_by(access.viewer_of(user)).order_by("sort_key", "code")


def shown_beside(framework: Framework) -> list[CriterionProposal]:
    """What waits for the issuer of `framework`, and what this one has taken up; the waiting ones first.

    `stands` says whether the criterion that it became still stands there.
    """
    here = Criterion.objects.filter(uuid=OuterRef("criterion"))
    rows = CriterionProposal.objects.filter(issuer=framework.issuer_id, set_aside="").annotate(stands=Exists(here))
    found = rows.filter(settled_at=None) | rows.filter(framework=framework)
    return sorted(found, key=lambda row: (row.settled_at is not None, row.pk))


def origin_of(framework: Framework, criterion: UUID) -> CriterionProposal | None:
    """The proposal from which a criterion came; one query."""
    return CriterionProposal.objects.filter(framework=framework, criterion=criterion).first()


def made_of(kind: str, uuid: UUID) -> QuerySet[CriterionProposal]:
    """What was proposed from one record, whatever became of it."""
    rows = CriterionProposal.objects.filter(origin_kind=kind, origin_uuid=uuid)
    return rows.select_related("issuer", "framework").order_by("-year", "-pk")
