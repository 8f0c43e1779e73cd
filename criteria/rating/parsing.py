"""From what JSON gave to clean facts, against one regulation; the contract's refusals all happen here."""

from collections.abc import Iterator, Mapping
from typing import Any

from criteria.rating import blocks
from criteria.rating.facts import CIRCUMSTANCES, CRITERIA_GROUPS, ROLES, Facts, Points, Sheet
from criteria.rating.points import counted_points
from criteria.rating.readers import Reader, day, fields, flag, many, text, under, whole, word
from criteria.rating.refusals import FactsRefused
from criteria.regulation import Regulation
from criteria.regulation.vocabulary import GRADES, LEVELS, PERIODS, POINT_GROUPS, RATINGS, SUBJECTS

IDENTITY = ("rating", "subject", "period")
READERS: dict[str, Reader] = {
    "regulation": text,
    "rating": word(RATINGS),
    "subject": word(SUBJECTS),
    "period": word(PERIODS),
    "period_end": day,
    "review_completed": flag,
    "levels": blocks.levels(CRITERIA_GROUPS, LEVELS),
    "points": blocks.points,
    "sheet": blocks.sheet,
    "tasks": blocks.work(blocks.TASKS),
    "units_led": blocks.work(blocks.UNITS_LED),
    "members_graded": blocks.work(blocks.GRADED),
    "same_level_bodies": blocks.work(blocks.GRADED),
    "collective_tasks": blocks.work(blocks.COLLECTIVE_TASKS),
    "discipline": many(blocks.discipline),
    "subordinate_units": whole,
    "findings": many(blocks.finding),
    "shortcomings": blocks.shortcomings,
    "role": word(ROLES),
    "newly_moved_head": flag,
    "collective_grade": word(GRADES),
    "is_civil_servant": flag,
    "state_grade": word(GRADES),
    "circumstances": many(word(CIRCUMSTANCES)),
    "quarters": blocks.quarters,
    "previous_year_grade": word(GRADES),
}
# Nothing assigned is not 100 %: these counts are known only when they are above 0.
BASES = ("assigned", "total")


def parse_facts(regulation: Regulation, data: object) -> Facts:
    """Clean facts for a rating under this regulation; FactsRefused with the path of the first thing that is wrong.

    `regulation` may be left out of the data; where it stands there it must be the key of the regulation given.
    """
    found = fields(data, READERS, IDENTITY)
    _refuse_other_regulation(regulation, found.pop("regulation", regulation.key))
    right = regulation.at(found.get("period_end"))
    refuse_unrated(right, found["rating"], found["subject"], found["period"])
    stated = set(_stated(data))
    if right.counting.maxima:
        points, sheet = found.get("points", Points()), found.get("sheet", Sheet())
        found["points"], found["most_points"] = counted_points(right.counting, found["subject"], points, sheet)
        stated |= {f"points.{group}" for group in POINT_GROUPS if getattr(found["points"], group) is not None}
    if "circumstances" in found:
        found["circumstances"] = frozenset(found["circumstances"])
    return Facts(stated=frozenset(stated), **found)


def regulation_key(data: object) -> str:
    """The key of the regulation that the data names; FactsRefused where it names none."""
    if not isinstance(data, dict):
        raise FactsRefused("", "must be an object")
    if "regulation" not in data:
        raise FactsRefused("regulation", "is missing")
    key: str = under("regulation", text, data["regulation"])
    return key


def refuse_unrated(regulation: Regulation, rating: str, subject: str, period: str) -> None:
    """Refuse a rating, a subject or a kind of period that the regulation does not have."""
    if rating not in regulation.ratings:
        raise FactsRefused("rating", f"{rating} is not made under {regulation.key}")
    if not regulation.rates(rating, subject):
        raise FactsRefused("subject", f"{subject} is not rated as {rating} under {regulation.key}")
    if period not in regulation.period_kinds:
        raise FactsRefused("period", f"{period} is not a period of {regulation.key}")


def _refuse_other_regulation(regulation: Regulation, key: str) -> None:
    if key != regulation.key:
        raise FactsRefused("regulation", f"is {key}, but the rating is made under {regulation.key}")


def _stated(data: Any) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from (f"{key}.{below}" for below, entry in value.items() if _is_known(below, entry))
        else:
            yield key


def _is_known(key: str, value: object) -> bool:
    return value != [] and not (key in BASES and value == 0)
