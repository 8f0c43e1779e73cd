"""The catalogue over time: how many works came in, were to be finished and were verified, by month or quarter."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from registrations.models import Work, WorkOutcome

MONTH, QUARTER = "month", "quarter"


@dataclass(frozen=True)
class Period:
    """One month or quarter: its name ("03/2024", "Q1/2024") and the counts of what falls into it."""

    name: str
    received: int
    due: int
    done: int
    not_done: int

    @property
    def verified(self) -> int:
        """Verified with any outcome."""
        return self.done + self.not_done

    @property
    def most(self) -> int:
        """The highest of the counts: the length of the longest bar."""
        return max(self.received, self.due, self.verified)


@dataclass(frozen=True)
class Picture:
    """The periods from the first to the last in which anything happened; `most` is the highest count of all."""

    periods: tuple[Period, ...]

    @property
    def most(self) -> int:
        """What a full bar stands for."""
        return max((row.most for row in self.periods), default=0)


def picture_of(rows: QuerySet[Work], step: str = MONTH) -> Picture:
    """The picture of `rows`, four grouped queries. A work done otherwise than registered counts as done."""
    done = Q(verified_outcome__in=(WorkOutcome.DONE, WorkOutcome.CHANGED))
    received = _counted(rows, "registration__received_at", step)
    due = _counted(rows, "finishes_on", step)
    well = _counted(rows.filter(done), "verified_on", step)
    badly = _counted(rows.filter(verified_outcome=WorkOutcome.NOT_DONE), "verified_on", step)
    every = sorted({*received, *due, *well, *badly})
    return Picture(
        tuple(
            Period(_name(key, step), *(counts.get(key, 0) for counts in (received, due, well, badly)))
            for key in _between(every, step)
        )
    )


def _counted(rows: QuerySet[Work], path: str, step: str) -> dict[tuple[int, int], int]:
    """{(year, month or quarter): how many}. Days are grouped here: SQLite would call Python for every row to do it."""
    zone = timezone.get_current_timezone()
    found = rows.filter(**{f"{path}__isnull": False}).order_by().values_list(path).annotate(Count("pk"))
    counts: dict[tuple[int, int], int] = defaultdict(int)
    for moment, number in found.values_list(path, "pk__count"):
        counts[_key(moment.astimezone(zone) if isinstance(moment, datetime) else moment, step)] += number
    return counts


def _key(day: date, step: str) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3 + 1 if step == QUARTER else day.month


def _name(key: tuple[int, int], step: str) -> str:
    year, place = key
    return f"Q{place}/{year}" if step == QUARTER else f"{place:02d}/{year}"


def _between(keys: list[tuple[int, int]], step: str) -> list[tuple[int, int]]:
    """Every period from the first to the last, the empty ones too."""
    if not keys:
        return []
    most = 4 if step == QUARTER else 12
    (year, place), found = keys[0], []
    while (year, place) <= keys[-1]:
        found.append((year, place))
        year, place = (year + 1, 1) if place == most else (year, place + 1)
    return found
