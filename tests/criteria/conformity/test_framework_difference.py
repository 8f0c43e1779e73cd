"""What one framework changes in another, row by row: versions, and a child beside its parent."""

import pytest

from criteria.conformity import difference, read
from criteria.conformity.difference import KINDS
from tests.criteria.conformity import frameworks


def rows(name, edit, as_child=False):
    """The differences that an edit makes, without their Vietnamese name."""
    before = frameworks.base(name)
    after = frameworks.child_of(before) if as_child else frameworks.base(name)
    frameworks.edit(after, edit)
    found = difference(read(before), read(after))
    assert all(row.what for row in found)
    return [(row.kind, row.code, row.part, row.before, row.after) for row in found]


EDITS = [
    ("levels", {"set": {"title": "Khung mới"}}, ("reworded", "", "title", None, "Khung mới")),
    ("levels", {"set": {"legal_basis": ""}}, ("removed", "", "legal_basis", None, "")),
    ("points", {"set": {"legal_basis": "QĐ 366"}}, ("added", "", "legal_basis", "", "QĐ 366")),
    ("levels", {"set": {"form": "02A"}}, ("reworded", "", "form", "02B", "02A")),
    (
        "levels",
        {"set": {"covers": [{"kind": "line", "code": "party", "name": "Khối Đảng"}]}},
        ("removed", "", "covers", "BTVTU Diện Ban Thường vụ Tỉnh ủy quản lý", ""),
    ),
    (
        "points",
        {"set": {"covers": [{"kind": "job", "code": "VT-01", "name": "Chuyên viên"}]}},
        ("added", "", "covers", "", "VT-01 Chuyên viên"),
    ),
    ("levels", {"remove": ["groups['III']"]}, ("removed", "III", "group", "Khắc phục hạn chế, khuyết điểm", "")),
    ("levels", {"set": {"groups['I'].title": "Phẩm chất"}}, ("reworded", "I", "title", None, "Phẩm chất")),
    ("levels", {"set": {"groups['I'].group": "building"}}, ("moved", "I", "group", "quality", "building")),
    ("points", {"set": {"groups['A'].sum": "27.50"}}, ("reweighted", "A", "sum", "30", "27,5")),
    ("levels", {"set": {"groups['I'].sum": "40"}}, ("reweighted", "I", "sum", "không ghi", "40")),
    (
        "points",
        {"set": {"groups['A'].sum_fixed": False}},
        ("loosened", "A", "sum_fixed", "do quy định ấn định", "không cố định"),
    ),
    (
        "subgroups",
        {"set": {"groups['1'].sum_fixed": True}},
        ("tightened", "1", "sum_fixed", "không cố định", "do quy định ấn định"),
    ),
    ("levels", {"remove": ["criteria['I.2']"]}, ("removed", "I.2", "criterion", "Học tập, bồi dưỡng", "")),
    (
        "subgroups",
        {"add": {"4": [{"code": "4.2", "title": "Sản phẩm thêm", "required": False, "levels": {}}]}},
        ("added", "4.2", "criterion", "", "Sản phẩm thêm"),
    ),
    (
        "levels",
        {"move": {"I.2": "III"}},
        ("moved", "I.2", "group", "I “Phẩm chất chính trị, đạo đức, lối sống”", "III “Khắc phục hạn chế, khuyết điểm”"),
    ),
    ("levels", {"set": {"criteria['I.2'].title": "Học"}}, ("reworded", "I.2", "title", "Học tập, bồi dưỡng", "Học")),
    (
        "levels",
        {"set": {"criteria['I.2'].required": True}},
        ("tightened", "I.2", "required", "không bắt buộc", "bắt buộc"),
    ),
    (
        "levels",
        {"set": {"criteria['I.1'].required": False}},
        ("loosened", "I.1", "required", "bắt buộc", "không bắt buộc"),
    ),
    ("points", {"set": {"criteria['A.1'].weight": "17"}}, ("reweighted", "A.1", "weight", "18", "17")),
    ("levels", {"set": {"criteria['II.1'].item": "x"}}, ("moved", "II.1", "item", "duties_level", "x")),
    ("levels", {"remove": ["criteria['II.1'].cites"]}, ("removed", "II.1", "cites", "khoản 1 Điều 5", "")),
    ("levels", {"set": {"criteria['I.1'].concretises": "1"}}, ("moved", "I.1", "concretises", "", "1")),
    (
        "levels",
        {"set": {"criteria['II.1'].direction": "at_most"}},
        ("loosened", "II.1", "direction", "không dưới", "không quá"),
    ),
    (
        "levels",
        {"set": {"criteria['I.1'].direction": "at_most"}},
        ("added", "I.1", "direction", "không ghi chiều", "không quá"),
    ),
    (
        "levels",
        {"set": {"criteria['II.1'].levels.good.target": "97.5"}},
        ("tightened", "II.1", "levels.good.target", "95", "97,5"),
    ),
    (
        "levels",
        {"set": {"criteria['II.1'].levels.good.target": "90"}},
        ("loosened", "II.1", "levels.good.target", "95", "90"),
    ),
    (
        "levels",
        {"set": {"criteria['II.2'].levels.good.target": "2"}},
        ("tightened", "II.2", "levels.good.target", "2,5", "2"),
    ),
    (
        "levels",
        {"set": {"criteria['II.2'].levels.good.target": "3"}},
        ("loosened", "II.2", "levels.good.target", "2,5", "3"),
    ),
    (
        "levels",
        {"remove": ["criteria['II.2'].levels.good.target"]},
        ("loosened", "II.2", "levels.good.target", "2,5", "không ghi"),
    ),
    (
        "levels",
        {"set": {"criteria['II.2'].levels.poor.target": "9"}},
        ("tightened", "II.2", "levels.poor.target", "không ghi", "9"),
    ),
    (
        "points",
        {"set": {"criteria['A.1'].levels.good.points": "13"}},
        ("tightened", "A.1", "levels.good.points", "14", "13"),
    ),
    (
        "points",
        {"set": {"criteria['A.1'].levels.good.points": "15"}},
        ("loosened", "A.1", "levels.good.points", "14", "15"),
    ),
    (
        "points",
        {"remove": ["criteria['A.1'].levels.good.points"]},
        ("loosened", "A.1", "levels.good.points", "14", "không ghi"),
    ),
    (
        "subgroups",
        {"set": {"criteria['1.1'].levels.good.points": "9"}},
        ("tightened", "1.1", "levels.good.points", "không ghi", "9"),
    ),
    (
        "levels",
        {"set": {"criteria['III.1'].levels.poor.text": "Để lặp lại."}},
        ("reworded", "III.1", "levels.poor.text", "Không khắc phục hoặc để lặp lại.", "Để lặp lại."),
    ),
    (
        "levels",
        {"remove": ["criteria['III.1'].levels.poor"]},
        ("removed", "III.1", "levels.poor.text", "Không khắc phục hoặc để lặp lại.", ""),
    ),
    (
        "points",
        {"set": {"criteria['A.1'].levels.poor.text": "Bị kỷ luật."}},
        ("added", "A.1", "levels.poor.text", "", "Bị kỷ luật."),
    ),
]


