"""Points: counted exactly from a sheet, rounded once at the end as declared, refused where they differ."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.rating import FactsRefused, parse_facts, suggest
from criteria.rating.points import plain, rounded
from criteria.regulation import RegulationRefused, find, from_data, to_data, unconfirmed
from tests.criteria import situations

PARTY = "366-QĐ/TW@2025-08-30"
CIVIL = "335/2025/NĐ-CP@2025-12-21"
LOCAL = "399-QĐ/TU@2025-08-27"
GRADES = ["excellent", "good", "completed", "not_completed"]
ITEMS = [f"1.{n}" for n in range(1, 10)] + [f"2.{n}" for n in range(1, 5)] + [f"3.{n}" for n in range(1, 5)]


def civil(**shares):
    data = situations.base(CIVIL, "employee")
    data["sheet"] = {"shares": shares}
    return data


def points(key, data):
    return suggest(find(key), data).as_data()["points"]


def test_points_are_written_as_plain_decimals():
    assert points(PARTY, situations.base(PARTY, "non_leader")) == {"common": "28", "results": "64", "total": "92"}
    assert points(PARTY, situations.base(PARTY, "sheet")) == {"common": "30", "results": "63.7", "total": "93.7"}


def test_points_are_null_while_a_group_is_unknown():
    data = situations.base(PARTY, "non_leader")
    del data["points"]["common"]
    assert points(PARTY, data) is None
    assert points("124-QĐ/TW@2023-10-04", situations.base("124-QĐ/TW@2023-10-04", "non_leader")) is None


def test_thirds_are_rounded_once_at_the_end():
    data = civil(a="1", b="1", c="0.5")
    data["points"] = {"common": "28.335"}
    # 58.3333... and 28.335 are 86.66833...; each rounded alone would give 58.33 + 28.33.
    assert points(CIVIL, data) == {"common": "28.335", "results": "58.33", "total": "86.66"}


@pytest.mark.parametrize(
    ("value", "floor", "half_up"),
    [("89.949", "89.9", "89.9"), ("89.95", "89.9", "90"), ("90", "90", "90"), ("0", "0", "0"), ("0.05", "0", "0.1")],
)
def test_rounding_is_that_of_the_regulation(value, floor, half_up):
    data = to_data(find(LOCAL))
    data["points"]["rounding"]["mode"] = "floor"
    assert plain(rounded(Fraction(value), from_data(data).counting)) == floor
    assert plain(rounded(Fraction(value), find(LOCAL).counting)) == half_up


def test_regulation_without_rounding_writes_what_is_exact():
    data = to_data(find(PARTY))
    del data["points"]["rounding"]
    counting = from_data(data).counting
    assert rounded(Fraction("89.999999999999"), counting) == Decimal("89.999999999999")
    assert rounded(Fraction(200, 3), counting) == Decimal("66.666666666666")


def test_items_sum_to_eighteen_four_and_eight():
    items = find(PARTY).counting.items_of("leader")
    assert list(items) == ITEMS
    assert [sum(item.points for key, item in items.items() if key[0] == group) for group in "123"] == [18, 4, 8]
    assert find(PARTY).counting.items_of("collective") == {}


def test_local_items_weigh_thirteen_twelve_and_five():
    local = find(LOCAL)
    assert local.derived_from == PARTY
    assert [item.points for item in local.counting.items] == [13, 12, 5]
    assert list(local.counting.marking.marks) == ["excellent", "good", "average", "poor"]
    assert (local.quota.base, local.quota.rounding) == ("good_and_above", "half_up")


def refused(key, data):
    with pytest.raises(FactsRefused) as caught:
        parse_facts(find(key), data)
    return caught.value


@pytest.mark.parametrize(
    ("items", "path"),
    [
        ([{"key": "9.9", "mark": "ensured"}], "sheet.common_items[0].key"),
        ([{"key": "1.1", "mark": "ensured"}, {"key": "1.2", "mark": "good"}], "sheet.common_items[1].mark"),
        ([{"key": "1.1", "mark": "ensured"}, {"key": "1.1", "mark": "ensured"}], "sheet.common_items[1].key"),
    ],
)
def test_mark_or_item_that_the_sheet_does_not_have_is_refused(items, path):
    data = situations.base(PARTY, "sheet")
    data["sheet"]["common_items"] = items
    assert refused(PARTY, data).path == path


@pytest.mark.parametrize(
    ("stated", "path"),
    [
        ({"common": "29"}, "points.common"),
        ({"results": "63.71"}, "points.results"),
        ({"common": "30.5"}, "points.common"),
        ({"common": "30", "results": "70.01"}, "points.results"),
    ],
)
def test_points_that_differ_from_the_sheet_or_their_maximum_are_refused(stated, path):
    assert refused(PARTY, situations.base(PARTY, "sheet") | {"points": stated}).path == path


def test_points_that_agree_with_the_sheet_are_accepted():
    data = situations.base(PARTY, "sheet") | {"points": {"common": "30.0", "results": "63.70"}}
    assert parse_facts(find(PARTY), data).points.results == Fraction("63.7")


def test_rounded_points_agree_with_shares_that_have_no_end():
    data = civil(a="1", b="1", c="0.5") | {"points": {"common": "28", "results": "58.33"}}
    assert parse_facts(find(CIVIL), data).points.results == Fraction(175, 3)
    data["points"]["results"] = "58.34"
    assert refused(CIVIL, data).path == "points.results"


def product(key="P1", **changes):
    return {"key": key, "done": True} | changes


@pytest.mark.parametrize(
    ("products", "path"),
    [
        ([product(), product()], "sheet.products[1].key"),
        ([product(failed_checks=1, failed_objective=2)], "sheet.products[0].failed_objective"),
        ([product(delays_objective=1)], "sheet.products[0].delays_objective"),
        ([product(delays=-1)], "sheet.products[0].delays"),
        ([product(done=1)], "sheet.products[0].done"),
        ([{"key": "P1"}], "sheet.products[0].done"),
        ([product(weight="2")], "sheet.products[0].weight"),
    ],
)
def test_products_that_contradict_themselves_are_refused(products, path):
    data = situations.base(CIVIL, "employee")
    data["sheet"] = {"products": products}
    assert refused(CIVIL, data).path == path


def test_shares_that_differ_from_the_products_are_refused():
    data = situations.base(CIVIL, "employee")
    data["sheet"] = {"products": [product(delays=1)], "shares": {"c": "0.75"}}
    assert parse_facts(find(CIVIL), data).points.results == Fraction(11, 12) * 70
    data["sheet"]["shares"]["c"] = "0.8"
    assert refused(CIVIL, data).path == "sheet.shares.c"


def test_products_say_nothing_where_the_regulation_deducts_nothing():
    data = situations.base(PARTY, "sheet")
    data["sheet"]["products"] = [product(delays=4)]
    assert suggest(find(PARTY), data).grade == "excellent"


def changed(path, value):
    data = to_data(find(PARTY))
    situations.put(data, path, value)
    return data


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (changed("points.rounding.mode", "up"), "[points].rounding: mode is 'up'"),
        (changed("points.rounding.places", 7), "[points].rounding: places must be a whole number from 0 to 6"),
        (changed("points.rounding.more", 1), "[points].rounding: more is unknown here"),
        (changed("points.marking.percents", {"ensured": 101}), "ensured must be a whole number from 0 to 100"),
        (changed("points.marking.percents", {"best": 100}), "best is unknown here"),
        (
            changed("points.deduction", {"percent": 0}),
            "[points].deduction: percent must be a whole number from 1 to 100",
        ),
        (changed("points.more", 1), "[points]: more is unknown here"),
        (changed("left_on", {"leader": "soon"}), "[left_on]: leader must be a day"),
        (changed("left_on", {"boss": "2026-01-01"}), "[left_on]: boss is unknown here"),
    ],
)
def test_wrong_table_of_points_is_refused_by_its_key(data, sentence):
    with pytest.raises(RegulationRefused) as caught:
        from_data(data)
    assert sentence in str(caught.value)


def test_wrong_rows_of_points_are_refused():
    data = to_data(find(PARTY))
    data["common_items"] = data["common_items"][1:]
    with pytest.raises(RegulationRefused, match="give leader 28 points, must sum to 30"):
        from_data(data)
    data = to_data(find(PARTY))
    del data["points"]["marking"]
    with pytest.raises(RegulationRefused, match="marking"):
        from_data(data)
    data = to_data(find(PARTY))
    data["results_ways"][0]["shares"] = ["a"]
    with pytest.raises(RegulationRefused, match="shares are named where the way is shares"):
        from_data(data)


def test_open_lines_about_points_stand_among_those_to_be_confirmed():
    tables = {(line.table, line.key) for line in unconfirmed(find(PARTY))}
    assert {("points", "marking"), ("points", "rounding"), ("results_ways", "axes")} <= tables
    tables = {(line.table, line.key) for line in unconfirmed(find(CIVIL))}
    assert ("points", "deduction") in tables
    assert not {line.key for line in unconfirmed(find(LOCAL))} & {"marking", "appointed_under_6_months"}


def test_line_that_is_confirmed_asks_nothing_more():
    assert find(PARTY).rule("appointed_under_6_months").question
    assert find(LOCAL).rule("appointed_under_6_months").question == ""


def test_group_is_judged_early_only_where_the_most_that_is_possible_stays_below():
    data = situations.base(PARTY, "collective")
    data["points"] = {"results": "0"}
    found = suggest(find(PARTY), data)
    assert (found.outcome, found.grade) == ("graded", "not_completed")
    data["points"] = {"common": "0"}
    assert suggest(find(PARTY), data).outcome == "insufficient"


@pytest.mark.parametrize(
    ("points", "is_refused"),
    [
        ({"results": "0"}, False),
        ({"results": "46.66"}, False),
        ({"results": "46.67"}, True),
        ({"results": "70"}, True),
    ],
)
def test_points_above_what_the_shares_known_so_far_allow_are_refused(points, is_refused):
    data = civil(a="0") | {"points": {"common": "20"} | points}
    if is_refused:
        found = refused(CIVIL, data)
        assert (found.path, "from 0 to 46.66" in found.message) == ("points.results", True)
    else:
        assert parse_facts(find(CIVIL), data).points.results == Fraction(points["results"])


@pytest.mark.parametrize(("common", "is_refused"), [("1.99", True), ("2", False), ("28", False), ("28.01", True)])
def test_points_outside_what_the_items_marked_so_far_allow_are_refused(common, is_refused):
    data = situations.base(PARTY, "sheet")
    data["sheet"]["common_items"] = [{"key": "1.1", "mark": "ensured"}, {"key": "1.2", "mark": "not_ensured"}]
    data["points"] = {"common": common}
    if is_refused:
        assert refused(PARTY, data).path == "points.common"
    else:
        assert parse_facts(find(PARTY), data).points.common == Fraction(common)


def test_items_not_ensured_so_far_force_the_lowest_grade_with_the_results():
    data = situations.base(PARTY, "sheet")
    data["sheet"] = {"common_items": [{"key": key, "mark": "not_ensured"} for key in ITEMS[:9]]}
    data["points"] = {"results": "38"}
    assert suggest(find(PARTY), data).outcome == "insufficient"
    data["points"] = {"results": "37.99"}
    assert (suggest(find(PARTY), data).grade, suggest(find(PARTY), data).points) == ("not_completed", None)


def tenths(draw, most):
    return str(Decimal(draw(st.integers(0, most * 10_000))) / 10_000)


@st.composite
def share_sheets(draw):
    return {name: tenths(draw, 1) for name in ("a", "b", "c")}


@settings(max_examples=80, deadline=None)
@given(shares=share_sheets(), common=st.integers(0, 3000), name=st.sampled_from("abc"), percent=st.integers(0, 100))
def test_lower_share_never_gives_more_points_or_a_better_grade(shares, common, name, percent):
    higher = civil(**shares) | {"points": {"common": str(Decimal(common) / 100)}}
    lower = situations.plain(higher)
    lower["sheet"]["shares"][name] = str((Decimal(shares[name]) * percent / 100).quantize(Decimal("0.000001")))
    before, after = suggest(find(CIVIL), higher), suggest(find(CIVIL), lower)
    assert Decimal(after.points["total"]) <= Decimal(before.points["total"])
    assert GRADES.index(after.grade) >= GRADES.index(before.grade)


@settings(max_examples=80, deadline=None)
@given(shares=share_sheets(), common=st.integers(0, 3000))
def test_total_is_cut_from_the_exact_sum_and_no_limit_is_reached_by_rounding(shares, common):
    found = suggest(find(CIVIL), civil(**shares) | {"points": {"common": str(Decimal(common) / 100)}})
    exact = Fraction(common, 100) + sum(Fraction(share) for share in shares.values()) * 70 / 3
    assert 0 <= exact - Fraction(found.points["total"]) < Fraction(1, 100)
    expected = [grade for limit, grade in ((90, "excellent"), (70, "good"), (50, "completed")) if exact >= limit]
    assert found.grade == [*expected, "not_completed"][0]


@settings(max_examples=60, deadline=None)
@given(bad=st.sets(st.sampled_from(ITEMS)), more=st.sampled_from(ITEMS))
def test_each_item_not_ensured_takes_exactly_its_points(bad, more):
    def common(missed):
        data = situations.base(PARTY, "sheet")
        marks = {key: "not_ensured" if key in missed else "ensured" for key in ITEMS}
        data["sheet"]["common_items"] = [{"key": key, "mark": mark} for key, mark in marks.items()]
        return parse_facts(find(PARTY), data).points.common

    worth = {key: 1 if key.startswith("2.") else 2 for key in ITEMS}
    assert common(bad) == 30 - sum(worth[key] for key in bad)
    assert common(bad | {more}) <= common(bad)
