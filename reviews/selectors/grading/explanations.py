"""A suggestion in the words of a page: the conditions grade by grade, points, what is missing and who can give it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from criteria.models import Regulation as RegulationRow
from criteria.rating import Ceiling, Condition, FactsRefused, Suggestion, conditions, parse_facts
from criteria.regulation import Regulation
from criteria.regulation.vocabulary import GRADES, TO_BE_CONFIRMED
from reviews.models import Rating
from reviews.selectors.grading.grounds import Grounds, grounds_of
from reviews.selectors.grading.suggestions import Explained, explained
from reviews.selectors.laws import law_of_rating

PEOPLE = {
    "levels": gettext_lazy("the author, in the self-review"),
    "tasks": gettext_lazy("the author, on the facts sheet"),
    "units_led": gettext_lazy("the author, on the facts sheet"),
    "collective_tasks": gettext_lazy("the author, on the facts sheet"),
    "collective_grade": gettext_lazy("the deciding body, when the collective is rated"),
    "state_grade": gettext_lazy("the head of the agency"),
    "points": gettext_lazy("the author, in the self-review"),
    "members_graded": gettext_lazy("the Party organisation, when its members are rated"),
    "shortcomings": gettext_lazy("the officer, in the register"),
    "review_completed": gettext_lazy("the meeting"),
    "role": gettext_lazy("the officer, in the collective's list of members"),
}
# An organisation writes nothing: what others state in their reviews is stated for it by the officer.
FOR_ORGANISATIONS = {
    "levels": gettext_lazy("the report of the body that leads it, or the officer from a sheet"),
    "points": gettext_lazy("the report of the body that leads it, or the officer from a paper"),
    "tasks": gettext_lazy("the officer, among the numbers of tasks"),
    "units_led": gettext_lazy("the officer, among the numbers of tasks"),
}
FIELDS = {
    "assigned": gettext_lazy("tasks assigned"),
    "done": gettext_lazy("tasks done"),
    "on_time": gettext_lazy("tasks on time"),
    "beyond": gettext_lazy("tasks beyond the target"),
    "quality_met": gettext_lazy("whether quality was met"),
    "main_targets_missed": gettext_lazy("whether main targets were missed"),
    "quality": gettext_lazy("level of personal quality"),
    "building": gettext_lazy("level of building the collective"),
    "results": gettext_lazy("level of results"),
    "remedy": gettext_lazy("level of remedying shortcomings"),
    "collective_grade": gettext_lazy("grade of the collective"),
    "state_grade": gettext_lazy("State-side grade"),
    "named": gettext_lazy("shortcomings named"),
    "remedied": gettext_lazy("shortcomings remedied"),
    "review_completed": gettext_lazy("a finished review"),
    "role": gettext_lazy("part in the collective"),
    "subordinate_units": gettext_lazy("how many subordinate units there are"),
    "total": gettext_lazy("how many were graded"),
    "completed_or_better": gettext_lazy("how many were rated completed or better"),
    "good_or_better": gettext_lazy("how many were rated good or better"),
    "points.common": gettext_lazy("points of the common criteria"),
    "points.results": gettext_lazy("points of the results"),
}
# What stands before the name of a fact that is counted in more than one place.
PLACES = {
    "units_led": gettext_lazy("unit led"),
    "members_graded": gettext_lazy("members"),
    "same_level_bodies": gettext_lazy("bodies of the same level"),
    "collective_tasks": gettext_lazy("collective"),
}
OPEN = "open"
COUNTED = {
    "met": gettext_lazy("%(n)s met"),
    "unmet": gettext_lazy("%(n)s not met"),
    "unknown": gettext_lazy("%(n)s not known yet"),
    OPEN: gettext_lazy("%(n)s to be confirmed"),
}


@dataclass(frozen=True)
class Unknown:
    """A fact that the regulation requires and nobody has stated, and who can give it."""

    path: str
    what: str
    who: str


@dataclass(frozen=True)
class Line:
    """A condition as it is shown; `mark` is met, unmet, unknown, not_concerned, or open while it is to be confirmed."""

    condition: Condition
    mark: str
    lacks: tuple[Unknown, ...]

    @property
    def sentence(self) -> str:
        """Where the facts stand: the reason where the condition is not met, the figures where they are known."""
        return self.condition.reason or self.condition.figures


@dataclass(frozen=True)
class Branch:
    """The conditions of one grade, firm ones first; `grade` is empty for those of being rated at all."""

    grade: str
    label: str
    lines: tuple[Line, ...]

    def count(self, mark: str) -> int:
        """How many lines bear a mark."""
        return sum(line.mark == mark for line in self.lines)

    @property
    def is_barred(self) -> bool:
        """Whether some firm condition is not met."""
        return self.count("unmet") > 0

    @property
    def words(self) -> str:
        """How many conditions stand how."""
        counted = {mark: self.count(mark) for mark in COUNTED}
        return ", ".join(str(COUNTED[mark]) % {"n": count} for mark, count in counted.items() if count)


@dataclass(frozen=True)
class PointsRow:
    """One group of points, or their sum (group "total"): what was reached ("27,5", empty while unknown) of how many."""

    group: str
    reached: str
    maximum: int


@dataclass(frozen=True)
class Explanation:
    """A suggestion laid out for a page. `law` is the row of the regulation, to which every line links."""

    explained: Explained
    law: RegulationRow
    unknown: tuple[Unknown, ...]
    branches: tuple[Branch, ...]
    gates: Branch
    points: tuple[PointsRow, ...]
    grounds: Grounds = ()

    @property
    def suggestion(self) -> Suggestion:
        """The suggestion itself."""
        return self.explained.suggestion

    @property
    def deciding(self) -> tuple[Ceiling, ...]:
        """The ceilings that decide: the lowest ones, or the first rule that gives no grade at all."""
        found = self.suggestion.ceilings
        if self.suggestion.outcome != "graded":
            return found[:1] if found and found[0].caps_at is None else ()
        return tuple(row for row in found if row.caps_at == self.suggestion.grade)

    @property
    def open_lines(self) -> tuple[Line, ...]:
        """Everything that is to be confirmed, each with its question."""
        return tuple(line for branch in (self.gates, *self.branches) for line in branch.lines if line.mark == OPEN)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition shown."""
        return tuple(line.condition for branch in (self.gates, *self.branches) for line in branch.lines)


