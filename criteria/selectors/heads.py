"""Who answers for a body, by name: its head, else the head of its collective; many bodies in two queries."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from orgs.models import Appointment, CollectivePart, Membership, Person, User


def heads_of(unit_ids: Iterable[int], on: date) -> dict[int, Person]:
    """The head of each unit on the day `on`, by id of the unit; a body without one is left out."""
    ids = set(unit_ids)
    found: dict[int, Person] = {}
    posts = Appointment.objects.current(on).filter(_present(on), unit__in=ids, is_head=True)
    for post in posts.select_related("person").order_by("-is_main", "position__rank", "id"):
        found.setdefault(post.unit_id, post.person)
    seats = Membership.objects.current(on).filter(
        _present(on), collective__unit__in=ids - set(found), part=CollectivePart.HEAD
    )
    for seat in seats.select_related("person", "collective").order_by("order", "id"):
        found.setdefault(seat.collective.unit_id, seat.person)
    return found


def _present(on: date) -> Q:
    # Joined, not asked for among all people of the province: a list of one page stays cheap among 100,000.
    return Q(person__ended_on__isnull=True) | Q(person__ended_on__gt=on)


def head_of(unit_id: int, on: date) -> Person | None:
    """The head of one unit."""
    return heads_of([unit_id], on).get(unit_id)


def head_accounts(unit_ids: Iterable[int], on: date) -> dict[int, int]:
    """Id of the active account of the head of each unit; a head without one is left out; three queries."""
    heads = heads_of(unit_ids, on)
    accounts = User.objects.filter(is_active=True, person__in=[person.pk for person in heads.values()])
    by_person = dict(accounts.values_list("person", "pk"))
    return {unit: by_person[person.pk] for unit, person in heads.items() if person.pk in by_person}
