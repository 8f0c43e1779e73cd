"""Figures that contradict each other within one criterion: pointed out, never a breach."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from criteria.conformity import words
from criteria.conformity.model import Criterion, Framework
from criteria.conformity.places import criteria_of
from criteria.conformity.result import Breach, breach
from criteria.conformity.vocabulary import AT_MOST

NO_DIRECTION = "có chỉ tiêu bằng số nhưng không ghi chiều (không dưới hay không quá)"
TARGET_ORDER = "chỉ tiêu mức {better} ({high}) dễ đạt hơn mức {worse} ({low})"
POINT_ORDER = "điểm mức {better} ({high}) thấp hơn mức {worse} ({low})"
OVER_WEIGHT = "điểm mức {level} ({points}) vượt trọng số {weight}"

Figures = list[tuple[str, Decimal]]


def warnings(framework: Framework) -> Iterator[Breach]:
    """Targets without a direction, levels out of order, points above the weight."""
    for placed in criteria_of(framework):
        cites = words.clause_of_criterion(framework, placed.criterion)
        for code, where, found in _contradictions(placed.criterion):
            message = f"Tiêu chí {words.named(placed.criterion)}: {found}."
            yield breach(code, placed.place.below(where), message, cites)


def _contradictions(criterion: Criterion) -> Iterator[tuple[str, str, str]]:
    targets = [(name, level.target) for name, level in criterion.levels.each() if level.target is not None]
    points = [(name, level.points) for name, level in criterion.levels.each() if level.points is not None]
    if targets and criterion.direction is None:
        yield "targets_without_direction", "direction", NO_DIRECTION
    elif criterion.direction == AT_MOST:
        yield from (("targets_out_of_order", "levels", found) for found in _risen(TARGET_ORDER, targets[::-1], True))
    else:
        yield from (("targets_out_of_order", "levels", found) for found in _risen(TARGET_ORDER, targets))
    yield from (("points_out_of_order", "levels", found) for found in _risen(POINT_ORDER, points))
    if criterion.weight is not None:
        yield from (("points_above_weight", "levels", found) for found in _over(points, criterion.weight))


def _risen(sentence: str, figures: Figures, reverse: bool = False) -> Iterator[str]:
    for one, two in pairwise(figures):
        if one[1] < two[1]:
            better, worse = (two, one) if reverse else (one, two)
            yield sentence.format(
                better=words.LEVEL_NAMES[better[0]],
                high=words.number(better[1]),
                worse=words.LEVEL_NAMES[worse[0]],
                low=words.number(worse[1]),
            )


def _over(points: Figures, weight: Decimal) -> Iterator[str]:
    for name, value in points:
        if value > weight:
            yield OVER_WEIGHT.format(
                level=words.LEVEL_NAMES[name], points=words.number(value), weight=words.number(weight)
            )
