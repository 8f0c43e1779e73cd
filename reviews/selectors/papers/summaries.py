"""Summary tables: collectives, individuals, statistics; only what the asking body may know, a constant few queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from criteria.models import Cycle
from criteria.rating import quota
from orgs import access
from orgs.models import Collective, RatingKind, User
from orgs.selectors import units
from registrations.models import Discipline
from reviews.models import Grade, Prompt, Rating, Review
from reviews.selectors.laws import law_of
from reviews.selectors.papers.dossiers import inside_ratings

BODIES = (RatingKind.COLLECTIVE, RatingKind.ORGANISATION)
UNIT_PATHS = ("review__unit", "organisation", "collective__unit")
STEPS = ("self_grade", "proposed_grade", "appraised_grade", "decided_grade")


@dataclass(frozen=True)
class Wanted:
    """The filters: a cycle, and if wanted a deciding body, a line, a unit (code or part of its name)."""

    cycle: Cycle
    body: Collective | None = None
    line: str = ""
    unit: str = ""


@dataclass(frozen=True)
class BodyRow:
    """A collective or organisation with its chain of grades."""

    rating: Rating
    is_prompted: bool

    @property
    def grades(self) -> tuple[str, ...]:
        """Own, proposed, appraised, decided."""
        return tuple(getattr(self.rating, step) for step in STEPS)


@dataclass(frozen=True)
class PersonRow:
    """A person with up to three ratings by kind, and the disciplinary decisions of the period."""

    review: Review
    ratings: dict[str, Rating]
    discipline: tuple[Discipline, ...]

    def grade(self, kind: str, step: str) -> str:
        """The grade of one step of one rating; the State side stands in where there is no rating as cadre."""
        rating = self.ratings.get(kind)
        if kind == RatingKind.CADRE and rating is None:
            rating = self.ratings.get(RatingKind.STATE)
        return getattr(rating, step) if rating else ""


@dataclass
class Tally:
    """Counts of one line of the statistics."""

    total: int = 0
    grades: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Grade.values, 0))
    not_rated: int = 0
    postponed: int = 0
    waiting: int = 0

    @property
    def rated(self) -> int:
        """How many have a decided grade."""
        return sum(self.grades.values())

    def share(self, grade: str) -> Decimal | None:
        """The share of a grade among the rated, in percent with one decimal; None where nobody is rated."""
        return percent(self.grades[grade], self.rated)

    @property
    def excellent_of_good(self) -> Decimal | None:
        """The excellent in percent of the good (Điều 12), None where nobody is good."""
        return percent(self.grades[Grade.EXCELLENT], self.grades[Grade.GOOD])

    def add(self, state: str, grade: str, count: int) -> None:
        """Count rows of one state and decided grade."""
        self.total += count
        if grade:
            self.grades[grade] += count
        elif state == "not_rated":
            self.not_rated += count
        elif state == "postponed":
            self.postponed += count
        else:
            self.waiting += count


@dataclass(frozen=True)
class StatisticsRow:
    """One line: a deciding body within a kind of rating, or (`body` empty) all bodies of that kind together.

    `allowed` is what the regulation allows for these counts in its own reading.
    """

    kind: str
    body: str
    tally: Tally
    allowed: int | None

    @property
    def is_above(self) -> bool:
        """Whether there are more excellent than the share allows."""
        return self.allowed is not None and self.tally.grades[Grade.EXCELLENT] > self.allowed


def percent(part: int, whole: int) -> Decimal | None:
    """`part` in percent of `whole`, one decimal, half up; None of nothing."""
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def visible_to(user: User) -> QuerySet[Rating]:
    """The ratings that count in the summaries of `user`: what he reads from inside, and his own once published."""
    own = Rating.objects.filter(person=access.viewer_of(user).person_id, published_at__isnull=False)
    if access.viewer_of(user).person_id is None:
        own = own.none()
    return Rating.objects.filter(Q(pk__in=inside_ratings(user).values("pk")) | Q(pk__in=own.values("pk")))


def within(user: User, wanted: Wanted) -> QuerySet[Rating]:
    """The ratings of `user` inside the filters."""
    rows = visible_to(user).filter(cycle=wanted.cycle)
    if wanted.body:
        rows = rows.filter(deciding_collective=wanted.body)
    if wanted.line:
        rows = rows.filter(_any("line", wanted.line))
    if wanted.unit.strip():
        rows = rows.filter(_any("in", units.subtree_named(wanted.unit)))
    return rows


def _any(lookup: str, value: object) -> Q:
    total = Q(pk__in=[])
    for path in UNIT_PATHS:
        total |= Q(**{f"{path}__{lookup}": value})
    return total


def bodies_of(user: User, cycle: Cycle) -> QuerySet[Collective]:
    """The deciding bodies to choose from."""
    ids = visible_to(user).filter(cycle=cycle).order_by().values("deciding_collective").distinct()
    return Collective.objects.filter(pk__in=ids).order_by("name")


def collectives(user: User, wanted: Wanted) -> QuerySet[Rating]:
    """The ratings of collectives and organisations, group by group."""
    prompted = Prompt.objects.filter(review=OuterRef("review"), state__in=("issued", "explained"))
    rows = within(user, wanted).filter(kind__in=BODIES).annotate(is_prompted=Exists(prompted))
    related = ("collective", "organisation", "group")
    return (
        rows.select_related(*related)
        .defer("facts", "suggestion")
        .order_by("group__order", "group__title", "sort_key", "id")
    )


def individuals(user: User, wanted: Wanted) -> QuerySet[Review]:
    """The reviews of persons with a rating inside the filters, by given name."""
    rated = within(user, wanted).filter(person__isnull=False).values("review")
    rows = Review.objects.filter(pk__in=rated).select_related("person__managing_authority", "unit")
    return rows.defer("form").order_by("sort_key", "id")


def body_rows(ratings: Iterable[Rating]) -> list[BodyRow]:
    """The rows of ratings read by `collectives`."""
    return [BodyRow(rating, rating.is_prompted) for rating in ratings]


def person_rows(user: User, wanted: Wanted, reviews: Sequence[Review]) -> list[PersonRow]:
    """The rows of these reviews; two queries, whatever their number."""
    found: dict[int, dict[str, Rating]] = defaultdict(dict)
    for rating in within(user, wanted).filter(review__in=reviews).defer("facts", "suggestion").order_by("id"):
        found[rating.review_id][rating.kind] = rating
    cycle = wanted.cycle
    decisions: dict[int, list[Discipline]] = defaultdict(list)
    for row in Discipline.objects.filter(
        person__in=[review.person_id for review in reviews],
        document_on__range=(cycle.period_start_on, cycle.period_end_on),
        withdrawn_on=None,
    ).order_by("document_on", "id"):
        decisions[row.person_id].append(row)
    return [PersonRow(review, found[review.pk], tuple(decisions[review.person_id])) for review in reviews]


def statistics(user: User, wanted: Wanted) -> list[StatisticsRow]:
    """Counts by kind of rating and deciding body, each kind with its total first: one grouped query, summed up here."""
    grouped = (
        within(user, wanted)
        .order_by("kind", "deciding_collective__name")
        .values_list("kind", "deciding_collective__name", "state", "decided_grade")
        .annotate(count=Count("pk"))
    )
    tallies: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for kind, body, state, grade, count in grouped:
        tallies[kind][""].add(state, grade, count)
        tallies[kind][body].add(state, grade, count)
    return [
        StatisticsRow(kind, body, tally, _allowed(wanted.cycle, kind, tally))
        for kind in RatingKind.values
        if kind in tallies
        for body, tally in tallies[kind].items()
    ]


def _allowed(cycle: Cycle, kind: str, tally: Tally) -> int | None:
    law = law_of(cycle)
    # Ratings on the State side may stand under several regulations: their boards tell, group by group.
    return quota(law, tally.grades).allowed if kind in law.ratings else None
