"""Sums of groups and weights: what the regulation fixes stays, what is the framework's own is pointed out."""

from collections.abc import Iterator
from decimal import Decimal

from criteria.conformity import vocabulary, words
from criteria.conformity.lineage import descents
from criteria.conformity.model import Framework
from criteria.conformity.places import PlacedGroup, field, groups_of
from criteria.conformity.result import Breach, breach

FIXED_GONE = "Nhóm {name}: tổng {sum} do quy định ấn định, khung này không còn nhóm này."
FIXED_OTHER = "Nhóm {name}: tổng do quy định ấn định là {sum}, ở khung này: {own}."
FIXED_FREED = "Nhóm {name}: tổng {sum} do quy định ấn định, khung này không còn ghi là cố định."
OTHER_SUM = "Nhóm {name}: tổng ở khung cấp trên là {sum}, ở khung này: {own}."
SUM_GONE = "Nhóm {name} có tổng {sum} ở khung cấp trên, khung này không có nhóm này."
OTHER_TOTAL = (
    "Các nhóm {codes} thuộc cùng một nhóm của quy định: tổng cộng ở khung cấp trên là {sum}, ở khung này: {own}."
)
OTHER_WEIGHT = "Tiêu chí {name} có trọng số {weight}, các tiêu chí cụ thể hóa ({codes}) cộng lại là {own}."


def breaches(parent: Framework, child: Framework) -> Iterator[Breach]:
    """Groups whose sum the regulation fixes: each stays, with its code, its sum, and as fixed."""
    for above in groups_of(parent):
        if not above.group.sum_fixed:
            continue
        cites, pieces = words.clause_of_group(parent, above.group), _same(above, child)
        places = {"name": words.named(above.group), "sum": words.number(above.group.sum)}
        if not pieces:
            yield breach(vocabulary.FIXED_SUM_CHANGED, above.place.in_parent(), FIXED_GONE.format(**places), cites)
        for piece in pieces:
            if piece.group.sum != above.group.sum:
                message = FIXED_OTHER.format(own=words.number(piece.group.sum), **places)
                yield breach(vocabulary.FIXED_SUM_CHANGED, piece.place.below("sum"), message, cites)
            elif not piece.group.sum_fixed:
                place, message = piece.place.below("sum_fixed"), FIXED_FREED.format(**places)
                yield breach(vocabulary.FIXED_SUM_CHANGED, place, message, cites)


def warnings(parent: Framework, child: Framework) -> Iterator[Breach]:
    """Other sums that differ, their total within one group of the regulation, weights that moved between criteria."""
    yield from _other_sums(parent, child)
    yield from _other_totals(parent, child)
    yield from _other_weights(parent, child)


def _other_sums(parent: Framework, child: Framework) -> Iterator[Breach]:
    for above in groups_of(parent):
        if above.group.sum_fixed or above.group.sum is None:
            continue
        cites, pieces = words.clause_of_group(parent, above.group), _same(above, child)
        places = {"name": words.named(above.group), "sum": words.number(above.group.sum)}
        if not pieces:
            yield breach("sum_changed", above.place.in_parent(), SUM_GONE.format(**places), cites)
        for piece in pieces:
            if piece.group.sum != above.group.sum:
                message = OTHER_SUM.format(own=words.number(piece.group.sum), **places)
                yield breach("sum_changed", piece.place.below("sum"), message, cites)


def _other_totals(parent: Framework, child: Framework) -> Iterator[Breach]:
    for key in dict.fromkeys(group.group for group in parent.groups):
        groups = [group for group in parent.groups if group.group == key]
        above, own = _total(parent, key), _total(child, key)
        if len(groups) > 1 and above is not None and own is not None and above != own:
            codes = ", ".join(group.code for group in groups)
            message = OTHER_TOTAL.format(codes=codes, sum=words.number(above), own=words.number(own))
            yield breach("sum_changed", field("groups"), message, words.clause_of_group(parent, groups[0]))


def _other_weights(parent: Framework, child: Framework) -> Iterator[Breach]:
    for descent in descents(parent, child):
        weight = descent.above.criterion.weight
        total = sum((piece.criterion.weight or Decimal(0) for piece in descent.pieces), Decimal(0))
        if weight is None or not descent.pieces or total == weight:
            continue
        message = OTHER_WEIGHT.format(
            name=words.named(descent.above.criterion),
            weight=words.number(weight),
            codes=descent.codes,
            own=words.number(total),
        )
        cites = words.clause_of_criterion(parent, descent.above.criterion)
        yield breach("weight_changed", descent.first.place.below("weight"), message, cites)


def _same(above: PlacedGroup, child: Framework) -> list[PlacedGroup]:
    # A code alone proves nothing: group I may be another group of the regulation below.
    wanted = (above.group.code, above.group.group)
    return [placed for placed in groups_of(child) if (placed.group.code, placed.group.group) == wanted]


def _total(framework: Framework, key: str) -> Decimal | None:
    total = Decimal(0)
    for group in framework.groups:
        if group.group == key:
            if group.sum is None:
                return None
            total += group.sum
    return total