def explanation_of(rating: Rating) -> Explanation:
    """The suggestion for one rating, with every condition of its regulation; what was frozen as it was frozen."""
    found = explained(rating)
    law = law_of_rating(rating)
    rows = found.conditions if found.conditions is not None else _conditions(law, found)
    people = PEOPLE | (FOR_ORGANISATIONS if rating.organisation_id else {})
    lines = tuple(line_of(row, people) for row in rows if row.state != "not_concerned")
    return Explanation(
        found,
        rating.regulation or rating.cycle.regulation,
        tuple(unknown_of(path, people) for path in found.suggestion.missing),
        branches_of(lines, law),
        Branch("", "", _firm_first(line for line in lines if line.condition.stands_under is None)),
        tuple(_points(law, found)),
        grounds_of(rating),
    )


def branches_of(lines: Sequence[Line], law: Regulation) -> tuple[Branch, ...]:
    """The lines under the grades that ask for them, the best first; a grade without conditions is left out."""
    found = (
        Branch(grade, law.grade_label(grade), _firm_first(row for row in lines if row.condition.stands_under == grade))
        for grade in GRADES[:-1]
    )
    return tuple(branch for branch in found if branch.lines)


def line_of(condition: Condition, people: Mapping[str, object] = PEOPLE) -> Line:
    """A condition as it is shown."""
    mark = OPEN if condition.standing == TO_BE_CONFIRMED else condition.state
    return Line(condition, mark, tuple(unknown_of(path, people) for path in condition.lacks))


def unknown_of(path: str, people: Mapping[str, object] = PEOPLE) -> Unknown:
    """A fact in words, and who of `people` (by the first part of the path) can give it."""
    first, _dot, last = path.partition(".")
    what = str(FIELDS.get(path) or FIELDS.get(last or first, path))
    if last and first in PLACES:
        what = f"{PLACES[first]}: {what}"
    return Unknown(path, what, str(people.get(first, _("the officer"))))


def _conditions(law: Regulation, found: Explained) -> tuple[Condition, ...]:
    # What was frozen before conditions were kept is judged again; facts that the law no longer reads say nothing.
    try:
        return conditions(law, parse_facts(law, found.facts))
    except FactsRefused:
        return ()


def _firm_first(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: line.mark == OPEN))


def _points(law: Regulation, found: Explained) -> Iterator[PointsRow]:
    if not law.counting.maxima:
        return
    reached = found.suggestion.points or found.facts.get("points") or {}
    for group, maximum in law.counting.maxima.items():
        yield PointsRow(group, _comma(reached.get(group)), maximum)
    yield PointsRow("total", _comma(reached.get("total")), sum(law.counting.maxima.values()))


def _comma(points: str | None) -> str:
    return (points or "").replace(".", ",")
