"""The lists of reviews and ratings: searched, narrowed, page by page."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from criteria.models import Cycle
from orgs.models import Collective, Person, Unit, User, names
from orgs.selectors import units
from orgs.selectors.keyset import Keyset, keyset_page
from orgs.workflow import Workflow
from reviews.models import Rating, Review
from reviews.selectors import reviews
from reviews.selectors.grading import ratings
from reviews.selectors.standing.lateness import LateBook
from reviews.workflow import RATING, REVIEW

M = TypeVar("M", bound=Model)
UNIT_OF_RATING = ("review__unit", "organisation")


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; everything may be empty.

    `unit` is a code or part of a name and takes in the units below; `at` is the code of this very unit.
    """

    cycle: Cycle | None = None
    text: str = ""
    state: str = ""
    unit: str = ""
    at: str = ""
    line: str = ""
    kind: str = ""
    is_late: bool = False
    is_waiting: bool = False
    after: str = ""
    before: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a list: the document, and the last day of its present step where the step has one."""

    document: Review | Rating
    due_on: date | None


def review_page(user: User, wanted: Wanted) -> Keyset:
    """One page of the reviews that `user` may read; its rows are `Row`."""
    rows = reviews.waiting_for(user) if wanted.is_waiting else reviews.visible_to(user)
    rows = _narrowed(reviews.listed(rows), wanted, ("unit",))
    return _page(rows, wanted, REVIEW, ("unit",))


def rating_page(user: User, wanted: Wanted) -> Keyset:
    """One page of the ratings that `user` may read; its rows are `Row`."""
    rows = ratings.waiting_for(user) if wanted.is_waiting else ratings.visible_to(user)
    rows = _narrowed(ratings.listed(rows), wanted, UNIT_OF_RATING)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    return _page(rows, wanted, RATING, UNIT_OF_RATING)


def _narrowed(rows: QuerySet[M], wanted: Wanted, paths: tuple[str, ...]) -> QuerySet[M]:
    if wanted.cycle:
        rows = rows.filter(cycle=wanted.cycle)
    if wanted.text.strip():
        rows = rows.filter(_matching(rows.model, wanted.text))
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.unit.strip():
        rows = rows.filter(_any(paths, "in", units.subtree_named(wanted.unit)))
    if wanted.at:
        rows = rows.filter(_any(paths, "code", wanted.at))
    if wanted.line:
        rows = rows.filter(_any(paths, "line", wanted.line))
    return rows


def _any(paths: tuple[str, ...], lookup: str, value: object) -> Q:
    total = Q(pk__in=[])
    for path in paths:
        total |= Q(**{f"{path}__{lookup}": value})
    return total


def _matching(model: type[Model], text: str) -> Q:
    """By name without accents, by cadre code, by the public code of the review."""
    folded = names.fold(text)
    people = Person.objects.matching(text).values("pk")
    bodies = [pk for pk, name in Collective.objects.values_list("pk", "name") if folded in names.fold(name)]
    by_name = Q(person__in=people) | Q(collective__in=bodies)
    if model is Review:
        return by_name | Q(code__iexact=text.strip())
    return by_name | Q(organisation__in=Unit.objects.matching(text).values("pk")) | Q(review__code__iexact=text.strip())


def _page(rows: QuerySet[M], wanted: Wanted, flow: Workflow, paths: tuple[str, ...]) -> Keyset:
    book = LateBook(wanted.cycle) if wanted.cycle else None
    if book and wanted.is_late:
        rows = rows.filter(book.scope(flow, *paths))
    page = keyset_page(rows, after=wanted.after, before=wanted.before)
    return Keyset(tuple(_row(row, book) for row in page.rows), page.before, page.after, page.count)


def _row(document: Review | Rating, book: LateBook | None) -> Row:
    due_on = book.due_on(document.state_row.due, unit_id_of(document)) if book else None
    return Row(document, due_on)


def unit_id_of(document: Review | Rating) -> int | None:
    """The unit whose milestones bind the document."""
    if isinstance(document, Review):
        return document.unit_id
    return document.organisation_id or (document.review.unit_id if document.review_id else None)
