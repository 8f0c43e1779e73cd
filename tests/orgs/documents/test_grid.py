"""Tables as grids: spans, widths, alignment."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgs.documents import Align, Column, Row, Table
from orgs.documents.grid import Cell, HeadCell, grid_of, percents

COLUMNS = (
    Column("TT", 6, Align.CENTER),
    Column("Đơn vị", 40),
    Column("XS", 10, group="Số"),
    Column("T", 10, group="Số"),
)


@given(st.lists(st.integers(1, 500), min_size=1, max_size=40))
def test_percents_always_make_a_whole(widths):
    shares = percents(widths)
    assert min(shares) >= 1
    assert sum(shares) == 100 or (sum(shares) > 100 and 1 in shares)


def test_percents_keep_proportion():
    assert percents([1, 1, 1]) == (34, 33, 33)
    assert percents([10, 30, 60]) == (10, 30, 60)


def test_grouped_columns_share_a_head_above():
    assert grid_of(Table(COLUMNS, ())).head == (
        (HeadCell("TT", 0, rowspan=2), HeadCell("Đơn vị", 1, rowspan=2), HeadCell("Số", 2, colspan=2)),
        (HeadCell("XS", 2), HeadCell("T", 3)),
    )


def test_columns_without_groups_have_one_head_row():
    assert grid_of(Table(COLUMNS[:2], ())).head == ((HeadCell("TT", 0), HeadCell("Đơn vị", 1)),)


def test_last_cell_of_a_short_row_covers_the_rest():
    (line,) = grid_of(Table(COLUMNS, (Row(("I", "Khối Đảng"), is_strong=True),))).body
    assert line.is_strong
    assert line.cells == (
        Cell("I", "I", 0, 1, Align.CENTER),
        Cell("Khối Đảng", "Khối Đảng", 1, 3, Align.LEFT),
    )


def test_figures_stand_right_unless_the_column_says_otherwise():
    (line,) = grid_of(Table(COLUMNS, ((1, "Sở Nội vụ", 12345, Decimal("1.5")),))).body
    assert [(cell.text, cell.align) for cell in line.cells] == [
        ("1", Align.CENTER),
        ("Sở Nội vụ", Align.LEFT),
        ("12.345", Align.RIGHT),
        ("1,5", Align.RIGHT),
    ]


def test_footer_rows_are_strong_and_last():
    grid = grid_of(Table(COLUMNS, (("", "a", 1, 2),), footer=(("", "Cộng", 1, 2),)))
    assert [line.is_strong for line in grid.lines] == [False, True]


@pytest.mark.parametrize("row", [(), (1, 2, 3, 4, 5)])
def test_row_that_does_not_fit_is_refused(row):
    with pytest.raises(ValueError, match="does not fit"):
        grid_of(Table(COLUMNS, (row,)))


def test_table_without_columns_is_refused():
    with pytest.raises(ValueError, match="at least one column"):
        grid_of(Table((), ()))
