"""Sheets of points under every regulation that counts them: a worse sheet never gives more points or a better grade."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from criteria.rating import suggest
from criteria.regulation import find, shipped
from tests.criteria import situations
from tests.criteria.test_every_regulation import facts

FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
KEYS = [key for key in shipped() if find(key).counting.maxima]
GRADES = ["excellent", "good", "completed", "not_completed"]
SHARES = [str(Decimal(number) / 20) for number in range(21)]


@st.composite
def products(draw):
    rows = []
    for place in range(draw(st.integers(1, 4))):
        failed, delays = draw(st.integers(0, 3)), draw(st.integers(0, 3))
        rows.append(
            {
                "key": str(place),
                "done": draw(st.booleans()),
                "failed_checks": failed,
                "failed_objective": draw(st.integers(0, failed)),
                "delays": delays,
                "delays_objective": draw(st.integers(0, delays)),
            }
        )
    return rows


@st.composite
def sheets(draw, counting, subject):
    """A whole sheet: every common item marked, the results counted in the way of this kind of subject."""
    found = {}
    if counting.marking is not None and (items := counting.items_of(subject)):
        marks = st.sampled_from(sorted(counting.marking.marks))
        found["common_items"] = [{"key": key, "mark": draw(marks)} for key in items]
    way = counting.way_of(subject)
    if way is None or way.way == "axes":
        weight = draw(st.integers(1, 99))
        found["axes"] = [
            {"key": key, "weight": str(part), "points": str(draw(st.integers(0, part)))}
            for key, part in (("1", weight), ("2", 100 - weight))
        ]
        return found
    counted = {"a", "b", "c"} if counting.deduction is not None else set()
    found["shares"] = {share: draw(st.sampled_from(SHARES)) for share in way.shares if share not in counted}
    if counted:
        found["products"] = draw(products())
    return found


@st.composite
def worsened(draw, sheet, marks):
    """The same sheet with one entry made worse."""
    found = situations.plain(sheet)
    block = draw(st.sampled_from(sorted(name for name, value in found.items() if value)))
    if block == "shares":
        share = draw(st.sampled_from(sorted(found["shares"])))
        found["shares"][share] = draw(
            st.sampled_from([one for one in SHARES if Decimal(one) <= Decimal(found["shares"][share])])
        )
        return found
    row = draw(st.sampled_from(found[block]))
    if block == "common_items":
        row["mark"] = draw(st.sampled_from([mark for mark in sorted(marks) if marks[mark] <= marks[row["mark"]]]))
    elif block == "axes":
        row["points"] = str(draw(st.integers(0, int(row["points"]))))
    else:
        how = draw(st.sampled_from(["done", "failed_checks", "delays"]))
        row[how] = False if how == "done" else row[how] + 1
    return found


@pytest.mark.parametrize("key", KEYS)
@FEW
@given(data=st.data())
def test_worse_sheet_never_gives_more_points_nor_a_better_grade(key, data):
    regulation = find(key)
    found = data.draw(facts(key))
    counting = regulation.counting
    better = data.draw(sheets(counting, found["subject"]))
    # Where the common items are not data, their points are stated.
    found["points"] = {} if "common_items" in better else {"common": found["points"]["common"]}
    marks = counting.marking.marks if counting.marking else {}
    worse = data.draw(worsened(better, marks))
    before = suggest(regulation, found | {"sheet": better})
    after = suggest(regulation, found | {"sheet": worse})
    if before.grade and after.grade:
        assert before.points
        assert after.points
        assert Decimal(after.points["total"]) <= Decimal(before.points["total"])
        assert Decimal(before.points["total"]) <= 100
        assert GRADES.index(after.grade) >= GRADES.index(before.grade)


@pytest.mark.parametrize("key", KEYS)
@FEW
@given(data=st.data())
def test_unmarked_item_leaves_its_group_unknown_and_never_helps(key, data):
    regulation = find(key)
    found = data.draw(facts(key))
    del found["points"]
    whole = data.draw(sheets(regulation.counting, found["subject"]))
    if len(whole.get("common_items", ())) < 2:
        return
    short = whole | {"common_items": whole["common_items"][1:]}
    before, after = (suggest(regulation, found | {"sheet": sheet}) for sheet in (whole, short))
    assert after.points is None
    if after.grade and before.grade:
        assert GRADES.index(after.grade) >= GRADES.index(before.grade)


def best(counting, subject):
    """The sheet on which nothing is wanting, with the points of the common items where these are not data."""
    sheet, points = {}, {"common": str(counting.maxima["common"])}
    if counting.marking is not None and counting.items_of(subject):
        marks = counting.marking.marks
        sheet["common_items"] = [{"key": key, "mark": max(marks, key=marks.get)} for key in counting.items_of(subject)]
        points = {}
    way = counting.way_of(subject)
    if way is None or way.way == "axes":
        return {"points": points, "sheet": sheet | {"axes": [{"key": "1", "weight": "100", "points": "100"}]}}
    counted = ("a", "b", "c") if counting.deduction is not None else ()
    sheet["shares"] = {share: "1" for share in way.shares if share not in counted}
    if counted:
        sheet["products"] = [{"key": "1", "done": True}]
    return {"points": points, "sheet": sheet}


@pytest.mark.parametrize("key", KEYS)
def test_best_sheet_gives_every_point_to_every_kind_of_subject(key):
    """The control: the properties above are not true for want of any points."""
    regulation = find(key)
    for rating, subjects in regulation.ratings.items():
        for subject in subjects:
            identity = {"rating": rating, "subject": subject, "period": "year"}
            answer = suggest(regulation, identity | best(regulation.counting, subject))
            assert answer.points == {"common": "30", "results": "70", "total": "100"}
