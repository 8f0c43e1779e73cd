"""The numbers and strips of remarks by clause: whole units, sent answers only, constant queries."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.models import RemarkKind
from criteria.selectors.consulting import remarks
from criteria.selectors.consulting.remarks import STRIP_WIDTH, bands_of
from tests.criteria.consulting import asking


def test_strip_shows_kinds_in_order_as_wide_as_their_share():
    found = bands_of(Counter(amend=2, drop=1, keep=1), 8)
    assert [(band.kind, band.start, band.width) for band in found] == [
        ("amend", 0, 30),
        ("drop", 30, 15),
        ("keep", 45, 15),
    ]
    assert bands_of(Counter(), 0) == ()


counts = st.fixed_dictionaries({kind: st.integers(0, 3000) for kind in RemarkKind.values})


@given(counts, st.integers(0, 3000))
def test_bands_stand_side_by_side_and_never_beyond_the_strip(numbers, more):
    widest = sum(numbers.values()) + more
    found, end = bands_of(Counter(numbers), widest), 0
    for band in found:
        assert band.start == end
        assert band.width > 0
        end = band.start + band.width
    assert end <= STRIP_WIDTH
    if sum(numbers.values()) and not more:
        assert end == STRIP_WIDTH


@pytest.mark.django_db
def test_clauses_carry_the_numbers_of_sent_answers(province, django_assert_num_queries):
    row = asking.opened(province)
    asking.answered(province, row)
    asking.write(province, asking.reply_of(row, "SYT"), "khanh", "Điều 1", "drop", reason="Chưa gửi.")
    with django_assert_num_queries(2):
        found = {heat.clause.label: heat for heat in remarks.heats_of(row)}
    assert list(found) == asking.LABELS
    first, last = found["Điều 1"], found["Điều 2, khoản 2"]
    assert (first.keep, first.drop, first.total, first.heat) == (1, 0, 0, 0)
    assert (last.amend, last.total, last.heat) == (1, 1, 4)
    assert [heat.place for heat in found.values()] == [0, 1, 2, 3]
