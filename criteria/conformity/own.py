"""What is wrong with a framework by itself, whatever it concretises."""

from collections.abc import Iterator
from decimal import Decimal

from criteria.conformity import vocabulary, words
from criteria.conformity.model import Framework
from criteria.conformity.places import PlacedCriterion, criteria_of, groups_of
from criteria.conformity.result import Breach, breach

SUM = "Nhóm {name}: trọng số các tiêu chí cộng lại là {total}, tổng ghi của nhóm là {sum}."
TWIN_CRITERION = "Mã tiêu chí {code} đứng hai lần: “{first}” và “{second}”."
TWIN_GROUP = "Mã nhóm {code} đứng hai lần: “{first}” và “{second}”."
NO_TEXT = "Tiêu chí {name}: chưa có nội dung mức {level}."


def breaches(framework: Framework) -> Iterator[Breach]:
    """Codes that stand twice and weights that do not add up to the sum of their group."""
    yield from _twin_groups(framework)
    yield from _twin_criteria(framework)
    yield from _sums(framework)


def missing_texts(framework: Framework) -> Iterator[Breach]:
    """Every level without a text, where the criteria are marked by levels."""
    if framework.marking != "levels":
        return
    for placed in criteria_of(framework):
        for name, level in placed.criterion.levels.each():
            if not level.text.strip():
                message = NO_TEXT.format(name=words.named(placed.criterion), level=words.LEVEL_NAMES[name])
                cites = words.clause_of_criterion(framework, placed.criterion)
                yield breach(vocabulary.LEVEL_MISSING, placed.place.below(f"levels.{name}"), message, cites)


def _twin_groups(framework: Framework) -> Iterator[Breach]:
    first: dict[str, str] = {}
    for placed in groups_of(framework):
        group = placed.group
        if group.code in first:
            message = TWIN_GROUP.format(code=group.code, first=first[group.code], second=group.title)
            cites = words.clause_of_group(framework, group)
            yield breach(vocabulary.DUPLICATE_CODE, placed.place.below("code"), message, cites)
        first.setdefault(group.code, group.title)


def _twin_criteria(framework: Framework) -> Iterator[Breach]:
    first: dict[str, PlacedCriterion] = {}
    for placed in criteria_of(framework):
        code = placed.criterion.code
        if code in first:
            title = first[code].criterion.title
            message = TWIN_CRITERION.format(code=code, first=title, second=placed.criterion.title)
            cites = words.clause_of_criterion(framework, placed.criterion)
            yield breach(vocabulary.DUPLICATE_CODE, placed.place.below("code"), message, cites)
        first.setdefault(code, placed)


def _sums(framework: Framework) -> Iterator[Breach]:
    for placed in groups_of(framework):
        weights = [criterion.weight for criterion in placed.group.criteria if criterion.weight is not None]
        total = sum(weights, Decimal(0))
        if weights and placed.group.sum is not None and total != placed.group.sum:
            name, declared = words.named(placed.group), words.number(placed.group.sum)
            message = SUM.format(name=name, total=words.number(total), sum=declared)
            cites = words.clause_of_group(framework, placed.group)
            yield breach(vocabulary.WEIGHT_SUM, placed.place.below("sum"), message, cites)
