"""Where one more or less decides: a single subordinate unit, words outside a closed list, the exception said first."""

import pytest

from criteria.rating import missing_paths, parse_facts, quota, suggest
from criteria.rating.situation import is_flag, is_percent, one_of, some_of
from criteria.regulation import find
from tests.criteria import situations

OLD = "132-QĐ/TW@2018-03-08"


@pytest.mark.parametrize(("units", "asked"), [(0, "members_graded"), (1, "units_led"), (2, "units_led")])
def test_one_subordinate_unit_is_enough_to_be_judged_by_it(units, asked):
    data = situations.base(OLD, "party_body") | {"subordinate_units": units}
    for block in ("units_led", "members_graded", "same_level_bodies"):
        data.pop(block, None)
    blocks = {path.partition(".")[0] for path in missing_paths(find(OLD), parse_facts(find(OLD), data))}
    assert asked in blocks
    assert blocks.isdisjoint({"members_graded", "units_led"} - {asked})


@pytest.mark.parametrize(("units", "rules"), [(0, set()), (1, {"units_good"}), (2, {"units_good"})])
def test_one_subordinate_unit_rated_low_already_bites(units, rules):
    data = situations.base(OLD, "party_body") | {"subordinate_units": units}
    data["units_led"] = data["units_led"] | {"total": 10, "completed_or_better": 10, "good_or_better": 7}
    answer = suggest(find(OLD), data)
    assert {row.rule for row in (*answer.ceilings, *answer.unconfirmed)} & {"units_good"} == rules


@pytest.mark.parametrize(
    ("check", "value", "fits"),
    [
        (one_of("done", "beyond"), "done", True),
        (one_of("done", "beyond"), "assigned", False),
        (one_of("done", "beyond"), ["done"], False),
        (some_of("head", "deputy"), ["head"], True),
        (some_of("head", "deputy"), [], True),
        (some_of("head", "deputy"), ["head", "member"], False),
        (some_of("head", "deputy"), "head", False),
        (some_of("h", "e"), "he", False),
        (is_percent, 0, False),
        (is_percent, 1, True),
        (is_percent, 100, True),
        (is_percent, 101, False),
        (is_percent, True, False),
        (is_flag, True, True),
        (is_flag, 1, False),
    ],
    ids=range(15),
)
def test_number_of_a_rule_fits_only_as_it_is_declared(check, value, fits):
    assert check(value) is fits


def test_exception_is_said_before_the_arithmetic():
    counts = {"excellent": 1, "good": 4, "completed": 2, "not_completed": 0}
    law = next(
        law for law in map(find, ("366-QĐ/TW@2025-08-30", "124-QĐ/TW@2023-10-04")) if law.quota.exception_percent
    )
    plain, excepted = quota(law, counts), quota(law, counts, exception="CV 77-CV/TU.")
    assert excepted.arithmetic.startswith("Áp dụng tỷ lệ ngoại lệ theo CV 77-CV/TU.")
    assert "ngoại lệ theo" not in plain.arithmetic
