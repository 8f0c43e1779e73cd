"""Whose account is told about a review or a meeting."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from orgs import roles
from orgs.models import Appointment, Membership, RoleGrant, Unit, User
from reviews.models import AnsweringMember, Meeting, Prompt, Rating, Review, WorkingGroupMember


def writers_of(review: Review) -> QuerySet[User]:
    """The accounts that write the review: the subject's own; for a collective those of its head and its secretary."""
    active = User.objects.filter(is_active=True)
    if review.person_id:
        return active.filter(person=review.person_id)
    today = timezone.localdate()
    heads = Membership.objects.current(today).filter(collective=review.collective_id, part="head")
    grants = RoleGrant.objects.current(today).filter(collective=review.collective_id, role=roles.SECRETARY)
    return active.filter(Q(person__in=heads.values("person")) | Q(pk__in=grants.values("user")))


def officers_of(rating: Rating) -> QuerySet[User]:
    """The accounts of the officers of the body that appraises the rating."""
    grants = RoleGrant.objects.current(timezone.localdate()).filter(unit=rating.appraising_unit_id, role=roles.OFFICER)
    return User.objects.filter(is_active=True, pk__in=grants.values("user"))


def summoned_to(meeting: Meeting) -> QuerySet[User]:
    """The accounts of those summoned."""
    return User.objects.filter(is_active=True, person__in=meeting.attendance.values("person"))


def members_answering(prompt: Prompt) -> QuerySet[User]:
    """The accounts of the members who answer for a part of the prompt."""
    named = AnsweringMember.objects.filter(item__prompt=prompt, item__withdrawn_at=None)
    return User.objects.filter(is_active=True, person__in=named.values("person"))


def followers_of(prompt: Prompt) -> QuerySet[User]:
    """The accounts of the working group that follows the prompt now."""
    named = WorkingGroupMember.objects.filter(prompt=prompt, released_at=None)
    return User.objects.filter(is_active=True, person__in=named.values("person"))


def contributors_of(unit: Unit) -> QuerySet[User]:
    """The accounts of the officers and the head of a body."""
    today = timezone.localdate()
    grants = RoleGrant.objects.current(today).filter(unit=unit, role=roles.OFFICER)
    heads = Appointment.objects.current(today).filter(unit=unit, is_head=True)
    return User.objects.filter(Q(pk__in=grants.values("user")) | Q(person__in=heads.values("person")), is_active=True)
