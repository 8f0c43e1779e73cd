"""Replays: what grades another regulation would have suggested for a closed round, and what it would have asked for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from criteria.models import Cycle
from criteria.models import Regulation as RegulationRow
from criteria.rating import FactsRefused, suggest
from criteria.regulation import Regulation
from criteria.selectors.rules import regulations
from criteria.selectors.rules.regulations import parsed
from orgs.models import User
from reviews.models import Grade, PeerGroup, Rating, Replay, ReplayLine
from reviews.selectors.grading.explanations import Unknown, unknown_of
from reviews.selectors.grading.quotas import DECIDED
from reviews.selectors.grading.suggestions import explained_now, is_better
from reviews.selectors.papers import summaries

CLOSED = "closed"
NOT_COVERED, UNREADABLE = "not_covered", "unreadable"
WORDS = {
    **{grade.value: grade.label for grade in Grade},
    "insufficient": _("Not enough facts"),
    "postponed": _("Postponed"),
    "exempt": _("Exempt"),
    "not_rated": _("Not rated"),
    NOT_COVERED: _("Not rated under this regulation"),
    UNREADABLE: _("Facts it cannot read"),
}
WAYS = ("up", "down", "same", "other")
# Points and sheets are counted by each regulation in its own way: what the other cannot read it has not been told.
OWN_COUNTING = ("sheet", "points")
RELATED = ("cycle__regulation", "regulation", "review__unit", "person", "collective", "organisation", "group")
LISTED = ("rating__person", "rating__collective", "rating__organisation", "rating__group", "rating__review")


@dataclass(frozen=True)
class End:
    """One end of a move: a grade, or (`grade` empty) an outcome in words."""

    name: str

    @property
    def grade(self) -> str:
        """The grade, empty for an outcome."""
        return self.name if self.name in Grade.values else ""

    @property
    def words(self) -> str:
        """The grade or outcome in words."""
        return str(WORDS[self.name])


@dataclass(frozen=True)
class Move:
    """How many came from one grade or outcome to another."""

    came_from: End
    came_to: End
    count: int

    @property
    def way(self) -> str:
        """up, down, same, or other where one of both is no grade."""
        if self.came_from == self.came_to:
            return "same"
        if not self.came_from.grade or not self.came_to.grade:
            return "other"
        return "up" if is_better(self.came_to.grade, self.came_from.grade) else "down"


@dataclass(frozen=True)
class SubjectRow:
    """One rating of a replay with both ends and the facts that are missing."""

    rating: Rating
    came_from: End
    came_to: End
    missing: tuple[Unknown, ...]


@dataclass
class GroupReport:
    """One peer group: its moves, the most frequent first, and the facts missing, by path with their number."""

    group: PeerGroup
    moves: list[Move] = field(default_factory=list)
    missing: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many ratings."""
        return sum(move.count for move in self.moves)

    @property
    def ways(self) -> dict[str, int]:
        """How many moved which way."""
        return {way: sum(move.count for move in self.moves if move.way == way) for way in WAYS}


def choices_for(cycle: Cycle, user: User) -> list[RegulationRow]:
    """The regulations by which a cycle can be judged once more: of its side, any that `user` reads but its own."""
    side = parsed(cycle.regulation).side
    rows = regulations.visible_to(user).exclude(pk=cycle.regulation_id).order_by("-in_force_from", "key")
    return [row for row in rows if parsed(row).side == side and cycle.period_kind in parsed(row).period_kinds]


def judged_by(law: Regulation, facts: Mapping[str, Any]) -> tuple[str, str]:
    """The grade that `law` suggests for these facts, or the outcome that is none, and what is missing then, by commas.

    `law` is read as at the end of the period, whether or not it was in force on that day.
    """
    if not facts:
        return UNREADABLE, ""
    if not law.rates(facts["rating"], facts["subject"]):
        return NOT_COVERED, ""
    for left_out in ((), OWN_COUNTING[:1], OWN_COUNTING):
        kept = {name: value for name, value in facts.items() if name not in ("regulation", *left_out)}
        try:
            answer = suggest(law, kept)
        except FactsRefused:
            continue
        return answer.grade or answer.outcome, ",".join(answer.missing)
    return UNREADABLE, ""


