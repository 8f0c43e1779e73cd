"""The year's results in a review: what can be ticked, into which items, what was ticked, and the numbers of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop

from criteria.regulation.form import Item
from orgs.models import User
from orgs.selectors.history import register_words
from registrations.models import YearResult
from registrations.selectors.results import results as log
from reviews.models import ResultUse, Review, Scope
from reviews.selectors.writing.forms import WritingPart, form_of, parts_of, shortened

TARGETS = ("tasks", "text")
WORDS = {
    "review.results_put": gettext_noop("Ticked results of the year into the review"),
    "review.result_left": gettext_noop("Counted a result no longer"),
}
LABEL = 90
# Each number of the totals and the rows behind it.
BEHIND: dict[str, Q] = {
    "assigned": Q(),
    "done": log.DONE,
    "on_time": log.ON_TIME,
    "beyond": log.BEYOND & log.DONE,
    "late_objective": log.LATE & Q(is_cause_objective=True),
    "undone_objective": Q(done_on=None, is_cause_objective=True),
    "undated": log.DONE & Q(planned_on=None),
}


@dataclass(frozen=True)
class ResultTotals:
    """How many ticked results there are, how many done, on time, beyond; `undated` were done, but have no due day."""

    assigned: int = 0
    done: int = 0
    on_time: int = 0
    beyond: int = 0
    late_objective: int = 0
    undone_objective: int = 0
    undated: int = 0

    @property
    def as_tally(self) -> dict[str, int | None]:
        """The numbers as they are stated; on time is unknown (None) while some result has no due day."""
        is_known = not self.undated
        return {
            "assigned": self.assigned,
            "done": self.done,
            "on_time": self.on_time if is_known else None,
            "beyond": self.beyond,
            "undone_objective": self.undone_objective,
            "late_objective": self.late_objective if is_known else None,
        }


@dataclass(frozen=True)
class Target:
    """An item of the form that takes results: a table of tasks, or a text."""

    part: WritingPart
    item: Item

    @property
    def label(self) -> str:
        """Its section and its own words."""
        return f"{self.part.number} {shortened(self.item.label, LABEL)}"


def targets_of(review: Review) -> dict[str, Target]:
    """{key of the item: the item}, tables of tasks first."""
    found = [Target(part, item) for part in parts_of(form_of(review)) for item in part.items if item.kind in TARGETS]
    ordered = sorted(found, key=lambda target: TARGETS.index(target.item.kind))
    return {target.item.key: target for target in ordered}


def candidates_of(review: Review) -> QuerySet[YearResult]:
    """The results of the subject in the period of the cycle that stand and are not counted yet, by their day."""
    mine = {"person": review.person_id} if review.person_id else {"collective": review.collective_id}
    period = log.in_period(review.cycle.period_start_on, review.cycle.period_end_on)
    used = ResultUse.objects.filter(review=review, result=OuterRef("pk"), taken_out_at=None)
    rows = YearResult.objects.filter(log.STANDING, period, ~Exists(used), **mine)
    return rows.select_related(*log.RELATED).order_by("done_on", "planned_on", "pk")


def uses_of(review: Review, which: str = "") -> QuerySet[ResultUse]:
    """What is counted in the review, or the rows behind one number of the totals (`which` a key of `BEHIND`)."""
    rows = ResultUse.objects.filter(review=review, taken_out_at=None, result__withdrawn_at=None)
    if condition := BEHIND.get(which):
        rows = rows.filter(result__in=YearResult.objects.filter(condition).values("pk"))
    related = (f"result__{name}" for name in log.RELATED)
    return rows.select_related("result", *related).order_by("result__done_on", "pk")


def totals_of(review: Review) -> ResultTotals:
    """The numbers of what is ticked, from the log as it stands now; one query."""
    used = ResultUse.objects.filter(review=review, taken_out_at=None)
    rows = YearResult.objects.filter(log.STANDING, pk__in=used.values("result"))
    counts = {name: Count("pk", filter=rule) for name, rule in BEHIND.items() if rule}
    return ResultTotals(**rows.aggregate(assigned=Count("pk"), **counts))


def readable(user: User, uses: QuerySet[ResultUse]) -> frozenset[int]:
    """The ids of the results among `uses` whose own page `user` may open."""
    return frozenset(log.visible_to(user).filter(pk__in=uses.order_by().values("result")).values_list("pk", flat=True))


@dataclass(frozen=True)
class TotalLine:
    """One number: from the log, as it was stated (None unknown), and the word under which it is opened."""

    which: str
    counted: int
    stated: int | None
    is_stated: bool

    @property
    def differs(self) -> bool:
        """Whether the stated number is another."""
        return self.is_stated and self.stated != self.counted


@dataclass(frozen=True)
class ResultGround:
    """The totals of one review beside what its facts sheet states of the own tasks."""

    review: Review
    totals: ResultTotals
    lines: tuple[TotalLine, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ticked."""
        return not self.totals.assigned


SHOWN = ("assigned", "done", "on_time", "beyond", "late_objective", "undone_objective")


def ground_of(review: Review, tallies: Mapping[str, object]) -> ResultGround:
    """What the log says of the review; `tallies` are the stated ones by scope. One query."""
    totals, own = totals_of(review), tallies.get(Scope.OWN)
    lines = tuple(
        TotalLine(name, getattr(totals, name), getattr(own, name, None), getattr(own, name, None) is not None)
        for name in SHOWN
    )
    return ResultGround(review, totals, lines)


def register() -> None:
    """Name the acts in histories; called from `AppConfig.ready`."""
    register_words(WORDS)
