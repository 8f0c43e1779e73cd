"""The check: a framework against its parent, and a framework by itself."""

from collections.abc import Iterator

from criteria.conformity import exceptions, figures, levels, lineage, own, sums, words
from criteria.conformity.model import Framework
from criteria.conformity.places import criteria_of, field
from criteria.conformity.result import Breach, Result, breach
from criteria.conformity.vocabulary import UNKNOWN_PARENT

OWN_PARENT = "Khung này ghi chính nó là khung cấp trên."
NO_PARENT = "Tiêu chí {name} ghi là cụ thể hóa tiêu chí {code}, nhưng khung này không có khung cấp trên."


def check(parent: Framework, child: Framework) -> Result:
    """Whether `child` may concretise `parent`: every breach with its place in the child and the parent's clause.

    A place that begins with `parent.` is one of the parent, where the child has nothing. A framework compared with
    itself, or a copy under the same key, concretises by its own codes.
    """
    child = lineage.as_child(parent, child)
    found = [
        *own.breaches(child),
        *lineage.breaches(parent, child),
        *sums.breaches(parent, child),
        *levels.breaches(parent, child),
    ]
    named = {each.path for each in found}
    remarks = [
        *lineage.warnings(parent, child),
        *sums.warnings(parent, child),
        *(missing for missing in own.missing_texts(child) if missing.path not in named),
        *figures.warnings(child),
    ]
    return _result(child, found, remarks)


def check_alone(framework: Framework) -> Result:
    """What must be mended in a framework whatever stands above it; `level_missing` is a breach here."""
    found = [*own.breaches(framework), *own.missing_texts(framework), *_without_parent(framework)]
    return Result(not found, tuple(found), tuple(figures.warnings(framework)))


def _result(child: Framework, found: list[Breach], remarks: list[Breach]) -> Result:
    standing, allowed = exceptions.split(child, found)
    return Result(not standing, tuple(standing), (*allowed, *remarks))


def _without_parent(framework: Framework) -> Iterator[Breach]:
    if framework.parent == framework.key:
        yield breach(UNKNOWN_PARENT, field("parent"), OWN_PARENT, words.clause(framework))
    if framework.parent is not None:
        return
    for placed in criteria_of(framework):
        code = placed.criterion.concretises
        if code is not None:
            message = NO_PARENT.format(name=words.named(placed.criterion), code=code)
            cites = words.clause_of_criterion(framework, placed.criterion)
            yield breach(UNKNOWN_PARENT, placed.place.below("concretises"), message, cites)
