"""The same product claimed by two members of one collective: shown to who keeps its minutes, a ground of nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, Q
from django.utils import timezone

from orgs import access, roles
from orgs.models import Collective, Membership, User
from registrations.models import YearResult
from registrations.selectors.results.results import STANDING, in_period

# Who is told: the secretary of the collective, of the Party committee, and the head who answers for the collective.
TOLD = (roles.SECRETARY, roles.PARTY_SECRETARY, roles.HEAD)
KEYS = ("document_key", "product_key")


@dataclass(frozen=True)
class Double:
    """One product or document, the bodies in which its claimants sit together, and their results, by name."""

    collectives: tuple[Collective, ...]
    by_document: bool
    rows: tuple[YearResult, ...]

    @property
    def title(self) -> str:
        """The number of the document, else the words of the product."""
        return self.rows[0].document if self.by_document else self.rows[0].product


def keeps_minutes(user: User) -> bool:
    """Whether `user` is told of any collective."""
    return bool(_collectives_of(user))


def doubles_for(user: User, period: tuple[object, object]) -> list[Double]:
    """What two members of a collective of `user` claim in the period (first and last day); four queries."""
    told = _collectives_of(user)
    collectives = Collective.objects.filter(pk__in=told).select_related("unit").order_by("name", "pk")
    return _claimed_in(list(collectives), period) if told else []


def doubles_in(collective: Collective, user: User, period: tuple[object, object]) -> list[Double]:
    """What two members of this one claim in the period; nothing for who is not told of it. Three queries, else none."""
    return _claimed_in([collective], period) if collective.pk in _collectives_of(user) else []


def _claimed_in(collectives: list[Collective], period: tuple[object, object]) -> list[Double]:
    seats: dict[int, set[int]] = defaultdict(set)
    for collective, person in _seats(frozenset(row.pk for row in collectives)):
        seats[collective].add(person)
    people = frozenset().union(*seats.values())
    found: list[Double] = []
    for key in KEYS:
        rows = _claimed_twice(people, period, key)
        for collective in collectives:
            found += _of_collective(collective, seats[collective.pk], rows, key)
    return _once(found)


def doubles_of(row: YearResult, user: User) -> list[YearResult]:
    """The results of others in the same collectives that claim what `row` claims, for who is told of them."""
    told = _collectives_of(user)
    if not row.person_id or not told:
        return []
    seats = Membership.objects.current(timezone.localdate()).filter(collective__in=told)
    beside = seats.filter(collective__in=seats.filter(person=row.person_id).values("collective"))
    same = Q(product_key=row.product_key)
    if row.document_key:
        same |= Q(document_key=row.document_key)
    others = YearResult.objects.filter(STANDING, same, person__in=beside.values("person")).exclude(person=row.person_id)
    return list(others.select_related("person").order_by("person__sort_key", "pk"))


def _collectives_of(user: User) -> frozenset[int]:
    viewer = access.viewer_of(user)
    return frozenset().union(*(viewer.collectives_of(role) for role in TOLD))


def _seats(collectives: frozenset[int]) -> Iterable[tuple[int, int]]:
    rows = Membership.objects.current(timezone.localdate()).filter(collective__in=collectives)
    return rows.values_list("collective_id", "person_id")


def _claimed_twice(people: frozenset[int], period: tuple[object, object], key: str) -> list[YearResult]:
    rows = YearResult.objects.filter(STANDING, in_period(*period), person__in=people).exclude(**{key: ""})
    twice = rows.order_by().values(key).annotate(people=Count("person", distinct=True)).filter(people__gt=1)
    found = rows.filter(**{f"{key}__in": twice.values(key)}).select_related("person")
    return list(found.order_by(key, "person__sort_key", "pk"))


def _of_collective(collective: Collective, members: set[int], rows: list[YearResult], key: str) -> Iterable[Double]:
    claims: dict[str, list[YearResult]] = defaultdict(list)
    for row in rows:
        if row.person_id in members:
            claims[getattr(row, key)].append(row)
    for claimed in claims.values():
        if len({row.person_id for row in claimed}) > 1:
            yield Double((collective,), key == "document_key", tuple(claimed))


def _once(found: list[Double]) -> list[Double]:
    """Without what is the same by its words and by its document already; the same of several bodies stands once."""
    kept: dict[frozenset[int], Double] = {}
    for double in found:
        mark = frozenset(row.pk for row in double.rows)
        known = kept.setdefault(mark, double)
        if double.collectives[0] not in known.collectives:
            kept[mark] = replace(known, collectives=(*known.collectives, *double.collectives))
    return list(kept.values())
