"""Two steps of concretising seen as one: what a body two levels down makes of the framework at the top."""

from dataclasses import replace

from criteria.conformity.model import Confirmation, Criterion, Framework
from criteria.conformity.places import criteria_of


def compose(middle: Framework, child: Framework) -> Framework:
    """The child, rewritten so that it concretises the parent of `middle` directly.

    Where a text of the middle was confirmed and the child kept it, the confirmation goes with it; one of the child
    beside a text of the middle that was itself confirmed stands beside the text at the top. Exceptions do not: each was
    granted for one step, so the composed framework shows every departure from the top. ValueError where `child` does
    not concretise `middle`.
    """
    if child.parent != middle.key:
        raise ValueError(f"{child.key} concretises {child.parent}, not {middle.key}")
    above = {placed.criterion.code: placed.criterion for placed in criteria_of(middle)}
    groups = tuple(
        replace(group, criteria=tuple(_raised(criterion, above) for criterion in group.criteria))
        for group in child.groups
    )
    return replace(child, parent=middle.parent, groups=groups, exceptions=())


def _raised(criterion: Criterion, above: dict[str, Criterion]) -> Criterion:
    middle = above.get(criterion.concretises or "")
    if middle is None:
        return replace(criterion, concretises=None)
    return replace(criterion, concretises=middle.concretises, confirmed=_both(criterion, middle))


def _both(criterion: Criterion, middle: Criterion) -> tuple[Confirmation, ...]:
    raised = (
        replace(row, above_sha256=step.above_sha256)
        for row in criterion.confirmed
        for step in middle.confirmed
        if (step.level, step.text_sha256) == (row.level, row.above_sha256)
    )
    return tuple(dict.fromkeys((*criterion.confirmed, *raised, *middle.confirmed)))