@pytest.mark.parametrize(("name", "edit", "expected"), [pytest.param(*row, id=" ".join(row[2][:3])) for row in EDITS])
def test_change_between_versions_is_one_row(name, edit, expected):
    found = [row for row in rows(name, edit) if row[2] != "criterion" or expected[2] == "criterion"]
    wanted = [expected] if expected[3] is not None else [(*expected[:3], found[0][3], expected[4])]
    assert found == wanted
    assert found[0][3] != found[0][4]


def test_every_kind_of_row_occurs():
    assert {expected[0] for _, _, expected in EDITS} == set(KINDS)


@pytest.mark.parametrize("edit", [{"reverse": True}, {"decompose": ["III.1"]}, {"set": {"edition": 2}}])
def test_what_means_the_same_is_no_difference(edit):
    assert rows("levels", edit) == []


def test_group_that_is_new_is_added_with_its_criteria():
    new = {"code": "IV", "title": "Việc mới", "group": "results", "criteria": []}
    before = frameworks.base("levels")
    after = frameworks.base("levels") | {"groups": [*frameworks.base("levels")["groups"], new]}
    found = difference(read(before), read(after))
    assert [(row.kind, row.code, row.what, row.after) for row in found] == [
        ("added", "IV", "nhóm tiêu chí", "Việc mới")
    ]


def test_rows_of_a_group_left_out_name_its_criteria():
    found = rows("levels", {"remove": ["groups['III']"]})
    assert [row[:3] for row in found] == [("removed", "III", "group"), ("removed", "III.1", "criterion")]


def test_child_that_takes_over_everything_differs_in_nothing():
    assert rows("levels", {}, as_child=True) == []


def test_child_stands_beside_what_it_concretises():
    edit = {
        "split": {"II.1": [{"code": "7a"}, {"code": "7b", "levels.good.target": "99"}]},
        "remove": ["criteria['I.2']"],
        "add": {"III": [{"code": "9", "title": "Việc của huyện", "required": False, "levels": {}}]},
    }
    assert rows("levels", edit, as_child=True) == [
        ("removed", "I.2", "criterion", "Học tập, bồi dưỡng", ""),
        ("tightened", "7b", "levels.good.target", "95", "99"),
        ("added", "9", "criterion", "", "Việc của huyện"),
    ]


def test_row_says_in_vietnamese_what_changed():
    before, after = frameworks.base("levels"), frameworks.base("levels")
    frameworks.put(after, "criteria['II.1'].levels.average.target", "85")
    (row,) = difference(read(before), read(after))
    assert (row.what, row.before, row.after) == ("mức Trung bình: chỉ tiêu", "80", "85")
