"""One page of the catalogue as its list shows it: plain cells instead of works."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from orgs.workflow import State
from registrations.models import Obstacle, Work, WorkField, WorkKind, WorkOutcome
from registrations.workflow import WORK

CELLS = (
    "pk", "uuid", "name", "registration__unit_name", "registration__year", "kind", "field", "finishes_on", "state",
    "verified_outcome",
)  # fmt: skip
KINDS = {WorkKind.HARD: _("Hard work"), WorkKind.NEW: _("New work")}
OUTCOMES = WorkOutcome.choices
Standing = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A work in the list. `place` is where and for which year, `standing` are its unsolved obstacles, each with the
    body for which it waits (or "").
    """

    subject: str
    pk: int
    uuid: UUID
    name: str
    place: str
    kind: str
    field: str
    finishes_on: date | None
    state: str
    outcome: str
    standing: list[Standing]

    @property
    def state_row(self) -> State:
        """The row of the state in the workflow of works."""
        return WORK.state(self.state)


def paged(rows: QuerySet[Work], number: str | None, size: int) -> Page:
    """The page `number` of `rows` in lines; the nearest page where there is no such. Four queries.

    Their order is settled on the keys alone: a sorter that carries the cells of all rows takes twice as long.
    """
    page = Paginator(rows.values_list("pk", flat=True), size).get_page(number)
    page.object_list = lines_of(list(page.object_list))
    return page


def lines_of(ids: list[int]) -> list[Line]:
    """The works of `ids` in that order; two queries."""
    who = Coalesce("registration__person__full_name", "registration__collective__name")
    cells = {row[1]: row for row in Work.objects.filter(pk__in=ids).order_by().values_list(who, *CELLS)}
    # Each word is put into the reader's language once, not once a line.
    words = [{key: str(word) for key, word in found} for found in (KINDS.items(), WorkField.choices, OUTCOMES)]
    standing = _standing(ids)
    return [_line(*cells[pk], words, standing[pk]) for pk in ids if pk in cells]


def _line(*cells: Any) -> Line:
    *first, unit_name, year, kind, field, day, state, outcome, (kinds, fields, outcomes), standing = cells
    place, word = f"{unit_name} · {year}", outcomes.get(outcome, "")
    return Line(*first, place, kinds[kind], fields.get(field, ""), day, state, word, standing)


def _standing(ids: list[int]) -> dict[int, list[Standing]]:
    rows = Obstacle.objects.filter(work__in=ids, solved_on=None).order_by("found_on", "id")
    found: dict[int, list[Standing]] = defaultdict(list)
    for work, text, body in rows.values_list("work_id", "text", "waits_for__name"):
        found[work].append((text, body or ""))
    return found
