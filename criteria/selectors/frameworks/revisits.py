"""Frameworks to be looked at again: who sees which, and which are open."""

from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from criteria import access as reach
from criteria.models import Framework, Revisit
from orgs import access
from orgs.models import User

OPEN, LATE, DECIDED = "open", "late", "decided"


def visible_to(user: User) -> QuerySet[Revisit]:
    """Those of the bodies for which `user` prepares or which he leads, those asked by them, those that name him."""
    viewer = access.viewer_of(user)
    bodies = reach.bodies_prepared_by(viewer).values("pk")
    mine = Q(framework__issuer__in=reach.units_led_by(viewer).values("pk"))
    if viewer.person_id:
        mine |= Q(head=viewer.person_id)
    rows = Revisit.objects.filter(Q(framework__issuer__in=bodies) | Q(parent_before__issuer__in=bodies) | mine)
    return rows.select_related("framework__issuer", "parent_before", "parent_after", "head", "successor", "decided_by")


def listed(user: User, *, status: str = "", text: str = "") -> QuerySet[Revisit]:
    """The visible ones, those to be decided first by their day; `status` is open, late or decided."""
    rows = visible_to(user)
    if status == OPEN:
        rows = rows.filter(decision="")
    elif status == LATE:
        rows = rows.filter(decision="", due_on__lt=timezone.localdate())
    elif status == DECIDED:
        rows = rows.exclude(decision="")
    if text:
        rows = rows.filter(Q(framework__title__icontains=text) | Q(framework__issuer__name__icontains=text))
    return rows.order_by("decision", F("due_on").asc(nulls_last=True), "id")


def may_decide(user: User, revisit: Revisit) -> bool:
    """Whether it is open and `user` decides for the body whose framework it is."""
    return not revisit.decision and decides(user, revisit)


def decides(user: User, revisit: Revisit) -> bool:
    """Whether `user` prepares for the body today, or leads it: whoever led it when it was asked decides no longer."""
    viewer, body = access.viewer_of(user), revisit.framework.issuer_id
    prepared, led = reach.bodies_prepared_by(viewer), reach.units_led_by(viewer)
    return prepared.filter(pk=body).exists() or led.filter(pk=body).exists()


def due_until(before: date) -> QuerySet[Revisit]:
    """The open ones whose last day is `before` or earlier, with what their reminders name."""
    rows = Revisit.objects.filter(decision="", due_on__lte=before)
    return rows.select_related("framework__issuer", "parent_before").order_by("due_on", "id")


def open_for(framework: Framework) -> Revisit | None:
    """What waits for the framework, or None."""
    return framework.revisits.filter(decision="").select_related("parent_before", "head").first()
