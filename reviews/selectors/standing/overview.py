"""How a cycle stands: documents by state and line, and who is late, over what a user may see."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from criteria.models import Cycle
from orgs.models import Line, Unit, User
from orgs.workflow import State, Workflow
from reviews.selectors import reviews
from reviews.selectors.grading import ratings
from reviews.selectors.standing.lateness import LateBook
from reviews.workflow import RATING, REVIEW

WITHOUT_LINE = ""


@dataclass(frozen=True)
class Cell:
    """A number under its line, with the list behind it; `url` empty for none."""

    label: str
    count: int
    url: str = ""


@dataclass(frozen=True)
class StateRow:
    """One state: its label, its numbers in the order of the lines, and their sum."""

    label: str
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True)
class Board:
    """The table of one noun: the lines that have any as column heads, its states as rows, the sums at the foot."""

    title: str
    lines: tuple[str, ...]
    rows: tuple[StateRow, ...]
    totals: tuple[Cell, ...]
    total: int


@dataclass(frozen=True)
class LateRow:
    """A unit that is late in a step: how many documents, since when, and the list of them."""

    unit: str
    step: str
    due_on: date
    count: int
    url: str


@dataclass(frozen=True)
class Overview:
    """Both boards, and every late unit, the longest overdue first."""

    boards: tuple[Board, ...]
    late: tuple[LateRow, ...]


Counts = dict[tuple[int | None, str], int]


def overview_of(cycle: Cycle, user: User) -> Overview:
    """The state of `cycle` as far as `user` reads it; the number of queries does not depend on its size."""
    units = {unit.pk: unit for unit in Unit.objects.without_tree_fields().only("pk", "code", "name", "line")}
    book = LateBook(cycle)
    of_reviews = _counted(reviews.visible_to(user).filter(cycle=cycle).values_list("unit_id", "state"))
    placed = ratings.visible_to(user).filter(cycle=cycle).annotate(at=Coalesce("review__unit_id", "organisation_id"))
    of_ratings = _counted(placed.values_list("at", "state"))
    late = [
        *_late(REVIEW, of_reviews, units, book, "reviews:review_list"),
        *_late(RATING, of_ratings, units, book, "reviews:rating_list"),
    ]
    return Overview(
        boards=(
            _board(_("Reviews"), REVIEW, of_reviews, units, "reviews:review_list"),
            _board(_("Ratings"), RATING, of_ratings, units, "reviews:rating_list"),
        ),
        late=tuple(sorted(late, key=lambda row: (row.due_on, -row.count, row.unit))),
    )


def _counted(rows: object) -> Counts:
    return {(unit, state): count for unit, state, count in rows.annotate(count=Count("pk")).order_by()}


def _board(title: str, flow: Workflow, counts: Counts, units: dict[int, Unit], list_name: str) -> Board:
    numbers: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (unit_id, state), count in counts.items():
        numbers[units[unit_id].line if unit_id in units else WITHOUT_LINE][state] += count
    lines = [(line, label) for line, label in [*Line.choices, (WITHOUT_LINE, _("Without a unit"))] if line in numbers]
    rows = []
    for state in flow.states:
        cells = tuple(_cell(label, numbers[line][state.name], list_name, state, line) for line, label in lines)
        rows.append(StateRow(_(state.label), cells, sum(cell.count for cell in cells)))
    totals = tuple(Cell(label, sum(numbers[line].values())) for line, label in lines)
    return Board(title, tuple(cell.label for cell in totals), tuple(rows), totals, sum(row.total for row in rows))


def _cell(label: str, count: int, list_name: str, state: State, line: str) -> Cell:
    query = urlencode({"line": line, "state": state.name})
    return Cell(label, count, f"{reverse(list_name)}?{query}" if count else "")


def _late(flow: Workflow, counts: Counts, units: dict[int, Unit], book: LateBook, list_name: str) -> list[LateRow]:
    rows = []
    for (unit_id, state), count in counts.items():
        step = flow.state(state)
        if not book.is_late(step.due, unit_id):
            continue
        unit = units.get(unit_id)
        url = f"{reverse(list_name)}?{urlencode({'at': unit.code if unit else '', 'state': state, 'late': 'on'})}"
        name = unit.name if unit else _("Without a unit")
        rows.append(LateRow(name, _(step.label), book.due_on(step.due, unit_id), count, url))
    return rows
