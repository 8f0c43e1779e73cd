"""What a regulation requires to be stated before it suggests a grade."""

from functools import lru_cache

from criteria.rating.facts import Facts
from criteria.rating.parsing import refuse_unrated
from criteria.regulation import Regulation, Requirement


def required_paths(regulation: Regulation, rating: str, subject: str, period: str) -> tuple[str, ...]:
    """The dotted paths required for this rating of this subject and period, in the order of the regulation.

    FactsRefused where the regulation does not make such a rating.
    """
    refuse_unrated(regulation, rating, subject, period)
    rows = requirements(regulation, rating, subject, period)
    return tuple(dict.fromkeys(path for row in rows for path in row.paths))


def missing_paths(regulation: Regulation, facts: Facts) -> tuple[str, ...]:
    """The required paths that these facts do not state.

    A row for one role asks nothing of leaders in another, a row for bodies with subordinate units nothing of those
    without. The collective's grade, no ceiling for a head who has just moved in, is not asked of him.
    """
    rows = requirements(regulation, facts.rating, facts.subject, facts.period)
    asked = [path for row in rows if _asks(row, facts) for path in row.paths if not _is_excepted(row, path, facts)]
    return tuple(dict.fromkeys(path for path in asked if path not in facts.stated))


@lru_cache(maxsize=512)
def requirements(regulation: Regulation, rating: str, subject: str, period: str) -> tuple[Requirement, ...]:
    """The requirement rows that bind this rating of this subject and period."""
    return tuple(row for row in regulation.requirements if row.binds(rating, subject, period))


def _is_excepted(row: Requirement, path: str, facts: Facts) -> bool:
    return path == "collective_grade" and bool(row.roles) and bool(facts.newly_moved_head)


def _asks(row: Requirement, facts: Facts) -> bool:
    in_role = not row.roles or facts.role in row.roles
    if not row.units or facts.subordinate_units is None:
        return in_role and not row.units
    return in_role and (facts.subordinate_units > 0) is (row.units == "some")
