"""Which regulation applies: a function of side, subject, kind of period and last day, with no gap filled in silence."""

from collections.abc import Iterable
from datetime import date

from criteria.regulation.model import Regulation
from criteria.regulation.shelf import shipped


def applicable(
    side: str, subject: str, period: str, day: date, among: Iterable[Regulation] | None = None
) -> tuple[Regulation, ...]:
    """Every regulation of this side that rates this kind of subject for this kind of period ending on this day.

    `side` is party or state; `among` the regulations to choose from, those shipped where none are given. Illustrations
    never apply.
    """
    offered = shipped().values() if among is None else among
    return tuple(
        each for each in offered if each.side == side and not each.is_illustration and each.covers(subject, period, day)
    )


def choose(
    side: str, subject: str, period: str, day: date, among: Iterable[Regulation] | None = None
) -> Regulation | None:
    """The one regulation that applies, read as on that day; None where there is none.

    ValueError names the keys where several apply: an administrator has to end one of them.
    """
    found = applicable(side, subject, period, day, among)
    if len(found) > 1:
        raise ValueError(f"{', '.join(each.key for each in found)} all apply to {subject} on {day.isoformat()}")
    return found[0].at(day) if found else None