def suggested_in(ids: Sequence[int]) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
    """Each of these ratings with the grade or outcome its own law suggests, and the facts: frozen ones as they are."""
    rows = Rating.objects.filter(pk__in=ids)
    frozen = Q(state__in=DECIDED, suggestion__isnull=False)
    kept = rows.filter(frozen).order_by("id")
    for pk, facts, grade, outcome in kept.values_list("pk", "facts", "suggestion__grade", "suggestion__outcome"):
        yield pk, grade or outcome, facts or {}
    for pk, found in explained_now(rows.exclude(frozen).select_related(*RELATED).order_by("id")).items():
        yield pk, found.grade or found.suggestion.outcome, found.facts


def visible_to(user: User) -> QuerySet[Replay]:
    """The replays of rounds of which `user` reads some rating from inside."""
    rows = Replay.objects.filter(cycle__in=summaries.visible_to(user).order_by().values("cycle"))
    return rows.select_related("cycle__regulation", "regulation", "asked_by")


def lines_of(replay: Replay, user: User) -> QuerySet[ReplayLine]:
    """The lines of a replay as far as `user` reads their ratings, by group and name."""
    rows = ReplayLine.objects.filter(replay=replay, rating__in=summaries.visible_to(user).order_by().values("pk"))
    order = ("rating__group__order", "rating__group__title", "rating__sort_key", "id")
    heavy = ("rating__facts", "rating__suggestion", "rating__review__form")
    return rows.select_related(*LISTED).defer(*heavy).order_by(*order)


def narrowed(rows: QuerySet[ReplayLine], *, group: UUID | None, moved: bool) -> QuerySet[ReplayLine]:
    """The lines of one group (its uuid), or only those that move."""
    if group:
        rows = rows.filter(rating__group__uuid=group)
    return rows.exclude(came_from=F("came_to")) if moved else rows


def report_of(replay: Replay, user: User) -> list[GroupReport]:
    """The peer groups of a replay with their moves, in a constant number of queries."""
    rows = lines_of(replay, user).order_by()
    found: dict[int, list[Move]] = defaultdict(list)
    counted = rows.values_list("rating__group_id", "came_from", "came_to").annotate(count=Count("pk"))
    for group, came_from, came_to, count in counted:
        found[group].append(Move(End(came_from), End(came_to), count))
    missing = _missing(rows)
    groups = PeerGroup.objects.filter(pk__in=found).select_related("deciding_collective").order_by("order", "title")
    return [
        GroupReport(row, sorted(found[row.pk], key=lambda move: -move.count), missing.get(row.pk, {})) for row in groups
    ]


def total_of(report: Iterable[GroupReport]) -> tuple[list[Move], Mapping[str, int]]:
    """The moves of all groups together, and how often each fact is missing."""
    counted: dict[tuple[str, str], int] = defaultdict(int)
    missing: dict[str, int] = defaultdict(int)
    for row in report:
        for move in row.moves:
            counted[move.came_from.name, move.came_to.name] += move.count
        for path, count in row.missing.items():
            missing[path] += count
    moves = [Move(End(came_from), End(came_to), count) for (came_from, came_to), count in counted.items()]
    return sorted(moves, key=lambda move: -move.count), dict(sorted(missing.items(), key=lambda row: -row[1]))


def _missing(rows: QuerySet[ReplayLine]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    counted: Any = rows.exclude(missing="").values_list("rating__group_id", "missing").annotate(count=Count("pk"))
    for group, paths, count in counted:
        for path in paths.split(","):
            found[group][path] += count
    return found


def subject_rows(lines: Iterable[ReplayLine]) -> list[SubjectRow]:
    """The lines read by `lines_of` as they are shown."""
    return [
        SubjectRow(
            line.rating,
            End(line.came_from),
            End(line.came_to),
            tuple(unknown_of(path) for path in line.missing.split(",") if path),
        )
        for line in lines
    ]


def missing_words(missing: Mapping[str, int]) -> list[tuple[Unknown, int]]:
    """Facts in words, with how many subjects lack each."""
    return [(unknown_of(path), count) for path, count in missing.items()]
