"""A framework by itself: what must be mended before it is issued, whatever stands above it."""

import pytest

from criteria.conformity import check_alone, read
from tests.criteria.conformity import frameworks


def found(name, edit):
    data = frameworks.base(name)
    frameworks.edit(data, edit)
    return check_alone(read(data))


def lines(rows):
    return [f"{row.code} {row.path}" for row in rows]


@pytest.mark.parametrize("name", ["levels", "points", "subgroups"])
def test_sound_framework_at_the_top_stands(name):
    assert found(name, {}).as_data() == {"conforms": True, "breaches": [], "warnings": []}


@pytest.mark.parametrize(
    ("name", "edit", "breaches"),
    [
        ("levels", {"set": {"criteria['I.2'].code": "I.1"}}, ["duplicate_code groups[0].criteria[1].code"]),
        ("levels", {"set": {"groups['II'].code": "I"}}, ["duplicate_code groups[1].code"]),
        ("points", {"set": {"criteria['A.1'].weight": "17"}}, ["weight_sum groups[0].sum"]),
        (
            "levels",
            {"remove": ["criteria['I.2'].levels.good"], "set": {"criteria['I.1'].levels.poor.text": " "}},
            ["level_missing groups[0].criteria[0].levels.poor", "level_missing groups[0].criteria[1].levels.good"],
        ),
        (
            "levels",
            {"set": {"criteria['I.1'].concretises": "1"}},
            ["unknown_parent groups[0].criteria[0].concretises"],
        ),
        ("levels", {"set": {"parent": "TU/15-QĐ/TU@2024-01-05"}}, ["unknown_parent parent"]),
        ("points", {"set": {"parent": "TW/1@2025-01-01", "criteria['A.1'].concretises": "1"}}, []),
    ],
)
def test_what_must_be_mended_is_named_with_its_place(name, edit, breaches):
    answer = found(name, edit)
    assert lines(answer.breaches) == breaches
    assert answer.conforms is (not breaches)


def test_figures_that_contradict_each_other_are_only_pointed_out():
    answer = found("levels", {"set": {"criteria['II.1'].levels.good.target": "70"}})
    assert (answer.conforms, lines(answer.warnings)) == (True, ["targets_out_of_order groups[1].criteria[0].levels"])


def test_missing_text_is_cited_by_its_own_framework():
    (row,) = found("levels", {"remove": ["criteria['II.1'].levels.poor"]}).breaches
    assert row.message == "Tiêu chí II.1 “Hoàn thành nhiệm vụ được giao”: chưa có nội dung mức Kém."
    assert row.cites == "15-QĐ/TU ngày 05/01/2024, II.1 khoản 1 Điều 5"
