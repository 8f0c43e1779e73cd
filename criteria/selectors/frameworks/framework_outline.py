"""What the writing pages of a framework show beside the text: the outline, sums of weights, breaches with a way out."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.conformity import Breach, Result
from criteria.conformity import vocabulary as codes
from criteria.models import Criterion, CriterionGroup, Framework, KeptCriterion, KeptReason, Marking
from criteria.selectors.frameworks import conforming
from criteria.selectors.frameworks.criterion_content import LEVELS, SHARED, content_of, figure
from criteria.selectors.frameworks.framework_choice import reaches_province
from criteria.selectors.frameworks.frameworks import texts_of, untitled, with_texts
from orgs.models import Collective, Job, Position, Unit, User
from orgs.models.names import fold
from orgs.selectors.unit_tree import UnitTree
from orgs.selectors.word_differences import Piece, pieces

TICK, EXCLAMATION, DOT, EMPTY = "tick", "exclamation", "dot", "empty"
MOST_FOUND = 20


@dataclass(frozen=True)
class Finding:
    """One sentence of the check, with what mends it; `is_warning` bars nothing.

    `code` and `path` name it where an exception may be recorded for it.
    """

    message: str
    cites: str
    way: str = ""
    is_warning: bool = False
    code: str = ""
    path: str = ""


@dataclass(frozen=True)
class CriterionLine:
    """One criterion of the outline."""

    criterion: Criterion
    mark: str
    is_here: bool


@dataclass(frozen=True)
class GroupLine:
    """One group of the outline: what its weights add up to, and whether that is what is declared."""

    group: CriterionGroup
    lines: tuple[CriterionLine, ...]
    sum_words: str
    sum_tone: str


@dataclass(frozen=True)
class Outline:
    """The whole framework as its writing pages show it at the side."""

    framework: Framework
    groups: tuple[GroupLine, ...]
    result: Result

    @property
    def done(self) -> int:
        """How many criteria lack nothing."""
        return sum(line.mark == TICK for group in self.groups for line in group.lines)

    @property
    def total(self) -> int:
        """How many criteria there are."""
        return sum(len(group.lines) for group in self.groups)

    def findings(self) -> list[Finding]:
        """What the check says about the framework as a whole, nothing of a single criterion of its own."""
        return [*_told(self.result.breaches, is_warning=False), *_told(self.result.warnings, is_warning=True)]


@dataclass(frozen=True)
class Beside:
    """One field of the criterion above, beside what stands here."""

    name: str
    above: str
    pieces: list[Piece]
    is_same: bool


def outline_of(framework: Framework, here: Criterion | None = None) -> Outline:
    """The outline with the marks of every criterion."""
    result = conforming.result_of(framework)
    groups = tuple(_group_line(framework, group, result, here) for group in with_texts(framework))
    return Outline(framework, groups, result)


def findings_of(result: Result, criterion: Criterion) -> list[Finding]:
    """What the check says about one criterion, what bars the issue first."""
    own = [breach for breach in result.breaches if _is_about(breach, criterion)]
    remarks = [warning for warning in result.warnings if _is_about(warning, criterion)]
    nameless = [] if criterion.title.strip() else [Finding(untitled(criterion), "", _("Write its title."))]
    return [*nameless, *_ways(own, is_warning=False), *_ways(remarks, is_warning=True)]


def findings_in_words(framework: Framework, criterion: Criterion) -> str:
    """The same in one line, for the foot of the page while it is written."""
    found = findings_of(conforming.result_of(framework), criterion)
    barring = [row.message for row in found if not row.is_warning]
    if barring:
        return " ".join(barring)
    return _("Nothing in this criterion bars the issue.") if not found else found[0].message


def beside(criterion: Criterion, above: Criterion | None) -> dict[str, Beside]:
    """What the criterion above says, field by field, where it says anything."""
    if above is None:
        return {}
    theirs, own = content_of(above), content_of(criterion)
    return {
        name: Beside(name, theirs[name], pieces(theirs[name], own[name]), theirs[name] == own[name])
        for name in (*SHARED, "weight", *LEVELS)
        if theirs[name]
    }


def criteria_above(framework: Framework) -> list[tuple[str, str]]:
    """The criteria of the parent as (code, what it is called)."""
    if not framework.parent_id:
        return []
    rows = Criterion.objects.filter(group__framework=framework.parent_id).select_related("group")
    ordered = rows.order_by("group__order", "order")
    return [(row.code or row.number, f"{row.group.number} · {row.code or row.number} {row.title}") for row in ordered]


def criteria_written_by(user: User, framework: Framework) -> QuerySet[KeptCriterion]:
    """The texts of `user` that were not taken and wait for a decision."""
    rows = KeptCriterion.objects.filter(framework=framework, user=user, settled_at=None)
    return rows.exclude(why=KeptReason.DROPPED)


def left_out(framework: Framework) -> list[KeptCriterion]:
    """The criteria that were left out and may be put back, the last one first."""
    rows = KeptCriterion.objects.filter(framework=framework, why=KeptReason.DROPPED, settled_at=None)
    standing = Criterion.objects.filter(group__framework=framework).values("uuid")
    return list(rows.exclude(criterion__in=standing).select_related("user__person"))


def coverable(framework: Framework, text: str) -> list[Job | Position | Collective | Unit]:
    """Jobs and positions, and collectives and units below the issuer, by code or words; at most 20 of each kind."""
    wanted = fold(text.strip())
    if not wanted:
        return []
    by_words = Q(code__iexact=text.strip()) | Q(name__icontains=text.strip())
    today = timezone.localdate()
    units = Unit.objects.without_tree_fields().current(today)
    if not reaches_province(framework):
        units = units.filter(pk__in=UnitTree().subtree([framework.issuer_id]))
    found = (
        Job.objects.filter(by_words),
        Position.objects.filter(by_words),
        Collective.objects.current(today).filter(by_words, unit__in=units.values("pk")).select_related("unit"),
        units.filter(Q(search__contains=wanted) | Q(code__iexact=text.strip())),
    )
    return [row for rows in found for row in rows.order_by("name")[:MOST_FOUND]]


def _group_line(framework: Framework, group: CriterionGroup, result: Result, here: Criterion | None) -> GroupLine:
    rows = list(group.criteria.all())
    lines = tuple(
        CriterionLine(row, _mark(framework, row, result), here is not None and row.pk == here.pk) for row in rows
    )
    weights = [row.weight for row in rows if row.weight is not None]
    total = sum(weights, Decimal(0))
    if group.weight_sum is None:
        return GroupLine(group, lines, _("weights: %(sum)s") % {"sum": figure(total)} if weights else "", "quiet")
    words = {"sum": figure(total), "declared": figure(group.weight_sum)}
    said = _("%(sum)s of %(declared)s, fixed") if group.is_sum_fixed else _("%(sum)s of %(declared)s")
    tone = "quiet" if not weights else "ok" if total == group.weight_sum else "bad"
    return GroupLine(group, lines, said % words, tone)


def _mark(framework: Framework, row: Criterion, result: Result) -> str:
    if any(_is_about(breach, row) and breach.code != codes.LEVEL_MISSING for breach in result.breaches):
        return EXCLAMATION
    texts = texts_of(row).values()
    has_title = bool(row.title.strip())
    if has_title and (all(texts) or framework.marking != Marking.LEVELS):
        return TICK
    return DOT if has_title or any(texts) else EMPTY


def _is_about(breach: Breach, criterion: Criterion) -> bool:
    own = f"criteria['{criterion.code or criterion.number}']"
    above = f"parent.criteria['{criterion.concretises}']" if criterion.concretises else own
    return breach.named.startswith((own, above))


def _told(breaches: Iterable[Breach], *, is_warning: bool) -> list[Finding]:
    return _ways([row for row in breaches if not row.named.startswith("criteria[")], is_warning=is_warning)


def _ways(breaches: Iterable[Breach], *, is_warning: bool) -> list[Finding]:
    ways, found = _all_ways(), []
    for row in breaches:
        named = (row.code, row.named) if row.code in codes.BREACHES and not is_warning else ("", "")
        found.append(Finding(row.message, row.cites, ways.get(row.code, ""), is_warning, *named))
    return found


def _all_ways() -> dict[str, str]:
    return {
        codes.MISSING_REQUIRED: _(
            "Take it over from the framework above, or say which required criterion here concretises it."
        ),
        codes.FIXED_SUM_CHANGED: _("Give the group the sum of the framework above, and mark it as fixed."),
        codes.LEVEL_LOOSENED: _("Ask for at least as much as the framework above, or record an exception."),
        codes.LEVEL_CHANGED: _(
            "Take over the text above; or an officer of the body above confirms that it is not loosened; or record an "
            "exception."
        ),
        codes.DUPLICATE_CODE: _("Give one of the two another code."),
        codes.WEIGHT_SUM: _("Change the weights until they add up, or the sum of the group."),
        codes.UNKNOWN_PARENT: _("Choose the criterion above from the list, or none."),
        codes.LEVEL_MISSING: _("Write the text of this level."),
    }
