"""Working days: weekends, Tết, days swapped by a document."""

from datetime import date

import pytest

from criteria.models import SwappedDay
from criteria.selectors.rounds.working_days import after_working_days, is_working_day, working_days_between

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 11, 18), True),
        (date(2024, 11, 16), False),
        (date(2024, 11, 17), False),
        # Tết Giáp Thìn: 8/2 to 14/2/2024 off, work again on Thursday 15/2.
        (date(2024, 2, 7), True),
        (date(2024, 2, 8), False),
        (date(2024, 2, 12), False),
        (date(2024, 2, 14), False),
        (date(2024, 2, 15), True),
        # Giỗ Tổ Hùng Vương: the tenth day of the third lunar month.
        (date(2024, 4, 18), False),
        # 29/4/2024 was off, 4/5/2024 (a Saturday) worked for it.
        (date(2024, 4, 29), False),
        (date(2024, 5, 4), True),
        (date(2024, 9, 2), False),
    ],
)
def test_day_is_a_working_day_or_not(day, works):
    assert is_working_day(day) is works


def test_three_working_days_lie_between_monday_and_thursday():
    assert working_days_between(date(2024, 11, 18), date(2024, 11, 21)) == 3
    assert working_days_between(date(2024, 11, 14), date(2024, 11, 18)) == 2
    assert working_days_between(date(2024, 11, 18), date(2024, 11, 18)) == 0
    assert working_days_between(date(2024, 11, 18), date(2024, 11, 1)) == 0


def test_tet_is_jumped_over():
    assert after_working_days(date(2024, 2, 6), 3) == date(2024, 2, 16)
    assert working_days_between(date(2024, 2, 6), date(2024, 2, 16)) == 3


def test_no_working_day_is_the_day_itself_and_a_negative_count_is_refused():
    assert after_working_days(date(2024, 2, 8), 0) == date(2024, 2, 8)
    with pytest.raises(ValueError, match="negative"):
        after_working_days(date(2024, 2, 8), -1)


def test_swapped_day_wins_over_the_calendar():
    assert after_working_days(date(2024, 11, 15), 1) == date(2024, 11, 18)
    SwappedDay.objects.create(day=date(2024, 11, 16), is_working=True, document="TB 1/2024")
    SwappedDay.objects.create(day=date(2024, 11, 18), is_working=False, document="TB 1/2024")
    assert is_working_day(date(2024, 11, 16))
    assert after_working_days(date(2024, 11, 15), 1) == date(2024, 11, 16)
    assert after_working_days(date(2024, 11, 15), 2) == date(2024, 11, 19)


def test_count_asks_one_query_however_long(django_assert_num_queries):
    with django_assert_num_queries(1):
        working_days_between(date(2024, 1, 1), date(2024, 12, 31))
    with django_assert_num_queries(1):
        after_working_days(date(2024, 1, 1), 200)
