"""The comment that the former place of somebody who moved owes, which its head writes himself (HD 21-HD/BTCTW)."""

from django.db.models import Q, QuerySet

from orgs import access, roles
from orgs.models import Appointment, Unit, UnitSuccession, User
from reviews.models import Opinion, OpinionKind, OpinionStatus
from reviews.selectors.grading.opinions import OPEN_STATES


def asked_of(user: User) -> QuerySet[Opinion]:
    """The comments asked of the places that `user` heads: of the agency, of the Party cell whose secretary he is, of
    one that became part of it. None about himself.
    """
    viewer = access.viewer_of(user)
    units, collectives = viewer.units_of(roles.UNIT_HEAD), viewer.collectives_of(roles.HEAD)
    if not units and not collectives:
        return Opinion.objects.none()
    led = Unit.objects.without_tree_fields().filter(Q(pk__in=units) | Q(collectives__in=collectives)).values("pk")
    # What was asked of a body goes on with the one that followed it.
    before = UnitSuccession.objects.filter(successor__in=led).values("predecessor")
    rows = Opinion.objects.filter(Q(unit__in=led) | Q(unit__in=before), kind=OpinionKind.FORMER_PLACE)
    return rows.exclude(rating__person=viewer.person_id) if viewer.person_id else rows


def waiting_for(user: User) -> QuerySet[Opinion]:
    """Those of them that have not come and can still be given, the nearest day first."""
    rows = asked_of(user).filter(
        status=OpinionStatus.ASKED, rating__state__in=OPEN_STATES, rating__cycle__closed_at=None
    )
    return rows.select_related("rating__person", "rating__cycle", "unit").order_by("due_on", "pk")


def posts_there(opinion: Opinion) -> list[Appointment]:
    """The posts that the person held in the place that is asked, so that its head knows of which time he speaks."""
    rows = Appointment.objects.filter(person=opinion.rating.person_id, unit=opinion.unit_id)
    return list(rows.select_related("position", "job").order_by("started_on", "pk"))
