"""What the page of a unit shows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from orgs.models import Appointment, Collective, Unit, UnitSuccession
from orgs.selectors.authority import Authority, AuthorityBook
from orgs.selectors.keyset import PAGE


@dataclass(frozen=True)
class UnitPage:
    """Neighbours in the tree and in time, the first fifty posts, collectives with who rates each."""

    children: QuerySet[Unit]
    agencies: QuerySet[Unit]
    predecessors: tuple[UnitSuccession, ...]
    successors: tuple[UnitSuccession, ...]
    posts: tuple[Appointment, ...]
    has_more_posts: bool
    collectives: tuple[tuple[Collective, Authority | None], ...]
    authority: Authority | None


def of(unit: Unit, on: date) -> UnitPage:
    """The page of `unit` on the day `on`; the number of queries does not depend on what stands there."""
    successions = UnitSuccession.objects.filter(Q(predecessor=unit) | Q(successor=unit)).order_by("happened_on", "id")
    rows = list(successions.select_related("predecessor", "successor"))
    posts = Appointment.objects.current(on).filter(unit=unit).select_related("person", "position", "job")
    shown = list(posts.order_by("-is_head", "position__rank", "person__sort_key", "id")[: PAGE + 1])
    members = Count("memberships", filter=Q(memberships__ended_on__isnull=True))
    collectives = list(unit.collectives.annotate(members=members).order_by("ended_on", "name"))
    book = AuthorityBook(on, people=[])
    return UnitPage(
        children=Unit.objects.without_tree_fields().filter(parent=unit).order_by("ended_on", "sort_key"),
        agencies=Unit.objects.without_tree_fields().filter(party_organisation=unit).order_by("sort_key"),
        predecessors=tuple(row for row in rows if row.successor_id == unit.pk),
        successors=tuple(row for row in rows if row.predecessor_id == unit.pk),
        posts=tuple(shown[:PAGE]),
        has_more_posts=len(shown) > PAGE,
        collectives=tuple((row, book.of_collective(row)) for row in collectives),
        authority=book.of_unit(unit),
    )
