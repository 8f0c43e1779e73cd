"""Who stands outside of what is counted body by body, so that a page can say so plainly."""

from datetime import date

from django.utils import timezone

from criteria.models import Cycle
from criteria.selectors.reaching.coverage import day_of
from orgs.models import Appointment, Person


def posts_outside(cycle: Cycle) -> int:
    """How many people hold posts that name no body, and none that does: the coverage of `cycle` does not count them."""
    day = day_of(cycle)
    posts = Appointment.objects.current(day)
    placed = posts.filter(unit__isnull=False).values("person")
    loose = posts.filter(unit__isnull=True).values("person")
    return Person.objects.present(day).filter(pk__in=loose).exclude(pk__in=placed).count()


def people_outside(day: date | None = None) -> int:
    """How many people hold no post in a body and belong to no Party organisation: no text reaches them."""
    day = day or timezone.localdate()
    placed = Appointment.objects.current(day).filter(unit__isnull=False).values("person")
    return Person.objects.present(day).filter(party_cell=None).exclude(pk__in=placed).count()
