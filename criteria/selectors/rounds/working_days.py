"""Working days of Vietnam: weekends, public holidays (Tết by the lunar calendar), days swapped by a document."""

from datetime import date, timedelta
from functools import lru_cache

import holidays
from holidays import HolidayBase

from criteria.models import SwappedDay

ONE_DAY = timedelta(days=1)
# Longer than any run of days off, Tết with its weekends and swapped days included.
STRIDE = 30


def is_working_day(day: date) -> bool:
    """Whether offices work on this day."""
    return _is_working(day, _swapped(day, day))


def working_days_between(first: date, last: date) -> int:
    """Working days after `first` up to and with `last`; 0 when `last` is not later.

    The day of the act itself is not counted (Bộ luật Dân sự 2015, Điều 147): sent on Monday, met on Thursday is 3.
    """
    if last <= first:
        return 0
    swapped = _swapped(first, last)
    days = (first + ONE_DAY * number for number in range(1, (last - first).days + 1))
    return sum(_is_working(day, swapped) for day in days)


def after_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day`; `day` itself for 0. ValueError for a negative count."""
    if count < 0:
        raise ValueError("count must not be negative")
    swapped = _swapped(day, day + ONE_DAY * (STRIDE + 7 * count))
    while count:
        day += ONE_DAY
        count -= _is_working(day, swapped)
    return day


def _swapped(first: date, last: date) -> dict[date, bool]:
    return dict(SwappedDay.objects.filter(day__range=(first, last)).values_list("day", "is_working"))


def _is_working(day: date, swapped: dict[date, bool]) -> bool:
    return swapped[day] if day in swapped else _calendar(day.year).is_working_day(day)


@lru_cache(maxsize=16)
def _calendar(year: int) -> HolidayBase:
    return holidays.country_holidays("VN", years=year)
