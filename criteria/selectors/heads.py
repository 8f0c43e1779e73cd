"""Who answers for a body, by name: its head, else the head of its collective; many bodies in two queries."""

from collections.abc import Iterable
from datetime import date

from orgs.models import Appointment, CollectivePart, Membership, Person


def heads_of(unit_ids: Iterable[int], on: date) -> dict[int, Person]:
    """The head of each unit on the day `on`, by id of the unit; a body without one is left out."""
    ids = set(unit_ids)
    found: dict[int, Person] = {}
    posts = Appointment.objects.current(on).filter(unit__in=ids, is_head=True, person__in=Person.objects.present(on))
    for post in posts.select_related("person").order_by("-is_main", "position__rank", "id"):
        found.setdefault(post.unit_id, post.person)
    seats = Membership.objects.current(on).filter(
        collective__unit__in=ids - set(found), part=CollectivePart.HEAD, person__in=Person.objects.present(on)
    )
    for seat in seats.select_related("person", "collective").order_by("order", "id"):
        found.setdefault(seat.collective.unit_id, seat.person)
    return found


def head_of(unit_id: int, on: date) -> Person | None:
    """The head of one unit."""
    return heads_of([unit_id], on).get(unit_id)
